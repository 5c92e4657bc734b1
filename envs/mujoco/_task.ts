/**
 * What makes a task of a simulated body.
 *
 * @module
 */

import type { Info } from "../env.ts";
import type { Generator } from "../random/generator.ts";
import type { View } from "./_draw_bodies.ts";
import type { World } from "./_world.ts";

/** The rules of one environment, made for it: it may keep what it finds out about the last step. */
export interface Task {
  /** The registered name. */
  readonly id: string;
  /** The body, as MJCF. */
  readonly model: string;
  /** Steps of the model's own length in one step of the environment. */
  readonly frameSkip: number;
  /** The options that belong to a snapshot. */
  readonly settings: Readonly<Record<string, number | boolean>>;
  /** What each element of an observation measures. */
  readonly observations: readonly string[];
  /** What each element of an action does. */
  readonly actions: readonly string[];
  /** Actions reach from minus this to this. */
  readonly actionBound: number;
  /** How many numbers of the last step the next one depends on, apart from the simulation's state. */
  readonly carried: number;
  /** How it is drawn. */
  readonly view: View;
  /** Draws the first positions and velocities. */
  start(generator: Generator, world: World): void;
  /** Writes an observation of what the last step computed. */
  observe(world: World, into: Float64Array): void;
  /** The reward of the step just simulated; `before` was carried from the one before it. */
  judge(world: World, action: Float32Array, before: Float64Array): number;
  /** Writes what the next step will need. */
  carry(world: World, into: Float64Array): void;
  /** Whether the episode ends in a state. */
  isTerminal(positions: Float64Array, velocities: Float64Array, carried: Float64Array): boolean;
  /** Further facts about the first state. */
  startInfo(world: World): Info;
  /** Further facts about the step just judged. */
  stepInfo(world: World): Info;
  /** What a picture shows, in words. */
  describe(world: World): string;
}
