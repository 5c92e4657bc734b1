/**
 * What the player does (`minigrid/minigrid_env.py`, `step`).
 *
 * @module
 */

import {
  BOX,
  cellOf,
  CLOSED,
  colourOf,
  DOOR,
  EMPTY,
  GOAL_KIND,
  isPortable,
  isWalkable,
  KEY,
  kindOf,
  LAVA_KIND,
  LOCKED,
  OPEN,
  stateOf,
} from "./_cells.ts";
import type { World } from "./_world.ts";

/** Actions by their numbers. */
export const [LEFT, RIGHT, FORWARD, PICK_UP, DROP, TOGGLE] = [0, 1, 2, 3, 4, 5] as const;

/** What the actions are called; `done` does nothing. */
export const ACTIONS = [
  "turn left",
  "turn right",
  "move forward",
  "pick up",
  "drop",
  "toggle",
  "done",
] as const;

/** How a step ended: `won` gives the reward of success, `lost` none, `crashed` -1. */
export type Verdict = "continues" | "won" | "lost" | "crashed";

/** Takes one action. The goal is won, lava loses. */
export function act(world: World, action: number): Verdict {
  if (action === LEFT) world.direction = (world.direction + 3) % 4;
  else if (action === RIGHT) world.direction = (world.direction + 1) % 4;
  else if (action === FORWARD) return moveForward(world);
  else if (action === PICK_UP) pickUp(world);
  else if (action === DROP) drop(world);
  else if (action === TOGGLE) toggle(world);
  return "continues";
}

function moveForward(world: World): Verdict {
  const { front } = world;
  const cell = world.cells[front]!;
  if (!isWalkable(cell)) return "continues";
  world.agent = front;
  const kind = kindOf(cell);
  return kind === GOAL_KIND ? "won" : kind === LAVA_KIND ? "lost" : "continues";
}

function pickUp(world: World): void {
  const { front } = world;
  const cell = world.cells[front]!;
  if (world.carrying !== 0 || !isPortable(cell)) return;
  world.carrying = cell;
  world.cells[front] = EMPTY;
}

function drop(world: World): void {
  const { front } = world;
  if (world.carrying === 0 || world.cells[front] !== EMPTY) return;
  world.cells[front] = world.carrying;
  world.carrying = 0;
}

/** Opens or closes a door, a locked one only with the key of its colour; destroys a box, which are all empty. */
function toggle(world: World): void {
  const { front } = world;
  const cell = world.cells[front]!;
  const kind = kindOf(cell);
  if (kind === BOX) world.cells[front] = EMPTY;
  if (kind !== DOOR) return;
  const [colour, state] = [colourOf(cell), stateOf(cell)];
  if (state === LOCKED && world.carrying !== cellOf(KEY, colour)) return;
  world.cells[front] = cellOf(DOOR, colour, state === OPEN ? CLOSED : OPEN);
}
