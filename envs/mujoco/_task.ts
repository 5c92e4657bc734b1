/**
 * Tasks of simulated bodies.
 *
 * @module
 */

import type { Info } from "../env.ts";
import type { Generator } from "../random/generator.ts";
import type { View } from "./_draw_bodies.ts";
import type { World } from "./_world.ts";

/** The rules of one environment; an instance belongs to it, and may keep data of the last step. */
export interface Task {
  /** The registered name. */
  readonly id: string;
  /** The body, as MJCF. */
  readonly model: string;
  /** Steps of the model's own length in one step of the environment. */
  readonly frameSkip: number;
  /** The options that belong to a snapshot. */
  readonly settings: Readonly<Record<string, number | boolean>>;
  /** The name of each element of an observation. */
  readonly observations: readonly string[];
  /** The name of each element of an action. */
  readonly actions: readonly string[];
  /** The bound of actions, in both directions. */
  readonly actionBound: number;
  /** Count of numbers of the last step that the next one depends on, besides the simulation's state. */
  readonly carried: number;
  /** The view for pictures. */
  readonly view: View;
  /** Draws the first positions and velocities. */
  start(generator: Generator, world: World): void;
  /** Writes the observation after the last step. */
  observe(world: World, into: Float64Array): void;
  /** The reward of the step just simulated; `before` holds the numbers from the previous one. */
  judge(world: World, action: Float32Array, before: Float64Array): number;
  /** Writes the numbers for the next step. */
  carry(world: World, into: Float64Array): void;
  /** Whether the episode ends in a state. */
  isTerminal(positions: Float64Array, velocities: Float64Array, carried: Float64Array): boolean;
  /** Additional facts about the first state. */
  startInfo(world: World): Info;
  /** Additional facts about the last step. */
  stepInfo(world: World): Info;
  /** The description of a picture. */
  describe(world: World): string;
}
