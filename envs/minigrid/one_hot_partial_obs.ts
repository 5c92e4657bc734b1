/**
 * The partial view in zeros and ones.
 *
 * @module
 */

import type { Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import { Box } from "../spaces/box.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "../wrappers/wrapper.ts";
import { findMiniGrid } from "./_find_minigrid.ts";

/** Numbers of objects, of colours, and of states of a door. */
const [OBJECTS, COLOURS, STATES] = [11, 6, 3] as const;

/** Bytes per field. */
const BITS = OBJECTS + COLOURS + STATES;

/**
 * Shows each field of the partial view as 20 zeros and ones: one of 11 objects, one of 6 colours, one of 3 states
 * (`minigrid/wrappers.py`, OneHotPartialObsWrapper, whose bounds are 0 and 255). {@linkcode FlattenObservation} around it makes a vector of 980 numbers for
 * networks without convolutions.
 *
 * @example Usage
 * ```ts
 * import { FlattenObservation, makeEnv } from "@bellman/dqn/envs";
 * import { OneHotPartialObs } from "@bellman/dqn/envs/minigrid";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new OneHotPartialObs(makeEnv("MiniGrid-Empty-5x5-v0"));
 * assertEquals(env.observationSpace.shape, [7, 7, 20]);
 * const { observation } = env.reset({ seed: 0 });
 * const wall = Uint8Array.of(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0);
 * assertEquals(observation.slice(0, 20), wall); // object 2, colour 5, state 0
 * assertEquals(new FlattenObservation(env).observationSpace.shape, [980]);
 * ```
 */
export class OneHotPartialObs extends Wrapper<Uint8Array, number> {
  /** The view, 20 bytes of 0 or 1 per field. */
  readonly observationSpace: Box<"uint8">;
  readonly #fields: number;

  /**
   * Wraps an environment.
   *
   * @param env A {@linkcode MiniGridEnv} that shows the partial view, with or without a time limit or other wrappers.
   * @throws {TypeError} When it is none, or shows something else.
   */
  constructor(env: Env<Uint8Array, number>) {
    const action = "make a view one-hot";
    const inner = findMiniGrid(action, env);
    if (env.observationSpace !== inner.observationSpace) {
      throw new TypeError(
        `Cannot ${action}: env must show the partial view of ${env.id}, got ${env.observationSpace}`,
      );
    }
    super(env, "OneHotPartialObs");
    const [columns, rows] = inner.observationSpace.shape;
    this.#fields = columns! * rows!;
    this.observationSpace = new Box(0, 1, { shape: [columns!, rows!, BITS], dtype: "uint8" });
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<number> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment, with the observation in zeros and ones.
   */
  reset(options: ResetOptions = {}): ResetResult<Uint8Array> {
    const { observation, info } = this.env.reset(options);
    return { observation: this.#encode(observation), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with the observation in zeros and ones.
   */
  step(action: number): StepResult<Uint8Array> {
    const result = this.env.step(action);
    return { ...result, observation: this.#encode(result.observation) };
  }

  #encode(view: Uint8Array): Uint8Array {
    const result = new Uint8Array(this.#fields * BITS);
    for (let field = 0; field < this.#fields; field++) {
      const at = field * BITS;
      result[at + view[3 * field]!] = 1;
      result[at + OBJECTS + view[3 * field + 1]!] = 1;
      result[at + OBJECTS + COLOURS + view[3 * field + 2]!] = 1;
    }
    return result;
  }
}
