import { LunarLander, LunarLanderContinuous } from "../../../envs/box2d/mod.ts";
import { readGolden } from "../_recordings.ts";

/** What a player of the recording did: nothing, random actions, Gymnasium's controller, the same in the wind, throttles at random. */
export type Player = "noop" | "rand" | "heur" | "wind" | "crand";

/** One recorded episode; the first observation is the reset's. */
export interface LanderRun {
  seed: number;
  return_: number;
  terminated: boolean;
  actions: (number | number[])[];
  observations: number[][];
  rewards: number[];
}

/** The file `tests/golden/gymnasium/LunarLander-v3.json`. */
export interface LanderRecording {
  policies: Record<Player, { options: { enableWind?: boolean; continuous?: boolean }; runs: LanderRun[] }>;
}

/** The recording of Gymnasium 1.4 on pybox2d. */
export const RECORDING: LanderRecording = readGolden<LanderRecording>("LunarLander-v3");

/** How a replay differs from what was recorded. */
export interface Replay {
  seed: number;
  /** Largest difference of an observation before a leg touched the ground on either side. */
  inAir: number;
  /** The same of a reward. */
  rewardInAir: number;
  /** Steps that were compared so. */
  stepsInAir: number;
  /** The first step on which a leg touches, and the two flags; undefined if the episode ends without. */
  touch: [step: number, right: number, left: number] | undefined;
  /** The same in the recording. */
  recordedTouch: [step: number, right: number, left: number] | undefined;
  /** The step on which the episode ended; undefined if it had not when the recorded one ended. */
  end: number | undefined;
  /** The step on which the recorded one ended. */
  recordedEnd: number;
  /** The return, up to there. */
  total: number;
  /** The recorded return. */
  recordedTotal: number;
}

/** Takes the recorded actions from the recorded seeds. */
export function replayAll(player: Player): Replay[] {
  const { options, runs } = RECORDING.policies[player];
  const { continuous, ...rest } = options;
  return runs.map((run) => {
    if (!continuous) {
      const env = new LunarLander(rest);
      return replay(run, env.reset({ seed: run.seed }).observation, (action) => env.step(Number(action)));
    }
    const env = new LunarLanderContinuous(rest);
    const { observation } = env.reset({ seed: run.seed });
    return replay(
      run,
      observation,
      (action) => env.step(Float32Array.from(Array.isArray(action) ? action : [])),
    );
  });
}

type Step = (action: number | number[]) => { observation: Float32Array; reward: number; terminated: boolean };

function replay(
  { seed, actions, observations, rewards, return_ }: LanderRun,
  first: Float32Array,
  step: Step,
): Replay {
  const distance = (observation: Float32Array, i: number) =>
    Math.max(...observations[i]!.map((value, j) => Math.abs(value - observation[j]!)));
  const touchOf = (observation: ArrayLike<number>, i: number): Replay["touch"] =>
    observation[6] !== 0 || observation[7] !== 0 ? [i, observation[6]!, observation[7]!] : undefined;
  const result: Replay = {
    seed,
    inAir: distance(first, 0),
    rewardInAir: 0,
    stepsInAir: 0,
    touch: undefined,
    recordedTouch: undefined,
    end: undefined,
    recordedEnd: actions.length,
    total: 0,
    recordedTotal: return_,
  };
  for (let i = 1; i <= actions.length && result.end === undefined; i++) {
    const { observation, reward, terminated } = step(actions[i - 1]!);
    result.total += reward;
    result.touch ??= touchOf(observation, i);
    result.recordedTouch ??= touchOf(observations[i]!, i);
    if (terminated) result.end = i;
    if (result.touch !== undefined || result.recordedTouch !== undefined) continue;
    result.stepsInAir++;
    result.inAir = Math.max(result.inAir, distance(observation, i));
    result.rewardInAir = Math.max(result.rewardInAir, Math.abs(reward - rewards[i - 1]!));
  }
  return result;
}
