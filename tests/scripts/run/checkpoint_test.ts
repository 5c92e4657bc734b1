import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { decodeSafetensors, encodeSafetensors, type Safetensors } from "../../../nn/mod.ts";
import { decodeCheckpoint, disagreements, encodeCheckpoint } from "../../../scripts/run/checkpoint.ts";
import { loadPackageEnv } from "../../../scripts/run_folder/load_env.ts";
import { prepareRun } from "../../../scripts/run/run.ts";
import type { Settings } from "../../../scripts/settings/settings.ts";
import { leavingsOf, leavingsWithCuts, small } from "../_resumption.ts";

await loadPackageEnv("LunarLander-v3");
await loadPackageEnv("MiniGrid-Empty-5x5-v0");

const CONVOLUTION = [{ filters: 4, kernel: 3, stride: 2 }, { filters: 3, kernel: 2, stride: 1 }];

/** Rollouts short enough to learn from. */
const ROLLOUTS = { rolloutSteps: 8, miniBatches: 2, epochs: 2 };

/** Every agent, and every option of each. */
const VARIANTS: Readonly<Record<string, Settings>> = {
  "random": small("random", "CartPole-v1"),
  "random, actions of a Box": small("random", "Pendulum-v1"),
  "random, masks": small("random", "Taxi-v4"),
  "q-learning": small("q-learning", "FrozenLake-v1"),
  "q-learning, bins": small("q-learning", "CartPole-v1", { bins: [3] }),
  "q-learning, a Tuple": small("q-learning", "Blackjack-v1"),
  "q-learning, masks": small("q-learning", "Taxi-v4", {
    envOptions: { isRainy: true, ficklePassenger: true },
  }),
  "q-learning, a learning rate that falls": small("q-learning", "FrozenLake-v1", {
    learningRate: 0.5,
    learningRateEnd: 0.1,
  }),
  "q-network": small("q-network", "CartPole-v1"),
  "dqn": small("dqn", "CartPole-v1"),
  "dqn, a learning rate that falls": small("dqn", "CartPole-v1", { learningRateEnd: 0 }),
  "dqn, one-hot observations": small("dqn", "FrozenLake-v1"),
  "dqn, discretized actions": small("dqn", "Pendulum-v1", { actionBins: 3 }),
  "dqn, a part per dimension": small("dqn", "LunarLanderContinuous-v3", { actionBins: 3, actionParts: true }),
  "dqn, three environments, a part per dimension, everything": small("rainbow", "LunarLanderContinuous-v3", {
    envs: 3,
    actionBins: 2,
    actionParts: true,
    distribution: "qr",
    atoms: 5,
    layerNorm: true,
    normalize: "bounds",
  }),
  "dqn, masks": small("dqn", "Taxi-v4"),
  "dqn, masks ignored": small("dqn", "Taxi-v4", { actionMask: false }),
  "dqn, observations scaled by bounds": small("dqn", "MountainCar-v0", { normalize: "bounds" }),
  "dqn, observations scaled by statistics": small("dqn", "MountainCar-v0", { normalize: "statistics" }),
  "dqn, a Tuple": small("dqn", "Blackjack-v1"),
  "dqn, a physics engine": small("dqn", "LunarLander-v3"),
  "dqn, target by episodes": small("dqn", "CartPole-v1", {
    targetUpdateInterval: null,
    targetUpdateEpisodes: 3,
  }),
  "dqn, soft target, huber, clipped": small("dqn", "CartPole-v1", {
    tau: 0.1,
    loss: "huber",
    maxGradNorm: 0.5,
    targetUpdateInterval: 7,
  }),
  "dqn, several gradient steps, now and then": small("dqn", "Acrobot-v1", {
    trainInterval: 5,
    gradientSteps: 2,
    truncatedAsTerminated: true,
    envOptions: { maxEpisodeSteps: 33 },
  }),
  "dqn, no evaluation, a budget of episodes": small("dqn", "CartPole-v1", {
    steps: null,
    episodes: 9,
    evalInterval: null,
  }),
  "dqn, stopping at a return": small("dqn", "CartPole-v1", { stopAtReturn: 8 }),
  "double": small("double-dqn", "CartPole-v1"),
  "dueling": small("dueling-dqn", "CartPole-v1"),
  "prioritized": small("prioritized-dqn", "CartPole-v1"),
  "n-step": small("dqn", "CartPole-v1", { nStep: 4 }),
  "n-step, masks": small("dqn", "Taxi-v4", { nStep: 3 }),
  "n-step longer than the buffer": small("dqn", "CartPole-v1", {
    nStep: 30,
    bufferSize: 20,
    learningStarts: 1,
  }),
  "noisy": small("dqn", "CartPole-v1", { noisy: true }),
  "c51": small("dqn", "CartPole-v1", { distribution: "c51", atoms: 7, vMin: 0, vMax: 50 }),
  "qr": small("dqn", "CartPole-v1", { distribution: "qr", atoms: 7 }),
  "layer norm": small("dqn", "CartPole-v1", { layerNorm: true, dueling: true, noisy: true }),
  "many environments": small("dqn", "CartPole-v1", { envs: 4 }),
  "many environments, rainbow": small("rainbow", "CartPole-v1", { envs: 3, atoms: 7, vMin: 0, vMax: 50 }),
  "many environments, one-hot, a budget of episodes": small("dqn", "Taxi-v4", {
    envs: 7,
    steps: null,
    episodes: 9,
    actionMask: false,
    envOptions: { maxEpisodeSteps: 20 },
  }),
  "munchausen": small("dqn", "CartPole-v1", { munchausen: true }),
  "convolution, rainbow": small("rainbow", "MiniGrid-Empty-5x5-v0", {
    convolution: CONVOLUTION,
    atoms: 7,
    vMin: 0,
    vMax: 1,
  }),
  "convolution, many environments, n-step": small("dqn", "MiniGrid-Empty-5x5-v0", {
    convolution: CONVOLUTION,
    observationScale: 2,
    envs: 3,
    nStep: 3,
  }),
  "pixels, stacked, convolution": small("dqn", "CartPole-v1", {
    pixels: "9x12",
    frameStack: 4,
    convolution: CONVOLUTION,
    nStep: 3,
  }),
  "pixels on black, stacked, convolution": small("dqn", "CartPole-v1", {
    pixels: "9x12",
    blackBackground: true,
    frameStack: 2,
    convolution: CONVOLUTION,
  }),
  "pixels in colour, many environments": small("dqn", "CartPole-v1", {
    pixels: "9x12x3",
    frameStack: 2,
    convolution: CONVOLUTION,
    envs: 3,
  }),
  "pixels as a vector, pqn": small("pqn", "MiniGrid-Empty-5x5-v0", {
    pixels: "5x5",
    normalize: "bounds",
    envs: 3,
    ...ROLLOUTS,
  }),
  "convolution, pqn": small("pqn", "MiniGrid-Empty-5x5-v0", {
    convolution: CONVOLUTION,
    envs: 3,
    ...ROLLOUTS,
  }),
  "pqn": small("pqn", "CartPole-v1", { envs: 3, ...ROLLOUTS }),
  "pqn, one environment, dueling, huber": small("pqn", "MountainCar-v0", {
    envs: 1,
    ...ROLLOUTS,
    dueling: true,
    loss: "huber",
    normalize: "bounds",
  }),
  "pqn, masks ignored, a constant learning rate": small("pqn", "Taxi-v4", {
    envs: 2,
    ...ROLLOUTS,
    learningRateEnd: null,
  }),
  "pqn, discretized actions, normalised by statistics": small("pqn", "Pendulum-v1", {
    envs: 4,
    ...ROLLOUTS,
    actionBins: 3,
    normalize: "statistics",
  }),
  "pqn, a part per dimension": small("pqn", "LunarLanderContinuous-v3", {
    envs: 4,
    ...ROLLOUTS,
    actionBins: 3,
    actionParts: true,
  }),
  "rainbow": small("rainbow", "CartPole-v1", { atoms: 7, vMin: 0, vMax: 50 }),
  "rainbow with quantiles, munchausen, masks": small("rainbow", "Taxi-v4", {
    distribution: "qr",
    atoms: 5,
    munchausen: true,
  }),
};

/** The first step, the last before learning, in an episode and in an n-step window, the last before a target update, … */
const CUTS = [1, 39, 59, 119, 173];

for (const [name, settings] of Object.entries(VARIANTS)) {
  Deno.test(`a run that is stopped anywhere and resumed is the run that never was: ${name}`, async () => {
    const { whole, checkpoints } = await leavingsWithCuts(settings, CUTS);
    assert(whole.checkpoint !== undefined);
    assert(checkpoints.size > (settings.steps === null ? 2 : 5), [...checkpoints.keys()].join());
    for (const [cut, bytes] of checkpoints) assertEquals(await leavingsOf(settings, bytes), whole, cut);
  });
}

Deno.test("a run may go from one kernel to the other and back", async () => {
  const settings = small("rainbow", "CartPole-v1", { atoms: 7, vMin: 0, vMax: 50 });
  for (const [from, to] of [["reference", "simd"], ["simd", "reference"]] as const) {
    const { whole, checkpoints } = await leavingsWithCuts({ ...settings, kernel: from }, CUTS);
    for (const [cut, bytes] of checkpoints) {
      assertEquals(disagreements({ ...settings, kernel: to }, await decodeCheckpoint(bytes)), []);
      assertEquals(await leavingsOf({ ...settings, kernel: to }, bytes), whole, cut);
    }
  }
});

Deno.test("a run with a larger budget is the run that had it from the start", async () => {
  const fallen = { learningRateEnd: 1e-4, learningRateSteps: 170 };
  for (const changed of [{}, { episodes: 12 }, { stopAtReturn: 9 }, fallen]) {
    const short = small("dqn", "CartPole-v1", { steps: 130, ...changed });
    const long = { ...short, steps: 240, episodes: null, stopAtReturn: null };
    const { whole: { checkpoint } } = await leavingsWithCuts(short, []);
    assertEquals(await leavingsOf(long, checkpoint), await leavingsOf(long, undefined));
  }
});

Deno.test("a run is evaluated at the end of its budget, which a larger budget takes back", async () => {
  const agents = [["dqn", "CartPole-v1"], ["q-learning", "FrozenLake-v1"], [
    "random",
    "CartPole-v1",
  ]] as const;
  for (const [agent, env] of agents) {
    // A learning rate that falls to the end of the budget belongs to one budget alone.
    const short = small(agent, env, { steps: 130, learningRateEnd: null });
    const long = { ...short, steps: 260 };
    const { whole, checkpoints } = await leavingsWithCuts(short, []);
    const stepsOf = (csv: string) =>
      csv.trim().split(/\r?\n/).slice(1).map((row) => Number(row.split(",")[0]));
    assertEquals(stepsOf(whole.evaluations), [100, 130]);
    const uninterrupted = await leavingsOf(long, undefined);
    assertEquals(stepsOf(uninterrupted.evaluations), [100, 200, 260]);
    for (const cut of ["the end", "after the evaluation at step 130"]) {
      const bytes = checkpoints.get(cut);
      assert(bytes !== undefined, cut);
      assertEquals((await decodeCheckpoint(bytes)).snapshot.evaluations.map(({ step }) => step), [100]);
      assertEquals(bytes, whole.checkpoint);
      assertEquals(await leavingsOf(short, bytes), whole, cut);
      assertEquals(await leavingsOf(long, bytes), uninterrupted, cut);
    }
  }
});

Deno.test("a budget that ends with an evaluation, or a run without, gets no other at its end", async () => {
  const evaluated = async (changed: Partial<Settings>) =>
    (await prepareRun(small("dqn", "CartPole-v1", changed)).start()).evaluations.map(({ step }) => step);
  assertEquals(await evaluated({ steps: 200 }), [100, 200]);
  assertEquals(await evaluated({ steps: 99 }), [99]);
  assertEquals(await evaluated({ steps: 130, evalInterval: null }), []);
  const settings = small("dqn", "CartPole-v1", { steps: null, episodes: 8, evalInterval: 1_000 });
  const { step, evaluations } = await prepareRun(settings).start();
  assertEquals(evaluations.map((record) => record.step), [step]);
});

Deno.test("the kept policy may be the last one", async () => {
  const settings = small("q-learning", "CliffWalking-v1", { steps: 950, evalInterval: 500, evalEpisodes: 1 });
  const run = await prepareRun(settings).start();
  const [middle, end] = run.evaluations;
  assert(end!.evaluation.mean >= middle!.evaluation.mean);
  assertEquals([end!.step, run.policy?.step, run.policy?.mean], [950, 950, end!.evaluation.mean]);
});

Deno.test("a run may be stopped over and over", async () => {
  const settings = small("rainbow", "CartPole-v1", { atoms: 7, vMin: 0, vMax: 50, steps: 120 });
  const whole = await leavingsOf(settings, undefined);
  let checkpoint: Uint8Array | undefined;
  for (let step = 1; step < 120; step += 7) {
    const { snapshot } = checkpoint === undefined ? {} : await decodeCheckpoint(checkpoint);
    const prepared = prepareRun({ ...settings, steps: step }, snapshot);
    await prepared.start({
      onTrained: async () => void (checkpoint = await encodeCheckpoint(settings, prepared.snapshot())),
    });
  }
  assertEquals(await leavingsOf(settings, checkpoint), whole);
});

Deno.test("a run resumed without its replay buffer records it, and learns again once the buffer is full enough", async () => {
  const settings = small("rainbow", "CartPole-v1", { atoms: 7, vMin: 0, vMax: 50, nStep: 3 });
  let bytes: Uint8Array | undefined;
  const prepared = prepareRun(settings);
  await prepared.start({
    checkpoint: {
      interval: 100,
      save: async () =>
        void (bytes ??= await encodeCheckpoint(settings, prepared.snapshot({ replay: false }))),
    },
  });
  assert(bytes !== undefined);
  assertEquals(decodeSafetensors(bytes).metadata["replay"], "none");
  const { snapshot } = await decodeCheckpoint(bytes);
  const resumed = prepareRun(settings, snapshot);
  const gradientSteps: number[] = [];
  const run = await resumed.start({
    onStep: () =>
      void gradientSteps.push(JSON.parse(JSON.stringify(resumed.snapshot().agent)).optimizer.steps),
  });
  assertEquals(run.replayLostAt, [100]);
  const first = gradientSteps[0]!;
  // 40 steps give 38 three-step returns, more at the ends of episodes: what there is at the 40th step of a run.
  const resumedAt = 101 + gradientSteps.findIndex((steps) => steps > first);
  assert(resumedAt >= 138 && resumedAt <= 140, String(resumedAt));
  const leavings = await leavingsOf(settings, bytes);
  assertEquals(leavings.summary["replay_lost_at"], [100]);
});

Deno.test("equal runs give equal checkpoints, and another seed another", async () => {
  const checkpointOf = async (settings: Settings) => (await leavingsOf(settings, undefined)).checkpoint;
  const settings = small("dqn", "CartPole-v1", { steps: 60 });
  const checkpoint = await checkpointOf(settings);
  assertEquals(await checkpointOf({ ...settings, kernel: "reference" }), checkpoint);
  assertEquals(await checkpointOf({ ...settings, stopAtReturn: 1e9 }), checkpoint);
  const other = await checkpointOf({ ...settings, seed: 4 });
  assert(JSON.stringify([...other!]) !== JSON.stringify([...checkpoint!]));
});

async function checkpointOf(settings: Settings): Promise<Uint8Array> {
  const { checkpoint } = await leavingsOf(settings, undefined);
  assert(checkpoint !== undefined);
  return checkpoint;
}

Deno.test("a checkpoint is a safetensors file that names its format", async () => {
  const settings = small("dqn", "CartPole-v1", { steps: 100, nStep: 1 });
  const { tensors, metadata } = decodeSafetensors(await checkpointOf(settings));
  const { snapshot: _, sha256, version: __, ...rest } = metadata;
  assertEquals(sha256?.length, 64);
  assertEquals({ ...rest, settings: undefined }, {
    format: "bellman checkpoint",
    format_version: "1",
    replay: "full",
    settings: undefined,
  });
  assertEquals(JSON.parse(rest["settings"]!).learningStarts, 40);
  const shapes = Object.fromEntries(
    tensors.map(({ name, data }) => [name, [data.constructor.name, data.length]]),
  );
  assertEquals(shapes["agent.replayBuffer.columns.observations"], ["Float32Array", 400]);
  assertEquals(shapes["agent.replayBuffer.columns.actions"], ["Int32Array", 100]);
  assertEquals(shapes["agent.replayBuffer.columns.steps"], ["Uint16Array", 100]);
  assertEquals(shapes["evaluations.step"], ["Float64Array", 1]);
});

Deno.test("settings in which a run and a checkpoint disagree are named", async () => {
  const settings = small("dqn", "CartPole-v1", { steps: 60 });
  const checkpoint = await decodeCheckpoint(await checkpointOf(settings));
  assertEquals(disagreements(settings, checkpoint), []);
  const budget: Settings = { ...settings, steps: 70, episodes: 5, stopAtReturn: 3, kernel: "reference" };
  assertEquals(disagreements(budget, checkpoint), []);
  assertEquals(disagreements({ ...settings, gamma: 0.5, hidden: [9, 9] }, checkpoint), [
    "hidden ([9,9], in the checkpoint [9])",
    "gamma (0.5, in the checkpoint 0.995)",
  ]);
  // A learning rate that falls until the last step makes the number of steps part of what a run is.
  const falling = small("q-learning", "Taxi-v4", { learningRate: 0.5, learningRateEnd: 0.1, steps: 60 });
  const earlier = await decodeCheckpoint(await checkpointOf(falling));
  assertEquals(disagreements({ ...falling, steps: 70, episodes: 9 }, earlier), [
    "steps (70, in the checkpoint 60)",
  ]);
  const fallen = { ...falling, learningRateSteps: 40 };
  assertEquals(
    disagreements({ ...fallen, steps: 70 }, await decodeCheckpoint(await checkpointOf(fallen))),
    [],
  );
});

/** The same file with other content, and a fingerprint that is right or not. */
async function forged(bytes: Uint8Array, change: (content: Safetensors) => void, rightDigest = true) {
  const content = decodeSafetensors(bytes);
  change(content);
  content.metadata["sha256"] = "0".repeat(64);
  const file = encodeSafetensors(content);
  if (!rightDigest) return file;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  const text = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  file.set(new TextEncoder().encode(text), 8 + '{"__metadata__":{"sha256":"'.length);
  return file;
}

Deno.test("checkpoints that are damaged, of another kind or of another version are refused by name", async () => {
  const bytes = await checkpointOf(small("dqn", "CartPole-v1", { steps: 60 }));
  const refused = async (file: Uint8Array, message: string) => {
    const error = await assertRejects(() => decodeCheckpoint(file), SyntaxError);
    assertStringIncludes(error.message, message);
  };
  assertEquals(await forged(bytes, () => {}), bytes); // the forger knows the form
  const flipped = bytes.slice();
  flipped[bytes.length - 9]! ^= 1;
  await refused(flipped, "it is damaged: its SHA-256 must be");
  await refused(await forged(bytes, () => {}, false), "it is damaged");
  await refused(bytes.subarray(0, bytes.length - 1), "must lie in bytes");
  await refused(new Uint8Array(0), "at least 8 bytes");
  const older = await forged(bytes, ({ metadata }) => metadata["format_version"] = "0");
  await refused(older, "its format_version must be 1, got 0 (written by version 0.");
  const newer = await forged(bytes, ({ metadata }) => metadata["format_version"] = "2");
  await refused(newer, "its format_version must be 1, got 2");
  const policy = encodeSafetensors({ tensors: [], metadata: { env: "CartPole-v1", snapshot: "{}" } });
  await refused(policy, 'its format must be "bellman checkpoint", got undefined');
  await refused(encodeSafetensors({ tensors: [], metadata: {} }), "must have a snapshot");
  const noSettings = await forged(bytes, ({ metadata }) => metadata["settings"] = "{");
  await refused(noSettings, "its settings must be JSON");
});

Deno.test("parts of a checkpoint that are missing or do not fit are refused, even under a right fingerprint", async () => {
  const settings = small("prioritized-dqn", "CartPole-v1", { steps: 130 });
  const bytes = await checkpointOf(settings);
  const edited = (edit: (text: string) => string) =>
    forged(bytes, ({ metadata }) => metadata["snapshot"] = edit(metadata["snapshot"]!));
  const restore = async (file: Uint8Array) => prepareRun(settings, (await decodeCheckpoint(file)).snapshot);
  await restore(bytes);
  const cases: [string, string | RegExp, string][] = [
    ['"step":"130"', /"step":130/, "step must be a number"],
    ['"step":1.5', /"step":130/, "step must be a whole number"],
    ['"next":"never"', /"next":"\w+"/, "next must be one of step, episode, evaluation, reset"],
    ['"added":1e99', /"added":130/, "added must be a whole number"],
    ['"added":131', /"added":130/, "observations must have 524 elements, got 520"],
    ['"capacity":1e9', /"capacity":150/, "capacity must be 150"],
    ['"hidden":[10]', /"hidden":\[9\]/, "the network must be 4-9-2"],
    ['{"$tensor":"no"}', /\{"\$tensor":"agent.onlineParameters"\}/, "holds no $tensor"],
    ['"x"', /\{"\$tensor":"agent.onlineParameters"\}/, "onlineParameters must be a Float32Array"],
    [
      '"onlineParameters":{"$tensor":"agent.replayBuffer.columns.rewards"}',
      /"onlineParameters":\{[^}]*\}/,
      "onlineParameters must have",
    ],
    [
      '"actions":{"$tensor":"agent.replayBuffer.columns.rewards"}',
      /"actions":\{"\$tensor"[^}]*\}/,
      "actions must be an Int32Array",
    ],
    ['"phase":"odd"', /"phase":"\w+"/, "phase must be"],
    ['"increment":[1,2]', /"increment":\[[^\]]*\]/, "increment must be odd"],
    ['"shape":[1]', /"shape":\[4,9\]/, "its policy must be"],
    ['"words":[1]', /"words":\[[^\]]*\]/, "must hold 8 words"],
    ['"largest":-1', /"largest":[\d.]+/, "largest must be finite and from 1"],
    ['"isComplete":1', /"isComplete":true/, "isComplete must be true or false"],
  ];
  for (const [after, before, message] of cases) {
    const file = await edited((text) => {
      assert(text.search(before) >= 0, String(before));
      return text.replace(before, () => after);
    });
    const error = await assertRejects(() => restore(file), Error, undefined, after);
    assertStringIncludes(error.message, message);
  }
  const shorter = await forged(bytes, ({ tensors }) => {
    const column = tensors.find(({ name }) => name === "episodes.return")!;
    [column.shape, column.data] = [[1], new Float64Array(1)];
  });
  await assertRejects(() => decodeCheckpoint(shorter), TypeError, "all columns of episodes");
});

Deno.test("a run has no snapshot before its first step and after its last", async () => {
  const prepared = prepareRun(small("dqn", "CartPole-v1", { steps: 60 }));
  assertThrows(() => prepared.snapshot(), Error, "it must have yielded a record, got none");
  await prepared.start();
  assertThrows(() => prepared.snapshot(), Error, "its training must not have ended");
});
