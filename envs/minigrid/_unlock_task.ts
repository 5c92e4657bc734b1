/**
 * Unlock, UnlockPickup and BlockedUnlockPickup: a locked door between two rooms (`minigrid/envs/unlock.py`,
 * `unlockpickup.py` and `blockedunlockpickup.py`).
 *
 * @module
 */

import { act, ACTIONS, PICK_UP, TOGGLE, type Verdict } from "./_act.ts";
import { BALL, BOX, cellOf, colourOf, COLOURS, isOpenDoor, KEY, kindOf } from "./_cells.ts";
import { RoomGrid } from "./_room_grid.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** Columns and rows of a room, walls included. */
const SIZE = 6;

const PARTS = { width: 2 * SIZE - 1, height: SIZE, actions: ACTIONS.length };

/** The door is to be opened. */
export function unlockTask(): Task {
  return {
    ...PARTS,
    maxSteps: 8 * SIZE ** 2,
    marks: { kind: "field", count: 1 },
    generate: (world) => {
      const rooms = new RoomGrid(world, SIZE, 2, 1);
      const { colour, index } = rooms.addDoor(0, 0, 0, true);
      rooms.addObject(0, 0, KEY, colour);
      rooms.placeAgent(0, 0);
      world.marks[0] = index;
    },
    mission: () => "open the door",
    play: (world, action) => {
      act(world, action);
      return action === TOGGLE && isOpenDoor(world.cells[world.marks[0]!]!) ? "won" : "continues";
    },
  };
}

/** A box behind the door is to be picked up; on request a ball lies before the door. */
export function unlockPickupTask(isBlocked: boolean): Task {
  return {
    ...PARTS,
    maxSteps: (isBlocked ? 16 : 8) * SIZE ** 2,
    marks: { kind: "object", count: 1 },
    generate: (world) => {
      const rooms = new RoomGrid(world, SIZE, 2, 1);
      world.marks[0] = rooms.addObject(1, 0, BOX);
      const { colour, index } = rooms.addDoor(0, 0, 0, true);
      if (isBlocked) world.cells[index - 1] = cellOf(BALL, rooms.drawColour());
      rooms.addObject(0, 0, KEY, colour);
      rooms.placeAgent(0, 0);
    },
    mission: pickUpMission,
    play: pickUpMarked,
  };
}

/** The text of a mission to pick up the remembered object. */
export function pickUpMission({ marks: [cell] }: World): string {
  return `pick up the ${COLOURS[colourOf(cell!)]} ${kindOf(cell!) === BOX ? "box" : "ball"}`;
}

/** Takes an action; picking up the remembered object wins. There is only one of its kind. */
export function pickUpMarked(world: World, action: number): Verdict {
  act(world, action);
  return action === PICK_UP && world.carrying === world.marks[0] ? "won" : "continues";
}
