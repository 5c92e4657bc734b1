import type { Board } from "./board.ts";
import type { Paint, Style } from "./paint.ts";
import { tileText } from "./tile_text.ts";

/** The letters of `gymnasium/envs/toy_text/cliffwalking.py`: C is the cliff, T the target. */
const MAP = ["oooooooooooo", "oooooooooooo", "oooooooooooo", "oCCCCCCCCCCT"];
const STYLES: Readonly<Record<string, Style>> = { o: "dim", C: "red", T: "green" };

/** The map, as Gymnasium's render mode `ansi` writes it: x is the walker. */
export function cliffWalkingBoard(paint: Paint): Board {
  return {
    letters: ["w", "d", "s", "a"],
    arrows: ["up", "right", "down", "left"],
    draw: (state) =>
      MAP.map((row, r) =>
        Array.from(row, (letter, c) => {
          const isHere = r * row.length + c === state;
          return tileText(paint, isHere ? "x" : letter, STYLES[letter], isHere);
        }).join("")
      ),
  };
}
