/**
 * The picture of a grid.
 *
 * @module
 */

import { gridLines } from "../scenes/grid_scene.ts";
import type { Scene, Shape } from "../scenes/scene.ts";
import { EMPTY, WALL } from "./_cells.ts";
import { agentShape, objectName, objectShapes } from "./_object_shapes.ts";
import { VIEW_SIZE, type World } from "./_world.ts";

const LOOKS = ["right", "down", "left", "up"] as const;

/** Floor and wall, where the player does not see them and where it does. */
const FLOORS = ["#1f2937", "#4b5563"] as const;
const WALLS = ["#8b93a1", "#b6bcc6"] as const;

/** Draws the grid; `seen` has the bits of the columns of each row of the player's view, and is undefined without a player. */
export function drawGrid(world: World, seen: Uint8Array | undefined, mission: string): Scene {
  const { width, height, agent, direction, carrying } = world;
  const [column, row] = [world.columnOf(agent), world.rowOf(agent)];
  const [x, y] = [column + 0.5, height - row - 0.5];
  const load = carrying === 0 ? [] : objectShapes(carrying, x + 0.28, y + 0.28, 0.4);
  const carried = carrying === 0 ? "" : `, carrying a ${objectName(carrying)}`;
  return {
    x: 0,
    y: 0,
    width,
    height,
    background: FLOORS[0],
    description: seen === undefined
      ? `A grid of ${width} × ${height} fields`
      : `A player in column ${column}, row ${row} of a grid of ${width} × ${height} fields, looking ${
        LOOKS[direction]
      }${carried}; mission: ${mission}`,
    shapes: [
      ...ground(world, seen === undefined ? new Set() : seenFields(world, seen)),
      ...gridLines(height, width, "#111827"),
      ...objects(world),
      ...(seen === undefined ? [] : [agentShape(x, y, direction), ...load]),
    ],
  };
}

/** The indices of the fields that the player sees. */
function seenFields(world: World, seen: Uint8Array): Set<number> {
  const ahead = world.ahead(world.direction);
  const aside = world.ahead((world.direction + 1) % 4);
  const fields = new Set<number>();
  seen.forEach((bits, row) => {
    for (let column = 0; column < VIEW_SIZE; column++) {
      if ((bits >> column & 1) === 0) continue;
      fields.add(world.agent + (VIEW_SIZE - 1 - row) * ahead + (column - (VIEW_SIZE >> 1)) * aside);
    }
  });
  return fields;
}

/** Walls and seen floor, one rectangle for neighbours of a row that look the same. */
function ground(world: World, seen: ReadonlySet<number>): Shape[] {
  const shapes: Shape[] = [];
  for (let row = 0; row < world.height; row++) {
    let from = 0;
    for (let column = 0; column < world.width; column++) {
      const fill = paintOf(world, world.at(column, row), seen);
      const next = column + 1 < world.width ? paintOf(world, world.at(column + 1, row), seen) : undefined;
      if (next === fill) continue;
      const width = column + 1 - from;
      if (fill !== FLOORS[0]) {
        shapes.push({
          kind: "rectangle",
          x: from + width / 2,
          y: world.height - row - 0.5,
          width,
          height: 1,
          fill,
        });
      }
      from = column + 1;
    }
  }
  return shapes;
}

function paintOf(world: World, index: number, seen: ReadonlySet<number>): string {
  return (world.cells[index] === WALL ? WALLS : FLOORS)[seen.has(index) ? 1 : 0];
}

function objects(world: World): Shape[] {
  const shapes: Shape[] = [];
  for (let row = 0; row < world.height; row++) {
    for (let column = 0; column < world.width; column++) {
      const cell = world.cells[world.at(column, row)]!;
      if (cell === EMPTY || cell === WALL) continue;
      shapes.push(...objectShapes(cell, column + 0.5, world.height - row - 0.5));
    }
  }
  return shapes;
}
