/**
 * LavaCrossing and SimpleCrossing: rivers of lava, or walls, each with a gap on the way to the goal
 * (`minigrid/envs/crossing.py`).
 *
 * @module
 */

import { act, ACTIONS } from "./_act.ts";
import { EMPTY, LAVA } from "./_cells.ts";
import { makeRoom, startAgent } from "./_empty_task.ts";
import { AVOID_LAVA } from "./_lava_gap_task.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** A river: whether it runs from top to bottom, and its column or row. */
type River = readonly [isVertical: boolean, position: number];

/** A room with so many rivers of lava or of wall. */
export function crossingTask(size: number, crossings: number, obstacle: number): Task {
  return {
    width: size,
    height: size,
    maxSteps: 4 * size ** 2,
    actions: ACTIONS.length,
    generate: (world) => generate(world, crossings, obstacle),
    mission: () => obstacle === LAVA ? AVOID_LAVA : "find the opening and get to the green goal square",
    play: act,
  };
}

function generate(world: World, crossings: number, obstacle: number): void {
  const { width, height, generator } = world;
  makeRoom(world);
  startAgent(world, false);
  const rivers: River[] = [];
  for (let column = 2; column < height - 2; column += 2) rivers.push([true, column]);
  for (let row = 2; row < width - 2; row += 2) rivers.push([false, row]);
  generator.shuffle(rivers);
  const positions = (vertical: boolean) =>
    rivers.slice(0, crossings).flatMap(([isVertical, position]) => isVertical === vertical ? [position] : [])
      .sort((a, b) => a - b);
  const [columns, rows] = [positions(true), positions(false)];
  for (const y of rows) world.fill({ x: 1, y, width: width - 2, height: 1 }, obstacle);
  for (const x of columns) world.fill({ x, y: 1, width: 1, height: height - 2 }, obstacle);
  openPath(world, columns, rows);
}

/** Goes through the areas between the rivers in a random order to the goal, with a gap at each crossing. */
function openPath(world: World, columns: readonly number[], rows: readonly number[]): void {
  const { width, height, generator } = world;
  const path = [...columns.map(() => true), ...rows.map(() => false)];
  generator.shuffle(path);
  const [xs, ys] = [[0, ...columns, height - 1], [0, ...rows, width - 1]];
  let [column, row] = [0, 0];
  for (const crossesColumn of path) {
    if (crossesColumn) {
      world.set(xs[column + 1]!, generator.integers(ys[row]! + 1, ys[row + 1]!), EMPTY);
      column++;
    } else {
      world.set(generator.integers(xs[column]! + 1, xs[column + 1]!), ys[row + 1]!, EMPTY);
      row++;
    }
  }
}
