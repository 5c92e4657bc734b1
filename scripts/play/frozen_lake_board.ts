import type { FrozenLake } from "../../envs/mod.ts";
import type { Board } from "./board.ts";
import type { Paint, Style } from "./paint.ts";
import { tileText } from "./tile_text.ts";

const STYLES: Readonly<Record<string, Style>> = { H: "blue", G: "green" };

/** The map, as Gymnasium's render mode `ansi` writes it (`gymnasium/envs/toy_text/frozen_lake.py`). */
export function frozenLakeBoard({ desc }: FrozenLake, paint: Paint): Board {
  const columns = desc[0]!.length;
  return {
    letters: ["a", "s", "d", "w"],
    arrows: ["left", "down", "right", "up"],
    draw: (state) =>
      desc.map((row, r) =>
        Array.from(row, (letter, c) => tileText(paint, letter, STYLES[letter], r * columns + c === state))
          .join("")
      ),
  };
}
