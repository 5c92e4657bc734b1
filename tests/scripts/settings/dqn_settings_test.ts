import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  Dqn,
  DQN_OPTION_NAMES,
  DQN_OPTIONS,
  linearSchedule,
  resolveDqnOptions,
} from "../../../agents/mod.ts";
import { makeEnv } from "../../../envs/mod.ts";
import { dqnOptions } from "../../../scripts/run/dqn_options.ts";
import { presetSettings } from "../../../scripts/settings/presets.ts";
import { dqnOptionOf, OPTIONS, SETTING_NAMES, textOf } from "../../../scripts/settings/settings.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;
/** Values on both sides of every limit that an option may have, and values of other types. */
const NUMBERS = [
  ...[-Infinity, -1e300, -1e39, -3e38, -2, -1, -1e-9, -0, 0, 1e-300, 0.5, 1, 1 + 1e-9, 1.5, 2, 3, 10],
  ...[65_535, 65_536, 2 ** 31, LARGEST, LARGEST + 1, 3e38, 1e39, 1e300, Infinity, NaN],
];
const LISTS = [[], [1], [64, 64], [0], [64, 0], [1.5], [LARGEST + 1]];
const WORDS = ["none", "c51", "qr", "mse", "huber", "simd", "reference", "pytorch", "lecture", "other", ""];

/** Other options beside which every value of a range is free of contradictions. */
const BESIDE = { batchSize: 1, bufferSize: LARGEST, vMin: -3.4e38, vMax: 3.4e38 };

function isRefusedByDqn(name: string, value: unknown): boolean {
  try {
    resolveDqnOptions({ ...BESIDE, [name]: value });
    return false;
  } catch (error) {
    assert(error instanceof TypeError || error instanceof RangeError);
    assert(error.message.startsWith(`Cannot create a Dqn: ${name} must be `), error.message);
    return true;
  }
}

Deno.test("a flag and config.json take the values that Dqn takes, and no others", () => {
  let accepted = 0, refused = 0;
  for (const name of SETTING_NAMES) {
    const option = dqnOptionOf(name);
    if (option !== name) continue;
    const { isOptional, kind } = DQN_OPTIONS[option].range;
    for (const value of [...NUMBERS, ...LISTS, ...WORDS, true, false, {}]) {
      const isRefused = isRefusedByDqn(name, value);
      const what = `${name} ${JSON.stringify(value)}`;
      assertEquals(OPTIONS[name].accept(value) === undefined, isRefused, `${what} in config.json`);
      isRefused ? refused++ : accepted++;
      // On the command line everything is text, a list too, and no value at all is "none".
      if (Array.isArray(value) !== (kind === "numbers")) continue;
      if (typeof value === "string" && (kind !== "choice" || isOptional && value === "none")) continue;
      const text = Array.isArray(value) && value.length === 0 ? "none" : String(value);
      if (text === "none" && isOptional) continue;
      assertEquals(OPTIONS[name].parse(text) === undefined, isRefused, `${what} as a flag`);
    }
    assertEquals(OPTIONS[name].accept(null), isOptional ? null : undefined, name);
    assertEquals(OPTIONS[name].parse("none") === null, isOptional, name);
  }
  assert(accepted > 150 && refused > 600, `${accepted} ${refused}`);
});

Deno.test("a flag's value is passed to Dqn", () => {
  const settings = presetSettings({ env: "./my_env.ts", agent: "dqn" });
  for (const name of SETTING_NAMES) {
    if (dqnOptionOf(name) !== name) continue;
    for (const value of [...NUMBERS, ...LISTS, ...WORDS, true, false, null]) {
      const setting = OPTIONS[name].accept(value);
      if (setting === undefined) continue;
      const options = new Map<string, unknown>(Object.entries(dqnOptions({ ...settings, [name]: setting })));
      assertEquals(options.get(name), setting ?? undefined, name);
      assertEquals(OPTIONS[name].parse(textOf(setting)), setting, `${name} ${textOf(setting)}`);
    }
  }
});

Deno.test("Dqn gets its own options of all settings, and nothing else", () => {
  const options = dqnOptions(presetSettings({}));
  assertEquals(Object.keys(options).sort(), [...DQN_OPTION_NAMES].sort());
});

Deno.test("the parts of a schedule have the limits of the schedule", () => {
  const env = makeEnv("CartPole-v1");
  const { observation } = env.reset({ seed: 0 });
  for (const name of ["epsilonStart", "epsilonEnd", "priorityBetaStart", "priorityBetaEnd"] as const) {
    assertEquals(NUMBERS.filter((value) => OPTIONS[name].accept(value) !== undefined), [
      -0,
      0,
      1e-300,
      0.5,
      1,
    ]);
  }
  for (const [value, isIn] of [[-1e-9, false], [0, true], [1, true], [1 + 1e-9, false]] as const) {
    const agent = new Dqn(env, { epsilon: linearSchedule(value, value, 1) });
    if (isIn) agent.act(observation);
    else assertThrows(() => agent.act(observation), RangeError, "epsilon must be in [0, 1]");
  }
  for (const name of ["epsilonDecaySteps", "priorityBetaSteps"] as const) {
    for (const value of NUMBERS) {
      let isRefused = false;
      try {
        linearSchedule(1, 0, value);
      } catch {
        isRefused = true;
      }
      assertEquals(OPTIONS[name].accept(value) === undefined, isRefused, `${name} ${value}`);
    }
  }
});

Deno.test("settings keep the order that config.json had", () => {
  const order =
    "env envOptions bins actionBins normalize agent preset seed steps episodes hidden initializer gamma learningRate " +
    "learningRateEnd batchSize bufferSize learningStarts trainInterval gradientSteps targetUpdateInterval " +
    "targetUpdateEpisodes tau epsilonStart epsilonEnd epsilonDecaySteps loss maxGradNorm double dueling noisy nStep " +
    "prioritized priorityAlpha priorityBetaStart priorityBetaEnd priorityBetaSteps priorityEpsilon distribution atoms " +
    "vMin vMax munchausen munchausenAlpha munchausenTau munchausenClip actionMask truncatedAsTerminated evalInterval " +
    "evalEpisodes stopAtReturn kernel";
  const known = order.split(" ");
  assertEquals(SETTING_NAMES.filter((name) => known.includes(name)), known);
  assertEquals(SETTING_NAMES.toSorted(), Object.keys(OPTIONS).toSorted());
});
