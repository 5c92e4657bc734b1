/**
 * The checks of {@linkcode checkEnv}.
 *
 * @module
 */

import { faultOfScene } from "./_check_scene.ts";
import { describe } from "./values/describe.ts";
import { copyOf, isPlain, sameValues } from "./values/plain_values.ts";
import { Box } from "./spaces/box.ts";
import { Discrete } from "./spaces/discrete.ts";
import type { Action, Env, EnvSnapshot } from "./env.ts";

/** What a reset or a step showed, copied. */
type Shown = Readonly<Record<string, unknown>>;

/** How many of the latest observations and masks are looked at again. */
const EARLIER = 4;

/** The checks of an environment that has every member it must have; each throws at the first thing wrong. */
export class EnvCheck {
  readonly #env: Env;
  readonly #steps: number;

  constructor(env: Env, steps: number) {
    this.#env = env;
    this.#steps = steps;
  }

  spaces(): void {
    const env = this.#env;
    for (const name of ["observationSpace", "actionSpace"] as const) {
      const sample = env[name].sample();
      if (!env[name].contains(sample)) {
        throw this.#fault(
          RangeError,
          `${name} must contain what it samples`,
          sample,
          "look at its contains()",
        );
      }
    }
    const limit: unknown = env.maxEpisodeSteps;
    if (limit !== undefined && !(typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 1)) {
      const fix = "leave it out: makeEnv applies the limit that registerEnv was told";
      throw this.#fault(RangeError, "maxEpisodeSteps must be undefined or a whole number from 1", limit, fix);
    }
    if (env.offersActionMask === true && !(env.actionSpace instanceof Discrete)) {
      const fix = "masks are for Discrete actions";
      throw this.#fault(TypeError, "offersActionMask must be false for a Box of actions", true, fix);
    }
  }

  stepBeforeReset(): void {
    if (!this.#throws(() => this.#env.step(this.#env.actionSpace.sample()))) {
      const fix = "throw an Error in step(); and give checkEnv a fresh environment";
      throw this.#fault(Error, "step() must throw before the first reset()", "a result", fix);
    }
  }

  reset(): void {
    const first = this.#reset(123);
    const again = this.#reset(123);
    if (!sameValues(first, again)) {
      const fix = "draw everything from a Generator that reset({ seed }) makes: new Generator(seed)";
      throw this.#fault(Error, "reset({ seed: 123 }) must give the same twice", "a difference", fix);
    }
    this.#reset(undefined);
  }

  /** Plays; everything shown is checked on the way. */
  play(): void {
    this.#run(123, this.#steps);
  }

  badActions(): void {
    for (const [action, what] of impossibleActions(this.#env)) {
      this.#reset(5);
      if (this.#throws(() => Reflect.apply(this.#env.step, this.#env, [action]))) continue;
      const fix = "check the action first, so that a mistake does not pass for a move";
      throw this.#fault(
        RangeError,
        "step() must throw for an impossible action",
        `no error for ${what}`,
        fix,
      );
    }
  }

  repeats(): void {
    if (sameValues(this.#run(7, this.#steps), this.#run(7, this.#steps))) return;
    const fix = "let no other chance and no clock in, and set every field in reset()";
    throw this.#fault(Error, "the same seed and actions must give the same episodes", "a difference", fix);
  }

  /** That earlier observations stay, and that writing to them changes nothing. */
  ownership(): void {
    const plain = this.#run(9, this.#steps);
    if (sameValues(plain, this.#run(9, this.#steps, true))) return;
    const fix = "return a new Float32Array each time, not the state itself";
    throw this.#fault(Error, "an observation must be the caller's to write to", "a changed episode", fix);
  }

  snapshots(): void {
    const env = this.#env;
    const half = Math.max(1, Math.floor(this.#steps / 2));
    const over = this.#run(11, half).at(-1)?.["over"] === true;
    const snapshot: unknown = env.snapshot();
    const text = JSON.stringify(snapshot);
    if (!isPlain(snapshot) || !sameValues(JSON.parse(text), snapshot)) {
      const fix = "write typed arrays as Array.from(…), and no NaN, Infinity, -0 or undefined";
      throw this.#fault(TypeError, "snapshot() must be of plain JSON values", snapshot, fix);
    }
    const goOn = () => {
      const shown = this.#continue(half, over);
      return [shown, this.#reset(undefined), this.#continue(half, false)];
    };
    const expected = goOn();
    if (JSON.stringify(snapshot) !== text) {
      const fix = "copy what you put into it";
      throw this.#fault(
        Error,
        "snapshot() must stay as it was while the environment continues",
        "a change",
        fix,
      );
    }
    const saved: EnvSnapshot = JSON.parse(text);
    env.restore(saved);
    if (sameValues(env.snapshot(), snapshot) && sameValues(goOn(), expected)) return;
    const fix = "put every field that changes into it, the Generator's snapshot() and both spaces' included";
    throw this.#fault(Error, "restore() must continue as the environment itself did", "a difference", fix);
  }

  scene(): void {
    this.#reset(1);
    let scene: unknown;
    try {
      scene = this.#env.render();
    } catch (error) {
      throw this.#fault(Error, "render() must return a scene", reasonOf(error), "see the type Scene");
    }
    const fault = faultOfScene(scene);
    if (fault !== undefined) throw new TypeError(`Cannot use ${this.#env.id}: ${fault} (see the type Scene)`);
  }

  /** Episodes after a seeded reset. */
  #run(seed: number, steps: number, spoil = false): Shown[] {
    this.#env.actionSpace.seed(seed);
    const first = this.#reset(seed, spoil);
    return [first, ...this.#continue(steps, false, first["info"], spoil)];
  }

  /** Goes on for some steps, resetting where an episode has ended; checks and copies everything shown. */
  #continue(steps: number, over: boolean, info?: unknown, spoil = false): Shown[] {
    const shown: Shown[] = [];
    for (let i = 0; i < steps; i++) {
      if (over) {
        const reset = this.#reset(undefined, spoil);
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

  /** A random action, among those that the mask of the last info allows. */
  #action(info: unknown): Action {
    const { actionSpace } = this.#env;
    const mask = isPlain(info) ? info["actionMask"] : undefined;
    return actionSpace instanceof Discrete && mask instanceof Uint8Array
      ? actionSpace.sample(mask)
      : actionSpace.sample();
  }

  #reset(seed: number | undefined, spoil = false): Shown {
    let result: unknown;
    try {
      result = this.#env.reset(seed === undefined ? undefined : { seed });
    } catch (error) {
      throw this.#fault(
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
      throw this.#fault(Error, "step() must take every element of actionSpace", reasonOf(error), fix, error);
    }
    if (!isPlain(result)) {
      const fix = "return { observation, reward, terminated, truncated, info }";
      throw this.#fault(TypeError, "step() must return an object", result, fix);
    }
    const { reward, terminated, truncated } = result;
    if (typeof reward !== "number" || reward - reward !== 0) {
      const kind = typeof reward === "number" ? RangeError : TypeError;
      throw this.#fault(
        kind,
        "reward of step() must be a finite number",
        reward,
        "look for a division by zero",
      );
    }
    for (const [name, flag] of [["terminated", terminated], ["truncated", truncated]] as const) {
      if (typeof flag === "boolean") continue;
      const fix =
        "terminated: the task has ended; truncated: cut from outside, which a time limit does for you";
      throw this.#fault(TypeError, `${name} of step() must be true or false`, flag, fix);
    }
    const over = terminated === true || truncated === true;
    const shown = { ...this.#shown("step()", result, spoil), reward, terminated, truncated, over };
    if (over && !this.#throws(() => this.#env.step(action))) {
      const fix = "keep a field that says so and throw an Error";
      throw this.#fault(Error, "step() must throw after the end of an episode", "a result", fix);
    }
    return shown;
  }

  /** Observation and info, checked and copied; on request the observation is then overwritten. */
  #shown(source: string, result: unknown, spoil: boolean): Shown {
    const { observationSpace } = this.#env;
    if (!isPlain(result)) {
      const fix = "return { observation, info }";
      throw this.#fault(TypeError, `${source} must return an object`, result, fix);
    }
    const { observation, info } = result;
    if (!observationSpace.contains(observation)) {
      const typed = observationSpace instanceof Box ? observation instanceof Float32Array : true;
      const fix = observationSpace instanceof Box
        ? typed ? "widen the bounds or look for NaN and a wrong length" : "return a Float32Array"
        : "return a whole number in range";
      const got = typed && observation instanceof Float32Array
        ? `[${observation.join(", ")}]`
        : describe(observation);
      throw new (typed ? RangeError : TypeError)(
        `Cannot use ${this.#env.id}: observation of ${source} must be in ${observationSpace}, got ${got} (${fix})`,
      );
    }
    if (!isPlain(info)) {
      throw this.#fault(
        TypeError,
        `info of ${source} must be an object`,
        info,
        "return {} when there is nothing to say",
      );
    }
    this.#checkMask(source, info["actionMask"]);
    const shown = { observation: copyOf(observation), info: copyOf(info) };
    if (spoil && observation instanceof Float32Array) observation.fill(NaN);
    else this.#checkEarlier(source, observation, shown.observation);
    this.#checkEarlierMask(source, info["actionMask"]);
    return shown;
  }

  readonly #earlier: { readonly observation: unknown; readonly copy: unknown }[] = [];

  /** That the observation before this one is another array, and the latest ones are as they were: some take turns with two arrays. */
  #checkEarlier(source: string, observation: unknown, copy: unknown): void {
    if (typeof observation !== "object") return;
    const earlier = this.#earlier;
    const isLast = earlier.at(-1)?.observation === observation;
    if (isLast || earlier.some((one) => !sameValues(one.observation, one.copy))) {
      const fix = "return a new array each time";
      throw this.#fault(
        Error,
        `observation of ${source} must leave earlier ones as they were`,
        observation,
        fix,
      );
    }
    earlier.push({ observation, copy });
    if (earlier.length > EARLIER) earlier.shift();
  }

  readonly #earlierMasks: { readonly mask: unknown; readonly copy: unknown }[] = [];

  /** That the masks before this one are still as they were; one that never changes may be shown again. */
  #checkEarlierMask(source: string, mask: unknown): void {
    const earlier = this.#earlierMasks;
    if (earlier.some((one) => !sameValues(one.mask, one.copy))) {
      const fix = "return a new Uint8Array each time";
      throw this.#fault(Error, `actionMask of ${source} must leave earlier ones as they were`, mask, fix);
    }
    earlier.push({ mask, copy: copyOf(mask) });
    if (earlier.length > EARLIER) earlier.shift();
  }

  #checkMask(source: string, mask: unknown): void {
    const { actionSpace, offersActionMask } = this.#env;
    if (mask === undefined && offersActionMask !== true) return;
    if (offersActionMask !== true) {
      const fix = "say readonly offersActionMask = true";
      throw this.#fault(
        TypeError,
        "offersActionMask must be true where info has an actionMask",
        offersActionMask,
        fix,
      );
    }
    const n = actionSpace instanceof Discrete ? actionSpace.n : 0;
    if (!(mask instanceof Uint8Array) || mask.length !== n || mask.some((value) => value > 1)) {
      const fix = "one 0 or 1 per action; or leave offersActionMask out";
      throw this.#fault(
        TypeError,
        `actionMask of ${source} must be a Uint8Array of ${n} zeros and ones`,
        mask,
        fix,
      );
    }
  }

  #throws(action: () => unknown): boolean {
    try {
      action();
      return false;
    } catch {
      return true;
    }
  }

  #fault(kind: ErrorConstructor, expected: string, got: unknown, fix: string, cause?: unknown): Error {
    const text = typeof got === "string" ? got : describe(got);
    return new kind(`Cannot use ${this.#env.id}: ${expected}, got ${text} (${fix})`, { cause });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Actions that a step has to refuse, each with its description. */
function impossibleActions({ actionSpace }: Env): [action: unknown, what: string][] {
  if (actionSpace instanceof Discrete) {
    const { start, n } = actionSpace;
    return [start - 1, start + n, start + 0.5].map((action) => [action, String(action)]);
  }
  if (!(actionSpace instanceof Box)) return [];
  const { length } = actionSpace.low;
  return [
    [new Float32Array(length + 1), `a vector of length ${length + 1}`],
    [new Float32Array(length).fill(NaN), "a vector of NaN"],
  ];
}
