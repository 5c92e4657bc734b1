import type { MiniGridEnv } from "../../envs/minigrid/minigrid_env.ts";
import type { Board } from "./board.ts";
import { highlight, type Paint, type Style } from "./paint.ts";

/** A sign for each kind of object, by its number; doors have one for each state. */
const SIGNS: Readonly<Record<number, string>> = { 1: ".", 2: "#", 5: "k", 6: "o", 7: "x", 8: "G", 9: "~" };
const DOOR = 4;
const DOORS = ["_", "D", "L"];
/** The player, by the direction it looks in. */
const PLAYERS = [">", "v", "<", "^"];

/** The colours, by number: their first letters tell them apart without paint. */
const COLOURS = ["red", "green", "blue", "purple", "yellow", "grey"];
const STYLES: readonly Style[] = ["red", "green", "blue", "magenta", "yellow", "dim"];

/** Kinds whose colour is always the same. */
const PLAIN = [1, 2, 8, 9];

const NAMES: Readonly<Record<number, string>> = { 5: "key", 6: "ball", 7: "box" };

/** The whole grid, what is carried, and the mission. Doors are D if closed, L if locked, _ if open. */
export function minigridBoard(env: MiniGridEnv, paint: Paint): Board {
  return {
    letters: ["j", "l", "i", "p", "d", "t", "x"].slice(0, env.actionSpace.n),
    arrows: ["left", "right", "up", undefined, undefined, "space"],
    draw() {
      const { width, height, agentPos: [column, row], carrying } = env;
      const cells = env.encodeGrid();
      const lines = Array.from({ length: height }, (_, y) =>
        Array.from({ length: width }, (_, x) => {
          const at = 3 * (x * height + y);
          if (x === column && y === row) return player(paint, env.agentDir);
          return fieldText(paint, cells[at]!, cells[at + 1]!, cells[at + 2]!);
        }).join(""));
      const load = carrying === undefined
        ? "nothing"
        : paint(`${COLOURS[carrying[1]]} ${NAMES[carrying[0]]}`, STYLES[carrying[1]]!);
      return [...lines, `carrying ${load}; mission: ${env.mission}`];
    },
  };
}

function player(paint: Paint, direction: number): string {
  const sign = PLAYERS[direction]!;
  return highlight(paint, ` ${sign} `, "on red", `[${sign}]`);
}

/** A field, three columns wide: its sign, and the first letter of its colour where there are several. */
function fieldText(paint: Paint, kind: number, colour: number, state: number): string {
  const sign = kind === DOOR ? DOORS[state] : SIGNS[kind];
  const letter = PLAIN.includes(kind) ? " " : COLOURS[colour]![0];
  const text = ` ${sign}${letter}`;
  return kind === 1 ? paint(text, "dim") : kind === 2 ? text : paint(text, STYLES[colour]!);
}
