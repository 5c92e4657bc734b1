import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { FrozenLake, type FrozenLakeOptions, makeEnv } from "../../../envs/mod.ts";
import { assertRecording } from "../_assert_recording.ts";
import { optimalPolicy, optimalReturn, optimalValues } from "./_value_iteration.ts";

Deno.test("FrozenLake-v1 repeats everything recorded of Gymnasium", () => {
  assertRecording("FrozenLake-v1", () => makeEnv("FrozenLake-v1"));
  assertRecording("FrozenLake-v1.8x8", () => makeEnv("FrozenLake-v1", { mapName: "8x8" }));
  assertRecording("FrozenLake-v1.deterministic", () => makeEnv("FrozenLake-v1", { isSlippery: false }));
});

Deno.test("FrozenLake8x8-v1 repeats everything recorded of Gymnasium", () => {
  assertRecording("FrozenLake8x8-v1", () => makeEnv("FrozenLake8x8-v1"));
});

Deno.test("FrozenLake.transitions() lists the side steps around the step", () => {
  const fail = (1 - 1 / 3) / 2;
  const env = new FrozenLake();
  // Left in the corner: up, left and down.
  assertEquals(env.transitions(0, 0), [[fail, 0, 0, false], [1 / 3, 0, 0, false], [fail, 4, 0, false]]);
  // Up at the tile left of the goal: right, up and left.
  assertEquals(env.transitions(14, 3), [[fail, 15, 1, true], [1 / 3, 10, 0, false], [fail, 13, 0, false]]);
  for (const end of [5, 7, 11, 12, 15]) assertEquals(env.transitions(end, 1), [[1, end, 0, true]]);
  const firm = new FrozenLake({ isSlippery: false });
  assertEquals([0, 1, 2, 3].map((action) => firm.transitions(6, action)[0]?.[1]), [5, 10, 7, 2]);
});

Deno.test("FrozenLake's probabilities sum to 1 everywhere", () => {
  for (const options of [{}, { mapName: "8x8" }, { isSlippery: false }, { successRate: 0.7 }] as const) {
    const env = new FrozenLake(options);
    for (let state = 0; state < env.observationSpace.n; state++) {
      for (let action = 0; action < 4; action++) {
        const sum = env.transitions(state, action).reduce((total, [probability]) => total + probability, 0);
        assertAlmostEquals(sum, 1, 1e-15);
      }
    }
    assertAlmostEquals(env.initialDistribution.reduce((total, probability) => total + probability), 1);
  }
});

Deno.test("FrozenLake's best policy succeeds in 74 % of 100 steps, and in 82 % without a limit", () => {
  const env = new FrozenLake();
  assertAlmostEquals(optimalReturn(env, { horizon: 100 }), 0.74, 0.005);
  // 14/17: known in closed form.
  assertAlmostEquals(optimalReturn(env), 14 / 17, 1e-9);
  assertAlmostEquals(optimalReturn(new FrozenLake({ mapName: "8x8" }), { horizon: 200 }), 0.91, 0.005);
  // Six steps, the last of which is paid.
  assertAlmostEquals(
    optimalReturn(new FrozenLake({ isSlippery: false }), { discount: 0.9 }),
    0.9 ** 5,
    1e-12,
  );
});

Deno.test("FrozenLake's best policy gets the return that the table predicts", () => {
  const table = new FrozenLake();
  const policy = optimalPolicy(table);
  const env = makeEnv("FrozenLake-v1", { maxEpisodeSteps: Infinity });
  let { observation } = env.reset({ seed: 0 });
  let [episodes, total] = [0, 0];
  while (episodes < 4_000) {
    const result = env.step(policy[observation]!);
    total += result.reward;
    observation = result.observation;
    if (result.terminated) {
      episodes++;
      observation = env.reset().observation;
    }
  }
  // Three standard errors of a share of 14/17.
  assertAlmostEquals(total / episodes, optimalValues(table)[0]!, 0.018);
});

Deno.test("FrozenLake accepts your own maps, rates and rewards", () => {
  const env = new FrozenLake({ desc: ["SFG", "SHF"], isSlippery: false, rewardSchedule: [10, -5, -1] });
  assertEquals([env.observationSpace.n, env.desc], [6, ["SFG", "SHF"]]);
  assertEquals([...env.initialDistribution], [0.5, 0, 0, 0.5, 0, 0]);
  const starts = Array.from({ length: 40 }, (_, seed) => env.reset({ seed }).observation);
  assertEquals([...new Set(starts)].toSorted(), [0, 3]);
  assertEquals(env.transitions(0, 2), [[1, 1, -1, false]]);
  assertEquals(env.transitions(1, 1), [[1, 4, -5, true]]);
  assertEquals(env.transitions(1, 2), [[1, 2, 10, true]]);
  const sure = new FrozenLake({ successRate: 1 });
  assertEquals(sure.transitions(0, 2).map(([probability]) => probability), [0, 1, 0]);
  // A map of one's own goes before a name.
  assertEquals(makeEnv("FrozenLake8x8-v1", { desc: ["SG"] }).observationSpace.contains(2), false);
});

Deno.test("FrozenLake copies its map", () => {
  const desc = ["SF", "FG"];
  const env = new FrozenLake({ desc });
  desc[0] = "XX";
  assertEquals(env.desc, ["SF", "FG"]);
});

Deno.test("FrozenLake refuses invalid maps and options", () => {
  const make = (options: unknown) => () => Reflect.construct(FrozenLake, [options]);
  const start = "Cannot make FrozenLake-v1: ";
  const bad: [options: unknown, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [{ mapName: "4x5" }, RangeError, 'mapName must be one of 4x4, 8x8, got "4x5" (did you mean 4x4?)'],
    [{ mapName: "toString" }, RangeError, "mapName must be one of 4x4, 8x8"],
    [{ mapName: 4 }, TypeError, "mapName must be one of 4x4, 8x8, got 4"],
    [{ desc: "SFFG" }, TypeError, 'desc must be an array of rows of text, got "SFFG"'],
    [{ desc: ["SG", 7] }, TypeError, "row 1 of desc must be text, got 7"],
    [{ desc: [] }, RangeError, "desc must have a row with at least one letter, got Array of length 0"],
    [{ desc: [""] }, RangeError, "desc must have a row with at least one letter"],
    [{ desc: ["SFF", "FG"] }, RangeError, 'row 1 of desc must have 3 letters as row 0 has, got "FG"'],
    [
      { desc: ["SF", "fG"] },
      RangeError,
      'row 1 of desc must be of S (start), F (frozen), H (hole) and G (goal), got "f"',
    ],
    [{ desc: ["FF", "FG"] }, RangeError, 'desc must have a start (S), got "FF/FG"'],
    [{ desc: ["SF", "FF"] }, RangeError, 'desc must have a goal (G), got "SF/FF"'],
    [{ isSlippery: 1 }, TypeError, "isSlippery must be true or false, got 1"],
    [{ successRate: 1.5 }, RangeError, "successRate must be from 0 to 1, got 1.5"],
    [{ successRate: -0.1 }, RangeError, "successRate must be from 0 to 1, got -0.1"],
    [{ successRate: NaN }, RangeError, "successRate must be finite, got NaN"],
    [{ successRate: "1" }, TypeError, 'successRate must be a number, got "1"'],
    [
      { rewardSchedule: [1, 0] },
      TypeError,
      "rewardSchedule must be three numbers, for goal, hole and frozen",
    ],
    [{ rewardSchedule: [1, 0, "0"] }, TypeError, 'for goal, hole and frozen, got "0"'],
    [{ rewardSchedule: [1, 0, Infinity] }, RangeError, "rewardSchedule must be finite, got Infinity"],
  ];
  for (const [options, kind, text] of bad) {
    assertThrows(make(options), kind, start);
    assertThrows(make(options), kind, text);
  }
  assertThrows(
    () => makeEnv(String("FrozenLake-v1"), { map: "8x8" }),
    TypeError,
    'got "map" (did you mean mapName?)',
  );
});

Deno.test("FrozenLake refuses bad actions and states of the table", () => {
  const env = new FrozenLake();
  assertThrows(() => env.step(0), Error, "Cannot step FrozenLake-v1: reset must be called first");
  env.reset({ seed: 0 });
  const before = env.snapshot();
  assertThrows(() => env.step(4), RangeError, "action must be a whole number from 0 to 3, got 4");
  assertThrows(() => env.step(0.5), TypeError, "action must be a whole number from 0 to 3, got 0.5");
  assertEquals(env.snapshot(), before);
  const start = "Cannot list transitions of FrozenLake-v1: ";
  assertThrows(
    () => env.transitions(16, 0),
    RangeError,
    `${start}state must be a whole number from 0 to 15, got 16`,
  );
  assertThrows(
    () => env.transitions(0, -1),
    RangeError,
    `${start}action must be a whole number from 0 to 3, got -1`,
  );
});

Deno.test("a snapshot of FrozenLake fits only the same map", () => {
  const other = (options: FrozenLakeOptions) => new FrozenLake(options).snapshot();
  const env = new FrozenLake();
  assertThrows(
    () => env.restore(other({ desc: ["SG"] })),
    RangeError,
    "desc must be SFFF/FHFH/FFFH/HFFG, got",
  );
  assertThrows(
    () => env.restore(other({ rewardSchedule: [2, 0, 0] })),
    RangeError,
    "rewardSchedule must be 1, 0, 0",
  );
  env.reset();
  const hole = { ...env.snapshot(), state: [5, 1] };
  assertThrows(() => env.restore(hole), RangeError, 'phase must fit the state, got "running"');
  assertThrows(
    () => env.restore({ ...hole, state: [4.5, 1] }),
    TypeError,
    "state 0 must be a whole number, got 4.5",
  );
});

Deno.test("FrozenLake.render() shows the walker and the holes", () => {
  const env = new FrozenLake({ isSlippery: false });
  const holes = () =>
    env.render().shapes.filter((shape) => shape.kind === "circle" && shape.fill === "#1f4e79");
  assertEquals(holes().length, 4);
  env.reset();
  assertEquals(
    env.render().description,
    "A frozen lake of 4 × 4 tiles; the walker is on the ice in row 0, column 0",
  );
  env.step(1);
  env.step(2);
  assert(env.render().description.endsWith("in a hole in row 1, column 1"));
});
