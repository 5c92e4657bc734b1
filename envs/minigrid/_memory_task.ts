/**
 * Memory: an object seen at the start shows which way to turn at the end of a hallway (`minigrid/envs/memory.py`).
 *
 * @module
 */

import { act, ACTIONS, PICK_UP, TOGGLE, type Verdict } from "./_act.ts";
import { BALL, cellOf, GREEN, KEY, WALL } from "./_cells.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** A start room, a hallway, of random length on request, and two objects at its end. */
export function memoryTask(size: number, hasRandomLength = false): Task {
  return {
    width: size,
    height: size,
    maxSteps: 5 * size ** 2,
    actions: ACTIONS.length,
    marks: { kind: "field", count: 2 },
    generate: (world) => generate(world, hasRandomLength),
    mission: () => "go to the matching object at the end of the hallway",
    play,
  };
}

function generate(world: World, hasRandomLength: boolean): void {
  const { width, height, generator } = world;
  const middle = Math.floor(height / 2);
  const end = hasRandomLength ? generator.integers(4, width - 2) : width - 3;
  world.enclose(world.area);
  for (const side of [-1, 1]) {
    world.fill({ x: 1, y: middle + 2 * side, width: 4, height: 1 }, WALL);
    world.fill({ x: 4, y: middle + side, width: Math.max(end - 4, 1), height: 1 }, WALL);
  }
  for (let y = 0; y < height; y++) {
    if (y !== middle) world.set(end, y, WALL);
    world.set(end + 2, y, WALL);
  }
  world.agent = world.at(generator.integers(1, end + 1), middle);
  world.direction = 0;
  placeObjects(world, end + 1, middle);
}

/** The object to remember, and the two to choose from; remembers the fields beside the right and the wrong one. */
function placeObjects(world: World, column: number, middle: number): void {
  const { generator, marks } = world;
  const kinds = [KEY, BALL] as const;
  const shown = generator.choice(kinds);
  world.set(1, middle - 1, cellOf(shown, GREEN));
  const [upper, lower] = generator.choice([[BALL, KEY], [KEY, BALL]] as const);
  world.set(column, middle - 2, cellOf(upper, GREEN));
  world.set(column, middle + 2, cellOf(lower, GREEN));
  const right = shown === upper ? -1 : 1;
  marks[0] = world.at(column, middle + right);
  marks[1] = world.at(column, middle - right);
}

/** Nothing can be picked up. */
function play(world: World, action: number): Verdict {
  act(world, action === PICK_UP ? TOGGLE : action);
  const { agent, marks } = world;
  return agent === marks[0] ? "won" : agent === marks[1] ? "lost" : "continues";
}
