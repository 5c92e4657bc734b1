/**
 * The whole grid as observation.
 *
 * @module
 */

import type { Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import { Box } from "../spaces/box.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "../wrappers/wrapper.ts";
import { findMiniGrid } from "./_find_minigrid.ts";
import type { MiniGridEnv } from "./minigrid_env.ts";

/**
 * Shows the whole grid instead of the partial view: three bytes per field, column by column, with the player as object 10, red,
 * its direction as state (`minigrid/wrappers.py`, FullyObsWrapper).
 *
 * @example Usage
 * ```ts
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { FullyObs } from "@bellman/dqn/envs/minigrid";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new FullyObs(makeEnv("MiniGrid-LavaCrossingS11N5-v0"));
 * const { observation } = env.reset({ seed: 0 });
 * assertEquals(env.observationSpace.shape, [11, 11, 3]);
 * assertEquals(observation.slice(3 * (11 + 1), 3 * (11 + 1) + 3), Uint8Array.of(10, 0, 0)); // column 1, row 1
 * ```
 */
export class FullyObs extends Wrapper<Uint8Array, number> {
  /** The grid, three bytes per field. */
  readonly observationSpace: Box<"uint8">;
  readonly #grid: MiniGridEnv;

  /**
   * Wraps an environment.
   *
   * @param env A {@linkcode MiniGridEnv}, with or without a time limit or other wrappers.
   * @throws {TypeError} When it is none.
   */
  constructor(env: Env<Uint8Array, number>) {
    const grid = findMiniGrid("show the whole grid", env);
    super(env, "FullyObs");
    this.#grid = grid;
    this.observationSpace = new Box(0, 255, { shape: [grid.width, grid.height, 3], dtype: "uint8" });
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<number> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment, with the whole grid as observation.
   */
  reset(options: ResetOptions = {}): ResetResult<Uint8Array> {
    const { info } = this.env.reset(options);
    return { observation: this.#grid.encodeGrid({ agent: true }), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with the whole grid as observation.
   */
  step(action: number): StepResult<Uint8Array> {
    const result = this.env.step(action);
    return { ...result, observation: this.#grid.encodeGrid({ agent: true }) };
  }
}
