/**
 * Random places in a grid (`minigrid/minigrid_env.py`, `place_obj` and `place_agent`).
 *
 * @module
 */

import { EMPTY } from "./_cells.ts";
import type { Area, World } from "./_world.ts";

/** Which fields {@linkcode findPlace} leaves out, and when it gives up. */
export interface PlaceOptions {
  /**
   * Whether a field is not wanted.
   *
   * @default {undefined}
   */
  readonly rejects?: (index: number) => boolean;
  /**
   * Number of draws.
   *
   * @default {Infinity}
   */
  readonly draws?: number;
}

/** Every field counts. */
const NO_OPTIONS: PlaceOptions = {};

/**
 * Draws fields of an area until one is empty and not the player's; column first.
 *
 * @returns The index of the field, or -1 if there was none in so many draws.
 */
export function findPlace(
  world: World,
  { x, y, width, height }: Area,
  { rejects, draws = Infinity }: PlaceOptions = NO_OPTIONS,
): number {
  const { generator } = world;
  const left = Math.max(x, 0);
  const top = Math.max(y, 0);
  const right = Math.min(left + width, world.width);
  const bottom = Math.min(top + height, world.height);
  for (let draw = 0; draw < draws; draw++) {
    const column = generator.integers(left, right);
    const index = world.at(column, generator.integers(top, bottom));
    if (world.cells[index] !== EMPTY || index === world.agent || rejects?.(index) === true) continue;
    return index;
  }
  return -1;
}

/** Puts an object into an empty field of an area; returns the field's index. */
export function placeObject(world: World, cell: number, area: Area, options?: PlaceOptions): number {
  const index = findPlace(world, area, options);
  if (index < 0) {
    throw new Error(
      `Cannot reset a grid: an area must have an empty field, got none in ${area.width} × ${area.height}`,
    );
  }
  world.cells[index] = cell;
  return index;
}

/** Puts the player into an empty field of an area, looking in a random direction. */
export function placeAgent(world: World, area: Area, options?: PlaceOptions): void {
  world.agent = 0;
  world.agent = placeObject(world, EMPTY, area, options);
  world.direction = world.generator.integers(0, 4);
}
