import { assertEquals, assertStringIncludes } from "@std/assert";
import { Blackjack, CartPole, CliffWalking, FrozenLake, Taxi } from "../../../envs/mod.ts";
import { MiniGridEnv } from "../../../envs/minigrid/mod.ts";
import { boardOf } from "../../../scripts/play/board_of.ts";
import { startGame } from "../../../scripts/play/game.ts";
import { inColor, plain } from "../../../scripts/play/paint.ts";

/** Text in which colours can be read. */
const marked = (lines: string[]) =>
  lines.join("\n").replaceAll("\x1b[0m", ">").replaceAll("\x1b[", "<").replaceAll(/(<[\d;]+)m/g, "$1:");

Deno.test("FrozenLake shows its map and the position", () => {
  const env = new FrozenLake({ desc: ["SF", "HG"] });
  assertEquals(boardOf(env, plain)!.draw(1), [" S [F]", " H  G "]);
  assertEquals(marked(boardOf(env, inColor)!.draw(0)), "<1;97;41: S > F \n<1;34: H ><32: G >");
});

Deno.test("MiniGrid shows the grid, the objects in their colours, and what is carried", () => {
  const env = new MiniGridEnv("MiniGrid-BlockedUnlockPickup-v0");
  const { observation } = env.reset({ seed: 0 });
  const board = boardOf(env, inColor)!;
  const lines = board.draw(observation);
  assertEquals(lines.length, 7);
  assertEquals(boardOf(env, plain)!.draw(observation).at(-1), `carrying nothing; mission: ${env.mission}`);
  const text = marked(lines);
  for (const part of [" # ", "<2: . >", "<1;97;41: ", " L", " k", " o", " x"]) {
    assertStringIncludes(text, part);
  }
  assertEquals(board.letters.length, board.arrows.length + 1);
  assertEquals(boardOf(new MiniGridEnv("MiniGrid-Dynamic-Obstacles-5x5-v0"), plain)!.letters, [
    "j",
    "l",
    "i",
  ]);
});

Deno.test("a space is the space bar's action, and so is its name", () => {
  const env = new MiniGridEnv("MiniGrid-Empty-5x5-v0");
  const game = startGame(env, boardOf(env, plain)!, { seed: 0, paint: plain });
  for (const key of [" ", "space", "t"]) {
    game.press(key);
    assertStringIncludes(game.draw().join("\n"), "toggle: reward 0, return 0");
  }
  assertEquals(env.stepCount, 3);
});

Deno.test("CliffWalking shows the cliff and the position", () => {
  const lines = boardOf(new CliffWalking(), plain)!.draw(36);
  assertEquals(lines.slice(2), [" o ".repeat(12), `[x]${" C ".repeat(10)} T `]);
  assertEquals(boardOf(new CliffWalking(), plain)!.draw(47).at(-1), ` o ${" C ".repeat(10)}[x]`);
});

Deno.test("Taxi shows the town, the taxi, the passenger and the destination", () => {
  const env = new Taxi();
  const { observation } = env.reset({ seed: 0 }); // row 3, column 0, passenger at blue, to yellow
  assertEquals(boardOf(env, plain)!.draw(observation), [
    "+---------+",
    "|R: | : :G|",
    "| : | : : |",
    "| : : : : |",
    "|T| : | : |",
    "|Y| : |B: |",
    "+---------+",
    "passenger at B, wants to go to Y",
  ]);
  const coloured = boardOf(env, inColor)!.draw(observation);
  assertEquals(marked(coloured.slice(4, 6)), "|<1;30;43: >| : | : |\n|<35:Y>| : |<1;34:B>: |");
  const aboard = boardOf(env, inColor)!.draw(((0 * 5 + 4) * 5 + 4) * 4 + 0); // at green, to red
  assertEquals(marked(aboard.slice(1, 2)), "|<35:R>: | : :<1;30;42:G>|");
  assertEquals(marked(aboard.slice(-1)), "passenger in the taxi, wants to go to <35:R>");
});

Deno.test("the town has the walls of the environment", () => {
  const env = new Taxi();
  const lines = boardOf(env, plain)!.draw(0);
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 4; column++) {
      const state = ((row * 5 + column) * 5 + 4) * 4;
      const isFree = env.transitions(state, 2)[0]![1] !== state;
      assertEquals(lines[row + 1]![2 * column + 2], isFree ? ":" : "|", `row ${row}, column ${column}`);
    }
  }
});

Deno.test("Blackjack shows the cards, the dealer's second one only in the end", () => {
  const env = new Blackjack();
  const board = boardOf(env, plain)!;
  assertEquals(board.draw(env.reset({ seed: 0 }).observation), ["dealer  10 ?", "player  7 4  (11)"]);
  assertEquals(board.draw(env.step(0).observation), ["dealer  10 9", "player  7 4  (11)"]);
  const withAce = Array.from({ length: 20 }, (_, seed) => seed).find((seed) =>
    env.reset({ seed }).observation[2] === 1
  );
  const { observation } = env.reset({ seed: withAce! });
  const [, line] = board.draw(observation);
  assertEquals(/A.*\(\d+, an ace as 11\)$/.test(line!), true, line);
});

Deno.test("keys and arrows name the actions that they stand for", () => {
  for (const env of [new FrozenLake(), new CliffWalking(), new Taxi(), new Blackjack()]) {
    const { letters, arrows } = boardOf(env, plain)!;
    const meanings = env.actionSpace.meanings!;
    assertEquals(letters.length, meanings.length);
    assertEquals(new Set(letters).size, letters.length);
    for (const key of letters) assertEquals("rq".includes(key), false);
    const compass: Record<string, string> = { south: "down", north: "up", east: "right", west: "left" };
    arrows.forEach((arrow, action) => assertEquals(compass[meanings[action]!] ?? meanings[action], arrow));
  }
});

Deno.test("environments that text cannot show have no board", () => {
  assertEquals(boardOf(new CartPole(), plain), undefined);
});
