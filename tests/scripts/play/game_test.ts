import { assertEquals } from "@std/assert";
import { FrozenLake, Taxi, TimeLimit } from "../../../envs/mod.ts";
import { boardOf } from "../../../scripts/play/board_of.ts";
import { startGame } from "../../../scripts/play/game.ts";
import { plain } from "../../../scripts/play/paint.ts";

const options = { seed: 0, paint: plain };

Deno.test("the mask shows which actions change something, and a key shows its reward", () => {
  const env = new Taxi();
  const game = startGame(env, boardOf(env, plain)!, options);
  assertEquals(game.draw().slice(-4, -2), ["reward 0, return 0", "action mask 110000: south, north"]);
  game.press("up");
  game.press("p");
  assertEquals(game.draw().slice(-4), [
    "pick up: reward -10, return -11",
    "action mask 111000: south, north, east",
    "",
    "s ↓ south  n ↑ north  e → east  w ← west  p pick up  d drop off  r reset  q quit",
  ]);
});

Deno.test("a time limit truncates, a reset starts again, and only episodes that ended count", () => {
  const lake = new FrozenLake({ isSlippery: false, rewardSchedule: [1, 0, -0.1] });
  const game = startGame(new TimeLimit(lake, 2), boardOf(lake, plain)!, options);
  assertEquals(game.summary(), "no episode ended");
  game.press("left");
  game.press("r");
  assertEquals(game.draw()[0], "FrozenLake-v1, episode 2, step 0");
  game.press("left");
  game.press("left");
  assertEquals(game.draw().at(-2), "truncated after 2 steps with return -0.2: r starts another");
  game.press("left");
  assertEquals(game.draw()[0], "FrozenLake-v1, episode 2, step 2");
  assertEquals(game.summary(), "1 episode, mean return -0.2");
});
