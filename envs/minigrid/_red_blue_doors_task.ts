/**
 * RedBlueDoors: two doors to open in order (`minigrid/envs/redbluedoors.py`).
 *
 * @module
 */

import { act, ACTIONS, type Verdict } from "./_act.ts";
import { BLUE, cellOf, CLOSED, DOOR, isOpenDoor, RED } from "./_cells.ts";
import { placeAgent } from "./_place.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** A room with a red door on its left and a blue one on its right; opening the blue one first loses. */
export function redBlueDoorsTask(size: number): Task {
  return {
    width: 2 * size,
    height: size,
    maxSteps: 20 * size ** 2,
    actions: ACTIONS.length,
    marks: { kind: "field", count: 2 },
    generate: (world) => generate(world, size),
    mission: () => "open the red door then the blue door",
    play,
  };
}

function generate(world: World, size: number): void {
  const { generator } = world;
  const left = Math.floor(size / 2);
  const room = { x: left, y: 0, width: size, height: size };
  world.enclose(world.area);
  world.enclose(room);
  placeAgent(world, room);
  for (const [i, [x, colour]] of ([[left, RED], [left + size - 1, BLUE]] as const).entries()) {
    const index = world.at(x, generator.integers(1, size - 1));
    world.cells[index] = cellOf(DOOR, colour, CLOSED);
    world.marks[i] = index;
  }
}

function play(world: World, action: number): Verdict {
  const wasRedOpen = isOpen(world, 0);
  const wasBlueOpen = isOpen(world, 1);
  act(world, action);
  if (isOpen(world, 1)) return wasRedOpen ? "won" : "lost";
  return wasBlueOpen && isOpen(world, 0) ? "lost" : "continues";
}

/** Whether a remembered door is open. */
function isOpen({ cells, marks }: World, door: 0 | 1): boolean {
  return isOpenDoor(cells[marks[door]!]!);
}
