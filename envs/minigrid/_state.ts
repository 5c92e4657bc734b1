/**
 * A world as numbers, for snapshots.
 *
 * @module
 */

import type { StateRange } from "../env_core.ts";
import { refusal } from "../values/describe.ts";
import { isCell } from "./_cells.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** Column, row and direction of the player, the object carried, the steps of the episode, and whether it is over. */
const FIXED: readonly StateRange[] = [
  [0, 0, "whole"],
  [0, 0, "whole"],
  [0, 3, "whole"],
  [0, 0xffff, "whole"],
  [0, Number.MAX_SAFE_INTEGER, "whole"],
  [0, 1, "whole"],
];
const [CARRYING, STEPS, OVER] = [3, 4, 5] as const;

/** The ranges of the numbers: the fixed ones, what the task remembers, and the fields row by row. */
export function rangesOf({ width, height, marks }: Task): StateRange[] {
  const fields = width * height;
  const mark: StateRange = [0, marks?.kind === "field" ? fields - 1 : 0xffff, "whole"];
  return [
    [0, width - 1, "whole"],
    [0, height - 1, "whole"],
    ...FIXED.slice(2),
    ...new Array<StateRange>(marks?.count ?? 0).fill(mark),
    ...new Array<StateRange>(fields).fill([0, 0xffff, "whole"]),
  ];
}

/** The numbers of a world. */
export function stateOf(world: World, task: Task, steps: number, isOver: boolean): Float64Array {
  const { width, height, agent, direction, carrying } = world;
  const column = (index: number) => world.columnOf(index);
  const marks = Array.from(
    world.marks,
    (mark) => task.marks?.kind === "field" ? world.rowOf(mark) * width + column(mark) : mark,
  );
  const cells = Array.from(
    { length: width * height },
    (_, i) => world.cells[world.at(i % width, Math.floor(i / width))]!,
  );
  return Float64Array.of(
    ...[column(agent), world.rowOf(agent), direction, carrying, steps, isOver ? 1 : 0],
    ...marks,
    ...cells,
  );
}

/** Whether an episode is over in a state; throws a RangeError if there is anything in it that cannot be. */
export function isOverIn(action: string, state: Float64Array, { marks, width, height }: Task): boolean {
  const cells = state.subarray(state.length - width * height);
  const objects = marks?.kind === "object" ? state.subarray(FIXED.length, FIXED.length + marks.count) : [];
  for (const cell of [...cells, ...objects]) requireCell(action, cell);
  if (state[CARRYING] !== 0) requireCell(action, state[CARRYING]!);
  return state[OVER] === 1;
}

/** Applies the numbers to a world; returns the steps of the episode. */
export function loadState(world: World, state: Float64Array, { marks, width }: Task): number {
  const field = (i: number) => world.at(i % width, Math.floor(i / width));
  world.agent = world.at(state[0]!, state[1]!);
  world.direction = state[2]!;
  world.carrying = state[CARRYING]!;
  const count = marks?.count ?? 0;
  for (let i = 0; i < count; i++) {
    const mark = state[FIXED.length + i]!;
    world.marks[i] = marks?.kind === "field" ? field(mark) : mark;
  }
  state.subarray(FIXED.length + count).forEach((cell, i) => world.cells[field(i)] = cell);
  return state[STEPS]!;
}

function requireCell(action: string, cell: number): void {
  if (!isCell(cell)) {
    throw refusal(RangeError, action, "state must be of objects that can lie in a field", cell);
  }
}
