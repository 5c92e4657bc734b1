import { assertEquals, assertStringIncludes } from "@std/assert";
import { runScript } from "./_process.ts";

const play = (args: readonly string[], input: string) =>
  runScript("play.ts", args, { cwd: ".", permissions: [], input });

Deno.test("without a terminal, the lake is crossed by one key per line, with no permission", async () => {
  const args = ["FrozenLake-v1", "--env-options", '{"isSlippery":false}'];
  const keys = ["s", "down", "D", "s", "d", "x", "d", "a", "r", "d", "s", "q", "never read"];
  const { code, stdout, stderr } = await play(args, keys.join("\n"));
  assertEquals([code, stderr], [0, ""]);
  const frames = stdout.split("FrozenLake-v1, ").slice(1);
  assertEquals(frames.length, 1 + keys.length - 2);
  assertStringIncludes(frames[0]!, "episode 1, step 0\n\n[S] F  F  F \n F  H  F  H \n");
  assertStringIncludes(frames[1]!, "[F] H  F  H ");
  assertStringIncludes(frames[1]!, "down: reward 0, return 0");
  assertStringIncludes(frames[6]!, "episode 1, step 5");
  assertStringIncludes(frames[6]!, '"x" is not one of the keys below');
  assertStringIncludes(frames[7]!, " H  F  F [G]");
  assertStringIncludes(frames[7]!, "terminated after 6 steps with return 1: r starts another");
  assertStringIncludes(frames[8]!, "the episode is over: r starts another");
  assertStringIncludes(frames[9]!, "episode 2, step 0");
  assertStringIncludes(frames[11]!, "terminated after 2 steps with return 0");
  assertStringIncludes(stdout, "\n\n2 episodes, mean return 0.5\n");
});

Deno.test("a door is opened with its key, by arrows, letters and the space bar", async () => {
  const keys = ["right", "p", "up", "up", "right", "space", "up", "i", "l", "up", "i", "q"];
  const { code, stdout } = await play(["MiniGrid-DoorKey-5x5-v0"], keys.join("\n"));
  assertEquals(code, 0);
  assertStringIncludes(stdout, "\n #  #  #  #  # \n #  .  Ly .  # \n #  ky #  .  # \n # [<] #  G  # \n");
  assertStringIncludes(
    stdout,
    "carrying yellow key; mission: use the key to open the door and then get to the goal",
  );
  assertStringIncludes(stdout, "toggle: reward 0, return 0");
  assertStringIncludes(stdout, " # [>] _y .  # ");
  assertStringIncludes(stdout, "terminated after 11 steps with return 0.96: r starts another");
});

Deno.test("a seed decides how a game goes", async () => {
  const keys = "h\n".repeat(3);
  const [first, same, other] = await Promise.all(
    ["3", "3", "4"].map((seed) => play(["Blackjack-v1", "--seed", seed], keys)),
  );
  assertEquals(first, same);
  assertEquals(first!.stdout === other!.stdout, false);
});

Deno.test("bad input gives exit code 2 and one clear line", async () => {
  const bad: [string[], string][] = [
    [[], "Cannot play: one environment must be given, got 0; choose one of FrozenLake-v1, "],
    [["Taxi-v4", "Taxi-v4"], "one environment must be given, got 2"],
    [["Taxi"], "got Taxi (did you mean Taxi-v4?)"],
    [["MiniGrid-DoorKey-5x5-v1"], "got MiniGrid-DoorKey-5x5-v1 (did you mean MiniGrid-DoorKey-5x5-v0?)"],
    [["CartPole-v1"], "Cannot play CartPole-v1 in a terminal: the environment must have a board, as Frozen"],
    [["LunarLander-v3"], "Cannot play LunarLander-v3 in a terminal: the environment must have a board"],
    [["Hopper-v5"], "Cannot play Hopper-v5 in a terminal: the environment must have a board"],
    [["Hoper-v5"], "Cannot play: the environment must be one of FrozenLake-v1, "],
    [["Taxi-v4", "--seed", "-1"], "--seed must be a whole number from 0, got -1"],
    [["Taxi-v4", "--env-options", "{"], "--env-options must be a JSON object with finite numbers, got {"],
    [["Taxi-v4", "--env-options", '{"isRain":true}'], 'got "isRain" (did you mean isRainy?)'],
    [["Taxi-v4", "--sed", "1"], "unknown flag --sed (did you mean --seed?)"],
  ];
  for (const [args, message] of bad) {
    const { code, stdout, stderr } = await play(args, "");
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assertStringIncludes(stderr, message);
    assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
  }
});

Deno.test("--help names every flag, environment and key", async () => {
  const { code, stdout } = await play(["--help"], "");
  assertEquals(code, 0);
  for (const word of ["deno task play ENV", "--seed", "--env-options"]) assertStringIncludes(stdout, word);
  assertStringIncludes(stdout, "\n  Blackjack-v1             s stick  h hit");
  assertStringIncludes(
    stdout,
    "\n  MiniGrid-…               j ← turn left  l → turn right  i ↑ move forward  p pick up  d drop\n" +
      "                           t space toggle  x done",
  );
  for (const line of stdout.split("\n")) assertEquals(line.length <= 100, true, line);
});
