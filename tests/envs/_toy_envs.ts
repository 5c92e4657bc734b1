import { requireStream } from "../../envs/env_core.ts";
import {
  type Action,
  Box,
  Discrete,
  type Env,
  type EnvSnapshot,
  type Info,
  type Observation,
  type ResetOptions,
  type ResetResult,
  type Scene,
  type Space,
  type StepResult,
} from "../../envs/mod.ts";

/** Shows given observations one after the other, of a given length of episode, and records what reached it. */
export class ScriptedEnv<O extends Observation, A extends Action> implements Env<O, A> {
  readonly id = "Scripted-v0";
  readonly seeds: ResetOptions["seed"][] = [];
  readonly actions: A[] = [];
  #next = 0;
  #steps = -1;

  constructor(
    readonly observationSpace: Space<O>,
    readonly actionSpace: Space<A>,
    readonly script: readonly O[],
    readonly episode: {
      length: number;
      rewards?: readonly number[];
      info?: Info;
      /** Whether it says that it offers masks, which it never does. */
      offersActionMask?: boolean;
    } = { length: 1_000 },
  ) {
    this.offersActionMask = episode.offersActionMask ?? true;
  }

  readonly maxEpisodeSteps = 77;
  readonly offersActionMask: boolean;

  reset(options: ResetOptions = {}): ResetResult<O> {
    this.seeds.push(options.seed);
    this.#steps = 0;
    return { observation: this.#observe(), info: { first: true } };
  }

  step(action: A): StepResult<O> {
    if (this.#steps < 0) throw new Error("Cannot step Scripted-v0: reset must be called first");
    this.actions.push(action);
    const rewards = this.episode.rewards ?? [1];
    const reward = rewards[this.#steps % rewards.length]!;
    this.#steps++;
    return {
      observation: this.#observe(),
      reward,
      terminated: this.#steps >= this.episode.length,
      truncated: false,
      info: this.episode.info ?? {},
    };
  }

  render(): Scene {
    return { x: 0, y: 0, width: 1, height: 1, background: "#ffffff", description: "nothing", shapes: [] };
  }

  snapshot(): EnvSnapshot {
    return {
      next: this.#next,
      steps: this.#steps,
      observationSpace: this.observationSpace.snapshot(),
      actionSpace: this.actionSpace.snapshot(),
    };
  }

  restore({ next, steps, observationSpace, actionSpace }: EnvSnapshot): void {
    if (typeof next !== "number" || typeof steps !== "number") {
      throw new TypeError("Cannot restore Scripted-v0: next and steps must be numbers");
    }
    const action = "restore Scripted-v0";
    this.observationSpace.restore(requireStream(action, "observationSpace", observationSpace));
    this.actionSpace.restore(requireStream(action, "actionSpace", actionSpace));
    [this.#next, this.#steps] = [next, steps];
  }

  #observe(): O {
    const observation = this.script[this.#next % this.script.length]!;
    this.#next++;
    return observation;
  }
}

/** A scripted environment that shows vectors and takes one action. */
export function scriptedBoxEnv(
  script: readonly (readonly number[])[],
  episode?: { length: number; rewards?: readonly number[]; info?: Info },
): ScriptedEnv<Float32Array, number> {
  const length = script[0]!.length;
  const space = new Box(new Array<number>(length).fill(-100), new Array<number>(length).fill(100));
  return new ScriptedEnv(space, new Discrete(2), script.map((row) => Float32Array.from(row)), episode);
}
