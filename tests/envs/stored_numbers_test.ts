import {
  Box,
  Discrete,
  DiscreteActions,
  makeEnv,
  MountainCar,
  Pendulum,
  RewardScale,
  RunningMeanStd,
  TimeLimit,
  Tuple,
  VectorEnv,
} from "../../envs/mod.ts";
import { assertKeepsOrRefuses, type Keeper, type Rounding } from "../_odd_numbers.ts";
import { ScriptedEnv } from "./_toy_envs.ts";

/** A long episode without action masks. */
const UNMASKED = { length: 1_000, offersActionMask: false };

const BOX = new Box(-Infinity, Infinity, { shape: [1] });

/** The action that reaches the copy of a vector of environments. */
function handedOn(value: number): number {
  const made: ScriptedEnv<Float32Array, Float32Array>[] = [];
  const envs = new VectorEnv(() => {
    made.push(new ScriptedEnv(BOX, BOX, [Float32Array.of(0)], UNMASKED));
    return made.at(-1)!;
  }, 1);
  envs.reset({ seed: 0 });
  envs.step([value]);
  return made[0]!.actions[0]![0]!;
}

/** A Discrete observation as a vector of environments shows it. */
function shown(value: number): number {
  const envs = new VectorEnv(
    () => new ScriptedEnv(new Discrete(2), new Discrete(1), [0, value], UNMASKED),
    1,
  );
  envs.reset({ seed: 0 });
  envs.step([0]);
  return envs.observations[0]!;
}

function restoredStatistics(changes: { mean?: number[]; variance?: number[]; count?: number }) {
  const statistics = new RunningMeanStd(1);
  statistics.restore({ ...statistics.snapshot(), ...changes });
  return statistics;
}

const KEEPERS: readonly (readonly [what: string, rounding: Rounding, keep: Keeper])[] = [
  ["VectorEnv.step(), Box action", "as float32", handedOn],
  ["VectorEnv.step(), Discrete observation", "exactly", shown],
  ["VectorEnv.step(), Discrete action", "exactly", (value) => {
    const made: ScriptedEnv<number, number>[] = [];
    const envs = new VectorEnv(() => {
      made.push(new ScriptedEnv(new Discrete(1), new Discrete(2 ** 32 - 1, { start: -1 }), [0], UNMASKED));
      return made.at(-1)!;
    }, 1);
    envs.reset({ seed: 0 });
    envs.step([value]);
    return made[0]!.actions[0]!;
  }],
  ["RunningMeanStd.update()", "exactly", (value) => {
    const statistics = new RunningMeanStd(1);
    statistics.update([value]);
    return Number.isFinite(statistics.mean[0]! + statistics.variance[0]!) ? value : NaN;
  }],
  ["RunningMeanStd.restore(), mean", "exactly", (mean) => restoredStatistics({ mean: [mean] }).mean[0]!],
  ["RunningMeanStd.restore(), count", "exactly", (count) => restoredStatistics({ count }).count],
  [
    "RunningMeanStd.restore(), variance",
    "exactly",
    (variance) => restoredStatistics({ variance: [variance] }).variance[0]!,
  ],
  ["Discrete, start", "exactly", (start) => {
    const space = new Discrete(3, { start });
    const elements = new Set([start, start + 1, start + 2].filter((value) => space.contains(value)));
    return elements.size === 3 ? space.start : NaN;
  }],
  ["Discrete, n", "exactly", (n) => {
    const space = new Discrete(n, { start: 5 });
    return space.contains(n + 4) && !space.contains(n + 5) ? space.n : NaN;
  }],
  ["Discrete, n with a large start", "exactly", (n) => {
    const space = new Discrete(n, { start: 2 ** 53 - 300 });
    return Number.isSafeInteger(space.start + space.n - 1) ? n : NaN;
  }],
  ["RewardScale, factor", "exactly", (factor) => new RewardScale(new MountainCar(), factor).factor],
  ["TimeLimit", "exactly", (limit) => new TimeLimit(new MountainCar(), limit).maxEpisodeSteps],
  ["makeEnv(), g", "exactly", (g) => {
    const settings = Object(new Pendulum({ g }).snapshot()["settings"]);
    return settings.g;
  }],
  ["DiscreteActions, choices", "exactly", (choices) => {
    return new DiscreteActions(makeEnv("Pendulum-v1"), choices).actionSpace.n;
  }],
];

for (const [what, rounding, keep] of KEEPERS) {
  Deno.test(`${what}: a number is stored exactly or refused`, () =>
    assertKeepsOrRefuses(what, keep, rounding));
}

Deno.test("Box, bounds: a number is kept or refused, and infinities are none", () => {
  for (const bound of ["low", "high"] as const) {
    assertKeepsOrRefuses(`Box, ${bound}`, (value) => {
      if (value - value !== 0) throw new RangeError("Cannot tell: a bound must be finite, got another");
      const [low, high] = bound === "low" ? [value, Infinity] : [-Infinity, value];
      return new Box(low, [high])[bound][0]!;
    }, "as float32");
  }
});

Deno.test("Tuple of Discrete: elements are exact", () => {
  assertKeepsOrRefuses("Tuple", (start) => {
    const space = new Tuple([new Discrete(2, { start })]);
    return space.contains([start]) && space.contains([start + 1]) ? start : NaN;
  }, "exactly");
});
