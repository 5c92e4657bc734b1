import { EarlierValues } from "./_earlier_values.ts";
import type { Action, Env } from "./env.ts";
import { Box } from "./spaces/box.ts";
import { type BoxDtype, isBoxArray, newBoxArray } from "./spaces/box_dtype.ts";
import { choiceCount } from "./spaces/choice_count.ts";
import { describe } from "./values/describe.ts";
import { copyOf, isPlain } from "./values/plain_values.ts";

/** Longer arrays are described in messages by their length. */
const MOST_SHOWN = 32;

/** A copy of the result of a reset or a step. */
export type Shown = Readonly<Record<string, unknown>>;

/** Plays an environment under test; throws at the first fault in its results. */
export class EnvProbe {
  readonly #env: Env;
  readonly #observations = new EarlierValues({ mayRepeat: false });
  /** An array that never changes may be returned again. */
  readonly #masks = new EarlierValues({ mayRepeat: true });

  constructor(env: Env) {
    this.#env = env;
  }

  /** Episodes after a seeded reset. */
  run(seed: number, steps: number, spoil = false): Shown[] {
    this.#env.actionSpace.seed(seed);
    const first = this.reset(seed, spoil);
    return [first, ...this.continue(steps, false, first["info"], spoil)];
  }

  /** Plays some steps, with a reset after each end of an episode; checks and copies all results. */
  continue(steps: number, over: boolean, info?: unknown, spoil = false): Shown[] {
    const shown: Shown[] = [];
    for (let i = 0; i < steps; i++) {
      if (over) {
        const reset = this.reset(undefined, spoil);
        shown.push(reset);
        info = reset["info"];
      }
      const step = this.#step(this.#action(info), spoil);
      shown.push(step);
      over = step["over"] === true;
      info = step["info"];
    }
    return shown;
  }

  /** A random action that the mask of the last info allows. */
  #action(info: unknown): Action {
    const { actionSpace } = this.#env;
    const mask = isPlain(info) ? info["actionMask"] : undefined;
    return choiceCount(actionSpace) > 0 && mask instanceof Uint8Array
      ? actionSpace.sample(mask)
      : actionSpace.sample();
  }

  /** Starts an episode, with a seed if given; checks and copies the result. */
  reset(seed: number | undefined, spoil = false): Shown {
    let result: unknown;
    try {
      result = this.#env.reset(seed === undefined ? undefined : { seed });
    } catch (error) {
      throw this.fault(
        Error,
        "reset() must start an episode at any time",
        reasonOf(error),
        "see its stack",
        error,
      );
    }
    return this.#shown("reset()", result, spoil);
  }

  #step(action: Action, spoil: boolean): Shown {
    let result: unknown;
    try {
      result = this.#env.step(action);
    } catch (error) {
      const fix = "only the end of an episode and impossible actions may throw";
      throw this.fault(Error, "step() must take every element of actionSpace", reasonOf(error), fix, error);
    }
    if (!isPlain(result)) {
      const fix = "return { observation, reward, terminated, truncated, info }";
      throw this.fault(TypeError, "step() must return an object", result, fix);
    }
    const { reward, terminated, truncated } = result;
    if (typeof reward !== "number" || reward - reward !== 0) {
      const kind = typeof reward === "number" ? RangeError : TypeError;
      throw this.fault(
        kind,
        "reward of step() must be a finite number",
        reward,
        "look for a division by zero",
      );
    }
    if (!Number.isFinite(Math.fround(reward))) {
      const fix = "networks and tables are float32: divide it, as RewardScale does";
      throw this.fault(RangeError, "reward of step() must be finite in float32", reward, fix);
    }
    for (const [name, flag] of [["terminated", terminated], ["truncated", truncated]] as const) {
      if (typeof flag === "boolean") continue;
      const fix =
        "terminated: the task has ended; truncated: cut off from outside, as the time limit of makeEnv does";
      throw this.fault(TypeError, `${name} of step() must be true or false`, flag, fix);
    }
    const over = terminated === true || truncated === true;
    const shown = { ...this.#shown("step()", result, spoil), reward, terminated, truncated, over };
    if (over && !this.throws(() => this.#env.step(action))) {
      const fix = "remember the end in a field and throw an Error";
      throw this.fault(Error, "step() must throw after the end of an episode", "a result", fix);
    }
    return shown;
  }

  /** Observation and info, checked and copied; on request the observation is then overwritten. */
  #shown(source: string, result: unknown, spoil: boolean): Shown {
    const { observationSpace } = this.#env;
    if (!isPlain(result)) {
      const fix = "return { observation, info }";
      throw this.fault(TypeError, `${source} must return an object`, result, fix);
    }
    const { observation, info } = result;
    if (!observationSpace.contains(observation)) {
      const dtype = observationSpace instanceof Box ? observationSpace.dtype : undefined;
      const isArray = observation instanceof Float32Array || observation instanceof Uint8Array;
      const typed = dtype === undefined || isBoxArray<BoxDtype>(dtype, observation);
      const fix = dtype === undefined
        ? "return a whole number in range"
        : typed
        ? "widen the bounds or look for NaN and a wrong length"
        : `return a ${newBoxArray<BoxDtype>(dtype, 0).constructor.name}`;
      const got = typed && isArray && observation.length <= MOST_SHOWN
        ? `[${observation.join(", ")}]`
        : describe(observation);
      throw new (typed ? RangeError : TypeError)(
        `Cannot use ${this.#env.id}: observation of ${source} must be in ${observationSpace}, got ${got} (${fix})`,
      );
    }
    if (!isPlain(info)) {
      throw this.fault(
        TypeError,
        `info of ${source} must be an object`,
        info,
        "return {} if there is no info",
      );
    }
    this.#checkMask(source, info["actionMask"]);
    const shown = { observation: copyOf(observation), info: copyOf(info) };
    if (spoil && observation instanceof Float32Array) observation.fill(NaN);
    else if (spoil && observation instanceof Uint8Array) {
      observation.forEach((value, i) => observation[i] = ~value);
    } else if (!this.#observations.see(observation, shown.observation)) {
      const expected = `observation of ${source} must leave earlier ones unchanged`;
      throw this.fault(Error, expected, observation, "return a new array each time");
    }
    const mask = info["actionMask"];
    if (!this.#masks.see(mask, copyOf(mask))) {
      const expected = `actionMask of ${source} must leave earlier ones unchanged`;
      throw this.fault(Error, expected, mask, "return a new Uint8Array each time");
    }
    return shown;
  }

  #checkMask(source: string, mask: unknown): void {
    const { actionSpace, offersActionMask } = this.#env;
    if (mask === undefined && offersActionMask !== true) return;
    if (offersActionMask !== true) {
      const fix = "add readonly offersActionMask = true";
      throw this.fault(
        TypeError,
        "offersActionMask must be true if info has an actionMask",
        offersActionMask,
        fix,
      );
    }
    const n = choiceCount(actionSpace);
    if (!(mask instanceof Uint8Array) || mask.length !== n || mask.some((value) => value > 1)) {
      const fix = "one 0 or 1 per action; or leave offersActionMask out";
      throw this.fault(
        TypeError,
        `actionMask of ${source} must be a Uint8Array of ${n} zeros and ones`,
        mask,
        fix,
      );
    }
  }

  /** Whether an action throws. */
  throws(action: () => unknown): boolean {
    try {
      action();
      return false;
    } catch {
      return true;
    }
  }

  /** The error of a fault, with a remedy. */
  fault(kind: ErrorConstructor, expected: string, got: unknown, fix: string, cause?: unknown): Error {
    const text = typeof got === "string" ? got : describe(got);
    return new kind(`Cannot use ${this.#env.id}: ${expected}, got ${text} (${fix})`, { cause });
  }
}

/** The text of an error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
