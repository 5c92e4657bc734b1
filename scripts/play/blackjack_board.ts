import type { Blackjack } from "../../envs/mod.ts";
import type { Board } from "./board.ts";
import type { Paint } from "./paint.ts";

/** The visible cards, and the player's sum. */
export function blackjackBoard(env: Blackjack, paint: Paint): Board {
  const text = (hand: readonly number[]) => hand.map((card) => card === 1 ? "A" : `${card}`).join(" ");
  return {
    letters: ["s", "h"],
    arrows: [],
    draw(observation) {
      const [sum, , ace] = typeof observation === "number" ? [] : observation;
      const { player, dealer } = env.hands();
      const hidden = dealer.length === 1 ? ` ${paint("?", "dim")}` : "";
      const count = `${sum}${ace === 1 ? ", an ace as 11" : ""}`;
      return [`dealer  ${text(dealer)}${hidden}`, `player  ${text(player)}  (${count})`];
    },
  };
}
