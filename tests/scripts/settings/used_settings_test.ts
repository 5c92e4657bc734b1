import "../../../envs/minigrid/mod.ts";
import "../../../envs/box2d/mod.ts";
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { UsageError } from "../../../scripts/cli/usage_error.ts";
import { prepareRun, type Run } from "../../../scripts/run/run.ts";
import { presetSettings } from "../../../scripts/settings/presets.ts";
import { readSettings, SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { AGENTS, OPTIONS, SETTING_NAMES, type Settings, textOf } from "../../../scripts/settings/settings.ts";
import { isUsed, isUsedBy, requireUsed } from "../../../scripts/settings/used_settings.ts";

/** What `train` does with flags, up to the run. */
function check(flags: string, config?: unknown): void {
  const line = readCommandLine(flags === "" ? [] : flags.split(" "), SETTING_FLAGS);
  requireUsed(line, [readSettings(line, config)]);
}

const GRID = "--env MiniGrid-Empty-5x5-v0";
const LAKE = "--env FrozenLake-v1";
const REFUSED: [flags: string, needs: string][] = [
  // Of another agent, wherever this one is from.
  ["--agent q-learning --noisy", "--noisy needs an --agent that uses it, such as dqn, got q-learning"],
  [`${LAKE} --noisy`, "such as dqn, got q-learning, the preset's for FrozenLake-v1"],
  ["--agent q-learning --noisy false", "--noisy needs an --agent that uses it"],
  ["--agent q-learning --hidden 8", "--hidden needs an --agent that uses it"],
  ["--agent q-learning --kernel simd", "--kernel needs an --agent that uses it, such as dqn"],
  ["--agent q-learning --normalize bounds", "--normalize needs an --agent that uses it"],
  ["--agent random --gamma 0.9", "--gamma needs an --agent that uses it, such as dqn, got random"],
  ["--agent random --action-bins 3 --env Pendulum-v1", "--action-bins needs an --agent that uses it"],
  ["--agent random --bins 3", "--bins needs an --agent that uses it, such as q-learning, got random"],
  ["--agent dqn --bins 3", "--bins needs an --agent that uses it, such as q-learning, got dqn"],
  ["--agent random --learning-rate-end none", "--learning-rate-end needs an --agent that uses it"],
  // What makes a Q-network one.
  ["--agent q-network --double", "--double needs an --agent that uses it, such as dqn, got q-network"],
  ["--agent q-network --buffer-size 100", "--buffer-size needs an --agent that uses it, such as dqn"],
  ["--agent q-network --target-update-interval 9", "--target-update-interval needs an --agent that"],
  ["--agent q-network --target-update-episodes 9", "--target-update-episodes needs an --agent that"],
  ["--agent q-network --prioritized", "--prioritized needs an --agent that uses it"],
  ["--agent q-network --n-step 3", "--n-step needs an --agent that uses it"],
  // Of an option that is off.
  ["--priority-alpha 0.5", "--priority-alpha needs --prioritized, got none"],
  ["--agent rainbow --prioritized false --priority-epsilon 1", "--priority-epsilon needs --prioritized"],
  ["--munchausen-tau 0.1", "--munchausen-tau needs --munchausen, got none"],
  ["--atoms 21", "--atoms needs --distribution c51 or qr, got none"],
  ["--v-min -5", "--v-min needs --distribution c51, got none"],
  ["--distribution qr --v-max 5", "--v-max needs --distribution c51, got qr"],
  ["--agent rainbow --loss huber", "--loss needs --distribution none, got c51"],
  ["--preset lecture --epsilon-decay-steps 9", "needs --epsilon-end to differ from --epsilon-start, got 0.1"],
  ["--noisy --epsilon-decay-steps 9", "--epsilon-decay-steps needs --epsilon-end to differ"],
  ["--prioritized --priority-beta-start 1 --priority-beta-steps 9", "needs --priority-beta-end to differ"],
  // Of another environment.
  [`${LAKE} --bins 3`, "--bins needs an --env whose observations are a Box of float32, got FrozenLake-v1"],
  [`${LAKE} --agent dqn --normalize bounds`, "--normalize needs an --env whose observations are a Box"],
  ["--env Acrobot-v1 --action-bins 3", "--action-bins needs an --env whose actions are a Box, got Acrobot"],
  ["--env LunarLander-v3 --action-bins 3", "--action-bins needs an --env whose actions are a Box"],
  ["--env LunarLander-v3 --action-parts", "--action-parts needs an --env whose actions are a Box, got Lunar"],
  [`${LAKE} --agent dqn --action-parts`, "--action-parts needs an --env whose actions are a Box, got Froz"],
  ["--convolution minatar", "--convolution needs an --env whose observations are images, got CartPole-v1"],
  [
    `${GRID} --agent random --convolution minatar`,
    "--convolution needs an --agent that uses it, such as dqn",
  ],
  [`${GRID} --agent dqn --observation-scale 3`, "--observation-scale needs --convolution, got none"],
  [
    `${GRID} --agent dqn --convolution minatar --normalize bounds`,
    "--normalize needs no --convolution, got 16x3s1",
  ],
  ["--frame-stack 4", "--frame-stack needs --pixels, got none"],
  ["--black-background", "--black-background needs --pixels, got none"],
  [`${GRID} --agent dqn --frame-stack 4`, "--frame-stack needs --pixels, got none"],
  ["--agent q-learning --pixels 6x8", "--pixels needs an --agent that uses it, such as dqn, got q-learning"],
  ["--agent random --pixels 6x8", "--pixels needs an --agent that uses it, such as dqn, got random"],
  ["--agent random --frame-stack 4", "--frame-stack needs an --agent that uses it, such as dqn"],
  ["--agent random --black-background", "--black-background needs an --agent that uses it, such as dqn"],
  ["--pixels 9x9 --observation-scale 3", "--observation-scale needs --convolution, got none"],
  ["--pixels 9x9 --convolution minatar --normalize bounds", "--normalize needs no --convolution, got 16x3s1"],
  ["--env Pendulum-v1 --agent q-learning --action-parts", "--action-parts needs an --agent that uses it"],
  ["--env Pendulum-v1 --agent random --action-parts", "--action-parts needs an --agent that uses it"],
];

Deno.test("a flag that changes nothing is refused, and the message names its requirement", () => {
  for (const [flags, needs] of REFUSED) {
    const { message } = assertThrows(() => check(flags), UsageError, needs, flags);
    assert(message.startsWith("Cannot start the run: --") && !message.includes("\n"), message);
  }
  // Beside a configuration just the same.
  assertThrows(() => check("--noisy", presetSettings({ agent: "q-learning" })), UsageError, "got q-learning");
  assertThrows(() => check("--atoms 9", presetSettings({})), UsageError, "--distribution c51 or qr");
});

Deno.test("a flag that changes something is not refused", () => {
  for (
    const flags of [
      "",
      "--agent random --seed 3 --steps 9 --eval-episodes 2 --stop-at-return none",
      "--agent dqn --double --dueling --noisy --n-step 3 --prioritized --priority-alpha 1 --loss huber",
      "--agent double-dqn --double false",
      "--agent dqn --noisy --epsilon-start 0 --epsilon-end 0 --distribution c51 --v-min 0 --v-max 9 --atoms 9",
      "--agent rainbow --epsilon-start 0.5 --epsilon-decay-steps 9 --distribution qr --atoms 9 --kernel simd",
      "--agent q-network --gamma 0.9 --hidden 8 --munchausen --munchausen-tau 1 --dueling --noisy",
      "--agent q-learning --bins 3 --learning-rate-end 0.1 --learning-rate-steps 8 --epsilon-decay-steps 9",
      "--agent q-learning --env Pendulum-v1 --bins 3 --action-bins 3",
      "--env LunarLanderContinuous-v3 --action-bins 3 --normalize bounds",
      "--env ./my_env.ts --action-bins 3 --normalize bounds --action-parts",
      "--env Pendulum-v1 --action-bins 3 --action-parts",
      "--env LunarLanderContinuous-v3 --agent q-network --action-parts",
      "--env LunarLanderContinuous-v3 --agent pqn --action-parts",
      `--env LunarLander-v3 --env-options {"continuous":true} --action-bins 3`,
      "--prioritized --priority-beta-start 0.2 --priority-beta-steps 9",
      `${GRID} --agent pqn --convolution 16x3s1,8x2s1 --observation-scale 2`,
      `${GRID} --agent dqn --convolution none --normalize bounds`,
      "--pixels 48x64 --frame-stack 4 --convolution minatar --observation-scale 200",
      "--agent pqn --pixels 48x64x3 --convolution nature",
      "--env FrozenLake-v1 --agent dqn --pixels 8x8 --normalize bounds",
      "--env ./my_env.ts --pixels 8x8 --frame-stack 2 --black-background",
    ]
  ) check(flags);
});

Deno.test("the settings of a configuration are never refused: it contains all of them", () => {
  for (const agent of AGENTS) {
    const changed = {
      noisy: false,
      prioritized: false,
      priorityAlpha: 0.1,
      atoms: 9,
      bins: [3],
      hidden: [8],
    };
    check("--seed 3", { ...presetSettings({ agent }), ...changed });
  }
});

Deno.test("of several runs, one that a flag changes is enough", () => {
  const line = readCommandLine(["--priority-alpha", "0.5"], SETTING_FLAGS);
  const [off, on] = [presetSettings({}), presetSettings({ agent: "prioritized-dqn" })];
  requireUsed(line, [off, on]);
  requireUsed(line, []);
  assertThrows(() => requireUsed(line, [off, off]), UsageError, "--priority-alpha needs --prioritized");
});

/** Another value for every setting that some agent does not use. */
const OTHER: Partial<Settings> = {
  actionParts: true,
  bins: [4],
  actionBins: 7,
  normalize: "statistics",
  pixels: "6x8",
  blackBackground: true,
  frameStack: 2,
  envs: 3,
  hidden: [5],
  layerNorm: true,
  initializer: "lecture",
  initWeightsSha256: "0".repeat(64),
  gamma: 0.5,
  learningRate: 0.02,
  learningRateEnd: 0.01,
  learningRateSteps: 50,
  adamEpsilon: 1e-3,
  convolution: [{ filters: 2, kernel: 2, stride: 1 }],
  observationScale: 3,
  batchSize: 5,
  bufferSize: 77,
  learningStarts: 21,
  trainInterval: 2,
  gradientSteps: 2,
  targetUpdateInterval: 11,
  targetUpdateEpisodes: 3,
  tau: 0.5,
  epsilonStart: 0.7,
  epsilonEnd: 0.3,
  epsilonDecaySteps: 33,
  loss: "huber",
  maxGradNorm: 0.01,
  double: true,
  dueling: true,
  noisy: true,
  nStep: 2,
  prioritized: true,
  priorityAlpha: 0.1,
  priorityBetaStart: 0.9,
  priorityBetaEnd: 0.95,
  priorityBetaSteps: 9,
  priorityEpsilon: 0.5,
  distribution: "qr",
  atoms: 9,
  vMin: -3,
  vMax: 3,
  munchausen: true,
  munchausenAlpha: 0.1,
  munchausenTau: 1,
  munchausenClip: -0.1,
  actionMask: false,
  truncatedAsTerminated: true,
  kernel: "reference",
  rolloutSteps: 6,
  epochs: 3,
  miniBatches: 6,
  lambda: 0.3,
};

const SMALL: Partial<Settings> = {
  steps: 120,
  hidden: [6],
  batchSize: 8,
  bufferSize: 60,
  learningStarts: 10,
  targetUpdateInterval: 20,
  targetUpdateEpisodes: null,
  epsilonDecaySteps: 60,
  evalInterval: 60,
  evalEpisodes: 1,
  stopAtReturn: null,
};

async function outcomeOf(settings: Settings): Promise<unknown> {
  const { trajectoryHash, weightsHash, evaluation }: Readonly<Run> = await prepareRun(settings).start();
  return { trajectoryHash, weightsHash, evaluation };
}

Deno.test("settings documented as unused change no bit, and every agent's family uses the rest", async () => {
  const cases: Partial<Settings>[] = [
    { agent: "random", env: "CartPole-v1" },
    { agent: "q-learning", env: "CartPole-v1" },
    { agent: "q-learning", env: "FrozenLake-v1" },
    { agent: "dqn", env: "FrozenLake-v1" },
    { agent: "dqn", env: "CartPole-v1" },
    { agent: "dqn", env: "CartPole-v1", distribution: "c51", epsilonStart: 0.1, epsilonEnd: 0.1 },
    { agent: "dqn", env: "CartPole-v1", distribution: "qr", noisy: true, epsilonStart: 0, epsilonEnd: 0 },
    { agent: "pqn", env: "CartPole-v1" },
    { agent: "dqn", env: "MiniGrid-Empty-5x5-v0" },
    { agent: "dqn", env: "MiniGrid-Empty-5x5-v0", convolution: [{ filters: 4, kernel: 3, stride: 2 }] },
    { agent: "dqn", env: "CartPole-v1", pixels: "6x8", convolution: [{ filters: 2, kernel: 3, stride: 2 }] },
    { agent: "prioritized-dqn", env: "CartPole-v1", priorityBetaStart: 0.5, priorityBetaEnd: 0.5 },
  ];
  for (const changed of cases) {
    const settings = { ...presetSettings(changed), ...SMALL, ...changed };
    const outcome = await outcomeOf(settings);
    const unused = SETTING_NAMES.filter((name) => !isUsed(name, settings));
    assert(unused.length > 5, JSON.stringify(changed));
    // Transitions that nothing learns from are refused instead.
    for (const name of unused.filter((name) => name !== "bufferSha256")) {
      assert(name in OTHER, `${name} needs another value here`);
      const other = { ...settings, [name]: OTHER[name] };
      assertEquals(await outcomeOf(other), outcome, `${name} with ${JSON.stringify(changed)}`);
    }
    assertNotEquals(await outcomeOf({ ...settings, seed: 9 }), outcome);
  }
  const alone = {
    ...presetSettings({ agent: "q-network" }),
    steps: 120,
    evalInterval: null,
    stopAtReturn: null,
  };
  assertEquals(await outcomeOf({ ...alone, double: true }), await outcomeOf(alone));
  for (const name of SETTING_NAMES) assert(AGENTS.some((agent) => isUsedBy(agent, name)), name);
});

Deno.test("convolutions are read from a name or a text, and written as a text that is read again", () => {
  const { convolution } = OPTIONS;
  const nature = convolution.parse("nature")!;
  assertEquals(textOf(nature), "32x8s4,64x4s2,64x3s1");
  assertEquals(convolution.parse(textOf(nature)), nature);
  assertEquals(convolution.accept(JSON.parse(JSON.stringify(nature))), nature);
  assertEquals([convolution.parse("none"), convolution.accept(null), textOf(null)], [null, null, "none"]);
  for (const text of ["16x3", "0x3s1", "16x0s1", "16x3s0", "16x3s1,", "16,3,1", "Nature", "[]"]) {
    assertThrows(
      () => readSettings(readCommandLine(["--convolution", text], SETTING_FLAGS)),
      UsageError,
      "--convolution must be filters, kernel and stride of each layer, such as 32x8s4,64x4s2,64x3s1, or minatar or nature",
    );
  }
  for (
    const value of ["nature", [], [3], [{}], [{ ...nature[0], padding: 1 }], [{ ...nature[0], filters: 0 }]]
  ) {
    assertEquals(convolution.accept(value), undefined, JSON.stringify(value));
  }
});
