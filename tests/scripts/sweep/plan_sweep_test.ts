import { assertEquals, assertRejects } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { UsageError } from "../../../scripts/cli/usage_error.ts";
import { PLAN_FLAGS, planSweep } from "../../../scripts/sweep/plan_sweep.ts";

const plan = (args: readonly string[], config?: unknown) =>
  planSweep(readCommandLine(args, [...PLAN_FLAGS, ...SETTING_FLAGS]), { config, space: undefined });
const names = async (...from: Parameters<typeof plan>) => (await plan(...from)).space.map(({ name }) => name);

Deno.test("the default search space is the agent's, without the given settings", async () => {
  const network = [
    "learningRate",
    "hidden",
    "gamma",
    "batchSize",
    "bufferSize",
    "targetUpdateInterval",
    "epsilonEnd",
  ];
  const table = ["learningRate", "learningRateEnd", "gamma", "epsilonEnd"];
  assertEquals(await names([]), network);
  assertEquals(
    await names(["--env", "MountainCar-v0", "--gamma", "1"]),
    network.filter((x) => x !== "gamma"),
  );
  assertEquals(await names(["--env", "FrozenLake-v1", "--agent", "dqn"]), network);
  assertEquals(await names(["--env", "FrozenLake-v1"]), table);
  assertEquals(await names(["--env", "Blackjack-v1", "--epsilon-end", "0.1"]), table.slice(0, 3));
  assertEquals(await names(["--agent", "q-learning"]), table);
  assertEquals(await names([], { env: "Taxi-v4" }), table);
  assertEquals(await names(["--agent", "q-network"]), ["learningRate", "hidden", "gamma", "epsilonEnd"]);
  const episodes = ["--env", "CliffWalking-v1", "--steps", "none", "--episodes", "90"];
  assertEquals(await names(episodes), ["learningRate", "gamma", "epsilonEnd"]);
});

Deno.test("settings that the agent does not use cannot be searched", async () => {
  await assertRejects(
    () => plan(["--env", "FrozenLake-v1", "--search", "hidden=8|16"]),
    UsageError,
    "--hidden needs an --agent that uses it, such as dqn, got q-learning",
  );
});

Deno.test("more trials, seeds or runs than can be listed are refused", async () => {
  const refused: [string[], string][] = [
    [["--trials", "5000000000"], "--trials must be a whole number from 1 to 100000, got 5000000000"],
    [["--seeds", "5000000000"], "--seeds must be a whole number from 1 to 10000, got 5000000000"],
    [["--trials", "1001", "--seeds", "1000"], "trials times seeds must be at most 1000000, got 1001000"],
  ];
  for (const [args, message] of refused) await assertRejects(() => plan(args), UsageError, message);
});

Deno.test("a setting is searched, and a flag given, if one of the trials uses it", async () => {
  const grid = ["--sampling", "grid", "--search", "priority-alpha=0.4|0.6"];
  assertEquals((await plan([...grid, "--search", "prioritized=true|false"])).trials.length, 4);
  assertEquals((await plan([...grid, "--search", "agent=dqn|prioritized-dqn|q-learning"])).trials.length, 6);
  const bad: [string[], string][] = [
    [grid, "--priority-alpha needs --prioritized, got none"],
    [["--search", "distribution=none|qr", "--v-min", "0"], "--v-min needs --distribution c51, got "],
    [
      ["--search", "agent=q-learning|random", "--hidden", "8"],
      "--hidden needs an --agent that uses it, such as dqn",
    ],
    [["--agent", "random"], "at least one setting must be searched, got none"],
  ];
  for (const [args, message] of bad) await assertRejects(() => plan(args), UsageError, message);
});

Deno.test("a search that learns needs more trials than it draws at random, and rounds are its own", async () => {
  const refused: [string[], string][] = [
    [["--round-size", "5"], "--round-size needs --sampling tpe, got random"],
    [["--sampling", "grid", "--search", "double=true|false", "--round-size", "5"], "got grid"],
    [["--sampling", "tpe", "--round-size", "0"], "--round-size must be a whole number from 1, got 0"],
    [["--sampling", "tpe", "--round-size", "x"], "--round-size must be a whole number from 1, got x"],
    [["--sampling", "tpe", "--round-size", "10001"], "--round-size must be a whole number from 1 to 10000"],
    [
      ["--sampling", "tpe", "--trials", "10001"],
      "--trials must be a whole number from 1 to 10000, got 10001",
    ],
    [
      ["--sampling", "tpe", "--trials", "10"],
      "--trials must be above 10 with --sampling tpe, whose first 10 are",
    ],
    [["--sampling", "tpe", "--round-size", "4", "--trials", "12"], "--trials must be above 12"],
  ];
  for (const [args, message] of refused) await assertRejects(() => plan(args), UsageError, message);
  const { sampling, count, roundSize, trials } = await plan(["--sampling", "tpe"]);
  assertEquals([sampling, count, roundSize, trials.length], ["tpe", 20, 10, 10]);
  assertEquals((await plan(["--sampling", "tpe", "--round-size", "4", "--trials", "13"])).trials.length, 4);
});

Deno.test("one way of pruning at a time", async () => {
  const refused: [string[], string][] = [
    [["--pruning", "mean"], "--pruning must be one of halving, median, got mean"],
    [["--pruning", "median", "--halving", "3"], "--halving must be absent with --pruning median, got both"],
    [["--pruning", "median", "--halving", "none"], "--halving must be absent with --pruning median"],
    [["--pruning", "median", "--rungs", "0"], "--rungs must be a whole number from 1, got 0"],
  ];
  for (const [args, message] of refused) await assertRejects(() => plan(args), UsageError, message);
});
