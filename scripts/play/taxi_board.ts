import type { Board } from "./board.ts";
import { highlight, type Paint, type Style } from "./paint.ts";

/** The town of `gymnasium/envs/toy_text/taxi.py`: between two tiles, `:` is open and `|` a wall. */
const MAP = [
  "+---------+",
  "|R: | : :G|",
  "| : | : : |",
  "| : : : : |",
  "| | : | : |",
  "|Y| : |B: |",
  "+---------+",
];
/** The stands, by number; the next number stands for a passenger in the taxi. */
const STANDS = ["R", "G", "Y", "B"];

/** The town, as Gymnasium's render mode `ansi` writes it, and the passenger's place and destination in words. */
export function taxiBoard(paint: Paint): Board {
  return {
    letters: ["s", "n", "e", "w", "p", "d"],
    arrows: ["down", "up", "right", "left"],
    draw(observation) {
      const state = Number(observation);
      const destination = STANDS[state % 4]!;
      const passenger = STANDS[Math.floor(state / 4) % 5];
      const column = Math.floor(state / 20) % 5;
      const row = Math.floor(state / 100);
      const styles: Record<string, Style> = { [destination]: "magenta" };
      if (passenger !== undefined && passenger !== destination) styles[passenger] = "blue";
      const map = MAP.map((line, r) =>
        Array.from(line, (letter, c) => {
          if (r === row + 1 && c === 2 * column + 1) {
            return highlight(paint, letter, passenger === undefined ? "on green" : "on yellow", "T");
          }
          const style = styles[letter];
          return style === undefined ? letter : paint(letter, style);
        }).join("")
      );
      const where = passenger === undefined
        ? "in the taxi"
        : passenger === destination
        ? `at ${passenger}`
        : `at ${paint(passenger, "blue")}`;
      return [...map, `passenger ${where}, wants to go to ${paint(destination, "magenta")}`];
    },
  };
}
