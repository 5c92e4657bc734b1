import { playEpisodes, randomStream } from "../../agents/mod.ts";
import { type Action, envSpec, type Observation, type Scene } from "../../envs/mod.ts";
import { actionMaskIn } from "../run/action_mask.ts";
import type { LoadedPolicy } from "../run_folder/load_policy.ts";

/** One moment of an episode. */
export interface Moment {
  /** Number of the episode, from 1. */
  episode: number;
  /** Steps so far in the episode. */
  step: number;
  /** Sum of rewards so far in the episode. */
  return: number;
  /** The observation. */
  observation: Observation;
  /** The picture. */
  scene: Scene;
  /** The Q-value of each action; undefined for agents without Q-values, and at the end of the episode. */
  qValues: Float32Array | undefined;
  /** The action chosen now; undefined at the end of the episode. */
  action: Action | undefined;
  /** Whether the episode, or its recording, ends here. */
  isLast: boolean;
  /** How the episode ended, if it did; "terminated" if both terminated and truncated. */
  ended: "terminated" | "truncated" | undefined;
}

/** Options of a recording. */
export interface RecordingOptions {
  /** Number of episodes. */
  episodes: number;
  /** Most steps recorded of an episode. */
  maxSteps: number;
  /** Seeds the environment before the first episode. */
  seed: number;
  /** Episodes played first without being recorded. @default {0} */
  skip?: number;
}

/** A moment to show, and its duration. */
export interface Frame {
  moment: Moment;
  /** When it appears, in seconds of playing time. */
  start: number;
  /** When the next one replaces it. */
  end: number;
}

/** Default of the most steps recorded of an episode. */
export const MAX_STEPS = 500;
/** How long the end of an episode is shown, in seconds. */
const HOLD = 1.5;
/** Environments faster than this show only some of their steps: files are smaller, without a visible difference. */
const MAX_FPS = 30;

/**
 * Plays episodes greedily, as `evaluate` does, and keeps each moment.
 *
 * @param loaded The policy.
 * @param options Which episodes to record.
 * @returns The moments: for an episode of n steps, n + 1.
 */
export function recordMoments(loaded: LoadedPolicy, options: RecordingOptions): Moment[] {
  const { env, policy } = loaded;
  const { episodes, maxSteps, seed, skip = 0 } = options;
  const moments: Moment[] = [];
  // Only what comes after them is recorded.
  if (skip > 0) { for (const _ of playEpisodes(env, policy, { episodes: skip, seed })); }
  for (let episode = 1; episode <= episodes; episode++) {
    let { observation, info } = env.reset(episode === 1 && skip === 0 ? { seed } : {});
    let total = 0;
    let ended: Moment["ended"];
    for (let step = 0;; step++) {
      const over = ended !== undefined;
      const isLast = over || step === maxSteps;
      const qValues = over ? undefined : policy.qValues?.(observation);
      const acting = { greedy: true, actionMask: actionMaskIn(info) };
      const action = over ? undefined : policy.act(observation, acting);
      const scene = env.render();
      moments.push({ episode, step, return: total, observation, scene, qValues, action, isLast, ended });
      if (isLast || action === undefined) break;
      const result = env.step(action);
      ({ observation, info } = result);
      total += result.reward;
      ended = result.terminated ? "terminated" : result.truncated ? "truncated" : undefined;
    }
  }
  return moments;
}

/**
 * Chooses which moments to show, and when, so that the environment plays at its real speed.
 *
 * @param moments Of one or more episodes, each with its last moment.
 * @param fps Steps per second at real speed.
 * @returns At most 30 frames per second; the end of each episode is shown for 1.5 s.
 */
export function chooseFrames(moments: readonly Moment[], fps: number): Frame[] {
  const every = Math.ceil(fps / MAX_FPS);
  const frames: Frame[] = [];
  let time = 0;
  for (const moment of moments) {
    const start = time;
    time += moment.isLast ? HOLD : 1 / fps;
    if (moment.isLast || moment.step % every === 0) frames.push({ moment, start, end: time });
    else frames.at(-1)!.end = time;
  }
  return frames;
}

/**
 * Where recordings start: at the first episode that `evaluate` plays.
 *
 * @param seed The seed of the run.
 * @returns The seed of the environment.
 */
export function recordingSeed(seed: number): number {
  return randomStream(seed, "evaluate").nextUint32();
}

/** Steps per second of an environment at real speed. */
export function framesPerSecond(id: string): number {
  return envSpec(id).renderFps ?? 30;
}
