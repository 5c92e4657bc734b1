/**
 * Benchmarks of the library on this machine: `deno task bench`; `--json` prints JSON.
 *
 * @module
 */

import { print } from "./cli/print.ts";
import { Dqn, train } from "../agents/mod.ts";
import { makeEnv } from "../envs/mod.ts";
import { CEILING_OPERATIONS, createCeiling } from "./bench/ceiling.ts";
import { createUpdate } from "./bench/dqn_update.ts";
import { createAct } from "./bench/greedy_action.ts";
import { type Trained, trainWorkloads } from "./bench/trained_workload.ts";
import { benchHeadKernels, formatHeadKernels, type HeadKernelResult } from "./bench/head_kernels.ts";
import { benchEnvSteps, type EnvStepsResult, formatEnvSteps } from "./bench/env_steps.ts";
import { measure, subject } from "./bench/measure.ts";
import { benchOptions, formatOptions, type OptionCost } from "./bench/option_costs.ts";
import { measureReplayMemory, type ReplayMemory } from "./bench/replay_memory.ts";
import { benchReplay, type ReplayResult } from "./bench/replay.ts";
import { describe, operations } from "./bench/workload.ts";
import { type Flag, isOn } from "./cli/command_line.ts";
import { readCommand } from "./settings/read_command.ts";
import { markdownTable } from "./cli/table.ts";
import { exitCodeOf } from "./cli/usage_error.ts";

/** One line of the table of updates. */
export interface UpdateResult {
  /** Network and batch. */
  workload: string;
  /** Median milliseconds per update of the reference kernels. */
  referenceMs: number;
  /** Median milliseconds per update of the SIMD kernels. */
  simdMs: number;
  /** The first divided by the second. */
  ratio: number;
  /** 10⁹ operations per second of the SIMD kernels; terms skipped because a factor is zero are counted. */
  gflops: number;
  /** The same for the reference kernels. */
  referenceGflops: number;
  /** The machine's own limit, measured in registers at the same time. */
  ceilingGflops: number;
}

/** The results of the benchmark. */
export interface BenchResult {
  /** Whole DQN updates. */
  updates: UpdateResult[];
  /** Microseconds to choose an action of 4-128-128-2, and from the reference kernels. */
  actUs: { simd: number; reference: number };
  /** Environment steps, one environment at a time and many at once. */
  envs: EnvStepsResult[];
  /** Sampling of mini-batches. */
  replay: ReplayResult;
  /** Memory of replay buffers of images. */
  replayMemory: readonly ReplayMemory[];
  /** Updates with each option of DQN. */
  options: OptionCost[];
  /** The kernels of dueling, noisy and distributional networks. */
  headKernels: HeadKernelResult[];
  /** Training steps per second on CartPole-v1 with 4-128-128-2, one update of 32 transitions per step. */
  trainStepsPerSecond: number;
  /** The share of that time outside the update. */
  loopShare: number;
}

async function benchUpdates(trained: readonly Trained[]): Promise<UpdateResult[]> {
  const results: UpdateResult[] = [];
  for (const { workload, data } of trained) {
    const [simd, reference, ceiling] = await measure([
      subject("simd", createUpdate(workload, data, "simd")),
      subject("reference", createUpdate(workload, data, "reference")),
      subject("ceiling", createCeiling()),
    ], { rounds: 15 });
    results.push({
      workload: describe(workload),
      referenceMs: reference!.seconds * 1e3,
      simdMs: simd!.seconds * 1e3,
      ratio: reference!.ratio,
      gflops: operations(workload) / simd!.seconds / 1e9,
      referenceGflops: operations(workload) / reference!.seconds / 1e9,
      ceilingGflops: CEILING_OPERATIONS / ceiling!.seconds / 1e9,
    });
  }
  return results;
}

async function benchActing({ workload, data }: Trained): Promise<BenchResult["actUs"]> {
  const [simd, reference] = await measure(
    (["simd", "reference"] as const).map((kernel) => subject(kernel, createAct(workload, data, kernel))),
  );
  return { simd: simd!.seconds * 1e6, reference: reference!.seconds * 1e6 };
}

/** Steps per second of the whole loop, and seconds per update alone. */
async function benchTraining(
  { workload, data }: Trained,
): Promise<{ stepsPerSecond: number; loopShare: number }> {
  const env = makeEnv("CartPole-v1");
  const agent = new Dqn(env, { hidden: [128, 128], batchSize: 32, learningStarts: 1_000, trainInterval: 1 });
  const steps = train(env, agent, { seed: 0 });
  for (let i = 0; i < 5_000; i++) steps.next();
  const [step, update] = await measure([
    subject("step", () => {
      while (steps.next().value?.kind !== "step");
    }),
    subject("update", createUpdate(workload, data, "simd")),
  ]);
  return { stepsPerSecond: 1 / step!.seconds, loopShare: 1 - update!.ratio };
}

/**
 * Measures everything.
 *
 * @returns The results.
 */
export async function bench(): Promise<BenchResult> {
  const trained = trainWorkloads();
  const { stepsPerSecond, loopShare } = await benchTraining(trained[0]!);
  return {
    actUs: await benchActing(trained[0]!),
    envs: await benchEnvSteps(),
    replay: await benchReplay(),
    replayMemory: measureReplayMemory(),
    options: await benchOptions(),
    headKernels: await benchHeadKernels(),
    trainStepsPerSecond: stepsPerSecond,
    loopShare,
    updates: await benchUpdates(trained),
  };
}

/** The results as text. */
export function formatBench(result: BenchResult): string {
  const table = markdownTable(
    ["DQN update", "reference ms", "SIMD ms", "ratio", "reference GFLOP/s", "SIMD GFLOP/s", "of the ceiling"],
    result.updates.map((update) => [
      update.workload,
      update.referenceMs.toFixed(3),
      update.simdMs.toFixed(3),
      `${update.ratio.toFixed(1)}×`,
      update.referenceGflops.toFixed(1),
      update.gflops.toFixed(1),
      `${(100 * update.gflops / update.ceilingGflops).toFixed(0)} %`,
    ]),
  );
  const ceiling = Math.max(...result.updates.map((update) => update.ceilingGflops));
  const lines: [string, string][] = [
    [
      "ceiling of multiply and add in registers",
      `${ceiling.toFixed(1)} GFLOP/s (skipped zeros count as done)`,
    ],
    [
      "acting, 4-128-128-2",
      `${result.actUs.simd.toFixed(2)} µs (reference ${result.actUs.reference.toFixed(1)} µs)`,
    ],
    ["sampling 32 of 100,000", `${result.replay.sampleUs.toFixed(2)} µs`],
    [
      "prioritized, 32 of 1,000,000, with updates",
      `${result.replay.prioritizedUs.toFixed(1)} µs (${
        result.replay.prioritizedWithGatherUs.toFixed(1)
      } µs with the transitions)`,
    ],
    ...result.replayMemory.map(({ name, bytes, gigabytes }): [string, string] => [
      `replay of images, ${name}`,
      `${gigabytes.toFixed(2)} GB (${Math.round(bytes).toLocaleString("en")} bytes each)`,
    ]),
    [
      "training, 4-128-128-2 × 32, every step",
      `${Math.round(result.trainStepsPerSecond).toLocaleString("en")} steps/s`,
    ],
    ["of which not the update", `${(100 * result.loopShare).toFixed(0)} %`],
  ];
  const summary = lines.map(([name, value]) => `${name.padEnd(66)} ${value}`).join("\n");
  return [
    table,
    formatOptions(result.options),
    formatHeadKernels(result.headKernels),
    formatEnvSteps(result.envs),
    summary,
  ].join("\n\n");
}

const FLAGS: readonly Flag[] = [
  { name: "--json", help: "print the results as JSON" },
];

async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "bench");
  if (line === undefined) return 0;
  const json = isOn(line, "json");
  const result = await bench();
  print(json ? JSON.stringify(result, null, 2) : formatBench(result));
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
