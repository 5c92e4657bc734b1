/**
 * The contract of a task in a grid.
 *
 * @module
 */

import type { Verdict } from "./_act.ts";
import type { World } from "./_world.ts";

/** A task: how its grid is made, what it asks for, and how a step ends. */
export interface Task {
  /** Number of columns. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
  /** Steps after which an episode is cut off, and which scale the reward. */
  readonly maxSteps: number;
  /**
   * Whether walls hide nothing.
   *
   * @default {false}
   */
  readonly seesThroughWalls?: boolean;
  /** Number of actions. */
  readonly actions: number;
  /**
   * Number of fields or of objects that {@linkcode World.marks} remembers.
   *
   * @default {none}
   */
  readonly marks?: { readonly kind: "field" | "object"; readonly count: number };
  /** Makes a new grid, in a world without a player in which every field is empty. */
  generate(world: World): void;
  /** What is asked for. */
  mission(world: World): string;
  /** Takes one action. */
  play(world: World, action: number): Verdict;
}
