/**
 * The checks of {@linkcode checkEnv}.
 *
 * @module
 */

import { faultOfScene } from "./_check_scene.ts";
import { EnvProbe, reasonOf } from "./_env_probe.ts";
import { impossibleActions } from "./_impossible_actions.ts";
import { isPlain, sameValues } from "./values/plain_values.ts";
import { choiceCount } from "./spaces/choice_count.ts";
import type { Env, EnvSnapshot } from "./env.ts";

/** The checks of an environment that has every required member; each throws at the first fault. */
export class EnvCheck {
  readonly #env: Env;
  readonly #steps: number;
  readonly #probe: EnvProbe;

  constructor(env: Env, steps: number) {
    this.#env = env;
    this.#probe = new EnvProbe(env);
    this.#steps = steps;
  }

  spaces(): void {
    const env = this.#env;
    for (const name of ["observationSpace", "actionSpace"] as const) {
      const sample = env[name].sample();
      if (!env[name].contains(sample)) {
        throw this.#probe.fault(
          RangeError,
          `${name} must contain what it samples`,
          sample,
          "check its contains()",
        );
      }
    }
    const limit: unknown = env.maxEpisodeSteps;
    if (limit !== undefined && !(typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 1)) {
      const fix = "leave it out: makeEnv applies the limit given to registerEnv";
      throw this.#probe.fault(
        RangeError,
        "maxEpisodeSteps must be undefined or a whole number from 1",
        limit,
        fix,
      );
    }
    if (env.offersActionMask === true && choiceCount(env.actionSpace) === 0) {
      const fix = "masks are for Discrete and MultiDiscrete actions";
      throw this.#probe.fault(TypeError, "offersActionMask must be false for a Box of actions", true, fix);
    }
  }

  stepBeforeReset(): void {
    if (!this.#probe.throws(() => this.#env.step(this.#env.actionSpace.sample()))) {
      const fix = "throw an Error in step(); and give checkEnv a fresh environment";
      throw this.#probe.fault(Error, "step() must throw before the first reset()", "a result", fix);
    }
  }

  reset(): void {
    const first = this.#probe.reset(123);
    const again = this.#probe.reset(123);
    if (!sameValues(first, again)) {
      const fix = "draw everything from a Generator that reset({ seed }) makes: new Generator(seed)";
      throw this.#probe.fault(Error, "reset({ seed: 123 }) must give the same twice", "a difference", fix);
    }
    this.#probe.reset(undefined);
  }

  /** Plays episodes and checks everything that is returned. */
  play(): void {
    this.#probe.run(123, this.#steps);
  }

  badActions(): void {
    for (const [action, what] of impossibleActions(this.#env.actionSpace)) {
      this.#probe.reset(5);
      if (this.#probe.throws(() => Reflect.apply(this.#env.step, this.#env, [action]))) continue;
      const fix = "check the action first, so that a mistake does not count as a move";
      throw this.#probe.fault(
        RangeError,
        "step() must throw for an impossible action",
        `no error for ${what}`,
        fix,
      );
    }
  }

  repeats(): void {
    if (sameValues(this.#probe.run(7, this.#steps), this.#probe.run(7, this.#steps))) return;
    const fix = "use no other randomness and no clock, and set every field in reset()";
    throw this.#probe.fault(
      Error,
      "the same seed and actions must give the same episodes",
      "a difference",
      fix,
    );
  }

  /** Checks that earlier observations stay unchanged, and that writing to them has no effect. */
  ownership(): void {
    const plain = this.#probe.run(9, this.#steps);
    if (sameValues(plain, this.#probe.run(9, this.#steps, true))) return;
    const fix = "return a new array each time, not the state itself";
    throw this.#probe.fault(
      Error,
      "writing to a returned observation must change nothing",
      "a changed episode",
      fix,
    );
  }

  snapshots(): void {
    const env = this.#env;
    const half = Math.max(1, Math.floor(this.#steps / 2));
    const over = this.#probe.run(11, half).at(-1)?.["over"] === true;
    const snapshot: unknown = env.snapshot();
    const text = JSON.stringify(snapshot);
    if (!isPlain(snapshot) || !sameValues(JSON.parse(text), snapshot)) {
      const fix = "write typed arrays as Array.from(…), without NaN, Infinity, -0 or undefined";
      throw this.#probe.fault(TypeError, "snapshot() must be of plain JSON values", snapshot, fix);
    }
    const goOn = () => {
      const shown = this.#probe.continue(half, over);
      return [shown, this.#probe.reset(undefined), this.#probe.continue(half, false)];
    };
    const expected = goOn();
    if (JSON.stringify(snapshot) !== text) {
      const fix = "copy arrays and objects into it";
      throw this.#probe.fault(
        Error,
        "snapshot() must not change while the environment continues",
        "a change",
        fix,
      );
    }
    const saved: EnvSnapshot = JSON.parse(text);
    env.restore(saved);
    if (sameValues(env.snapshot(), snapshot) && sameValues(goOn(), expected)) return;
    const fix = "include every field that changes, and the snapshot() of the Generator and of both spaces";
    throw this.#probe.fault(
      Error,
      "restore() must continue as the environment itself did",
      "a difference",
      fix,
    );
  }

  scene(): void {
    this.#probe.reset(1);
    let scene: unknown;
    try {
      scene = this.#env.render();
    } catch (error) {
      throw this.#probe.fault(Error, "render() must return a scene", reasonOf(error), "see the type Scene");
    }
    const fault = faultOfScene(scene);
    if (fault !== undefined) throw new TypeError(`Cannot use ${this.#env.id}: ${fault} (see the type Scene)`);
  }
}
