/**
 * Environment steps per second, one environment at a time and many at once.
 *
 * @module
 */

import { Pcg32 } from "../../agents/mod.ts";
import { type Action, cos, Discrete, type Env, makeEnv, makeVectorEnv, sin } from "../../envs/mod.ts";
import { markdownTable } from "../cli/table.ts";
import { measure, subject } from "./measure.ts";

/** One line of the table. */
export interface EnvStepsResult {
  /** The environment. */
  env: string;
  /** Steps per second of `makeEnv`, each with a fresh observation; episodes restart. */
  stepsPerSecond: number;
  /** Steps per second of all copies of `makeVectorEnv` together. */
  vectorStepsPerSecond: number;
  /** Sines and cosines per step. */
  trigonometry: number;
  /** The time of one copy's step divided by the time of its sines and cosines; undefined without any. */
  ofTrigonometry: number | undefined;
}

/** Number of copies stepped at once. */
export const COPIES = 64;

/** Sines and cosines in one step and in the observation after it. */
const TRIGONOMETRY = {
  "CartPole-v1": 2,
  "MountainCar-v0": 1,
  "MountainCarContinuous-v0": 1,
  "Pendulum-v1": 3,
  "Acrobot-v1": 22, // four in each of four stages of Runge-Kutta, four to show, two to end
  "FrozenLake-v1": 0,
  "CliffWalking-v1": 0,
  "Taxi-v4": 0,
  "Blackjack-v1": 0,
} as const;

/** Times every environment without a physics engine. */
export async function benchEnvSteps(): Promise<EnvStepsResult[]> {
  const results: EnvStepsResult[] = [];
  for (const [id, trigonometry] of Object.entries(TRIGONOMETRY)) {
    const [vector, single, trig] = await measure([
      subject("vector", vectorSteps(id)),
      subject("single", singleSteps(makeEnv<string>(id))),
      ...(trigonometry === 0 ? [] : [subject("trigonometry", sinesAndCosines(trigonometry))]),
    ], { rounds: 31, roundSeconds: 0.02 });
    results.push({
      env: id,
      stepsPerSecond: 1 / single!.seconds,
      vectorStepsPerSecond: COPIES / vector!.seconds,
      trigonometry,
      ofTrigonometry: trig === undefined ? undefined : 1 / trig.ratio,
    });
  }
  return results;
}

/** Actions drawn in advance, so that drawing them is not measured. */
function actionsOf({ actionSpace }: Env): readonly Action[] {
  actionSpace.seed(0);
  return Array.from({ length: 1_024 }, () => actionSpace.sample());
}

function singleSteps(env: Env): () => void {
  const actions = actionsOf(env);
  env.reset({ seed: 0 });
  let turn = 0;
  return () => {
    const { terminated, truncated } = env.step(actions[turn++ & 1_023]!);
    if (terminated || truncated) env.reset();
  };
}

function vectorSteps(id: string): () => void {
  const envs = makeVectorEnv(id, COPIES);
  const { actionSpace } = envs;
  actionSpace.seed(0);
  const draw = () =>
    Array.from({ length: COPIES }, () => actionSpace.sample()).flatMap((action) => {
      return typeof action === "number" ? [action] : [...action];
    });
  const rows = Array.from({ length: 16 }, () => {
    return actionSpace instanceof Discrete ? Uint8Array.from(draw()) : Float32Array.from(draw());
  });
  envs.reset({ seed: 0 });
  let turn = 0;
  return () => envs.step(rows[turn++ & 15]!);
}

/** Uses a sum, so that no call is optimised away. */
let sum = 0;

/** Computes sines and cosines in turn, as many as all copies need, over the whole circle. */
function sinesAndCosines(count: number): () => void {
  const random = Pcg32.seeded(0n);
  const angles = Float64Array.from({ length: count * COPIES }, () => (2 * random.next() - 1) * Math.PI);
  return () => {
    for (let i = 0; i < angles.length; i++) sum += i % 2 === 0 ? sin(angles[i]!) : cos(angles[i]!);
    if (sum !== sum) throw new Error("Cannot add up: a sine is not a number");
  };
}

/** The results as a table. */
export function formatEnvSteps(results: readonly EnvStepsResult[]): string {
  const count = (value: number) => Math.round(value).toLocaleString("en");
  return markdownTable(
    ["environment steps per second", "one", `${COPIES} copies`, "sines and cosines", "of their time"],
    results.map((result) => [
      result.env,
      count(result.stepsPerSecond),
      count(result.vectorStepsPerSecond),
      String(result.trigonometry),
      result.ofTrigonometry === undefined ? "–" : `${result.ofTrigonometry.toFixed(1)}×`,
    ]),
  );
}
