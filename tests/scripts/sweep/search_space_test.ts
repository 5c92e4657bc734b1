import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../scripts/cli/usage_error.ts";
import { AGENT_FAMILIES } from "../../../scripts/settings/agent_families.ts";
import { parseSpace, readSpace } from "../../../scripts/sweep/search_space.ts";

Deno.test("ranges and lists are read the same from flags and from JSON", () => {
  const flags = [
    "learning-rate=log:1e-5:1e-2",
    "gamma=lin:0.9:0.999:4",
    "batch-size=int:16:128",
    "hidden=64,64|128,128",
    "maxGradNorm=none|10",
    "double=true|false",
  ];
  const space = parseSpace(flags);
  assertEquals(space.map(({ name }) => name), [
    "learningRate",
    "gamma",
    "batchSize",
    "hidden",
    "maxGradNorm",
    "double",
  ]);
  assertEquals(space[1]!.domain, { kind: "lin", low: 0.9, high: 0.999, points: 4 });
  assertEquals(space[4]!.domain, { kind: "choice", values: ["none", "10"] });
  const json = {
    learningRate: { log: [1e-5, 1e-2] },
    gamma: { lin: [0.9, 0.999, 4] },
    "batch-size": { int: [16, 128] },
    hidden: [[64, 64], [128, 128]],
    maxGradNorm: [null, 10],
    double: [true, false],
  };
  assertEquals(readSpace(json), space);
});

Deno.test("the default spaces are some", () => {
  for (const { searchSpace } of [AGENT_FAMILIES.table, AGENT_FAMILIES.network]) {
    assertEquals(parseSpace(searchSpace).length, searchSpace.length);
  }
});

const BAD_FLAGS: [string[], string][] = [
  [["gamma"], "--search must be NAME=log:LOW:HIGH"],
  [["gamma="], "--search must be NAME=log:LOW:HIGH"],
  [["gama=0.9|1"], "unknown setting gama (did you mean gamma?)"],
  [["seed=1|2"], "seed must be the same for all runs"],
  [["env=CartPole-v0|CartPole-v1"], "env must be the same for all runs"],
  [["steps=int:1:5"], "steps must be the same for all runs"],
  [["learning-rate=log:0:1"], "learning-rate must be above 0 on a logarithmic scale, got 0"],
  [["learning-rate=log:1:0.1"], "learning-rate must have two numbers as ends, the lower one first"],
  [["learning-rate=log:a:b"], "learning-rate must have two numbers as ends"],
  [["learning-rate=log:1e-5"], "--search must be"],
  [["learning-rate=lin:0:1"], "learning-rate must be a number above 0, got 0"],
  [["gamma=lin:0.5:1.5"], "gamma must be a number in [0, 1], got 1.5"],
  [["batch-size=int:1:2:5"], "batch-size must have at most 2 points, the whole numbers of its range, got 5"],
  [["v-max=lin:-1e308:1e308"], "v-max must have two numbers as ends"],
  [["gamma=lin:0.5:0.9:1"], "gamma must have a whole number of points from 2, got 1"],
  [["batch-size=int:1.5:8"], "batch-size must have whole ends, got 1.5"],
  [["batch-size=log:0.5:8"], "batch-size must have whole ends, got 0.5"],
  [["hidden=int:1:8"], "hidden is not a number: give a list of values"],
  [["loss=lin:0:1"], "loss is not a number: give a list of values"],
  [["loss=mse|l1"], "loss must be one of mse, huber, got l1"],
  [["loss=mse|mse"], "loss must have each value once, got mse twice"],
  [["hidden=64,64|"], "hidden must be whole numbers from 1, separated by commas, or none, got "],
  [["gamma=0.9", "gamma=0.8"], "gamma must be searched once, got it twice"],
];

Deno.test("bad flags are refused", () => {
  for (const [flags, message] of BAD_FLAGS) assertThrows(() => parseSpace(flags), UsageError, message);
});

const BAD_JSON: [unknown, string][] = [
  [[], "the space must be a JSON object of settings"],
  [null, "the space must be a JSON object of settings"],
  [{}, "at least one setting must be searched, got none"],
  [{ gama: [1] }, "unknown setting gama (did you mean gamma?)"],
  [{ zeta: [1] }, "Cannot search: unknown setting zeta"],
  [{ gamma: 0.9 }, "gamma must be a list of values or"],
  [{ gamma: { log: [0.1] } }, "gamma must be a list of values or"],
  [{ gamma: { log: ["0.1", "0.2"] } }, "gamma must be a list of values or"],
  [{ gamma: { log: [0.1, 0.2], lin: [0.1, 0.2] } }, "gamma must be a list of values or"],
  [{ gamma: { exp: [0.1, 0.2] } }, "gamma must be a list of values or"],
  [{ gamma: [] }, "gamma must have at least one value"],
  [{ gamma: ["0.9"] }, 'gamma must be a number in [0, 1], got "0.9"'],
  [{ hidden: [[64, 0]] }, "hidden must be whole numbers from 1, separated by commas, or none, got [64,0]"],
];

Deno.test("bad files are refused", () => {
  for (const [json, message] of BAD_JSON) assertThrows(() => readSpace(json), UsageError, message);
});
