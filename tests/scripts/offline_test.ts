import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { decodeReplay, encodeReplay, GreedyPolicy, type ReplayRows } from "../../agents/mod.ts";
import { buildWithKernels, decodeOnnx, decodeSafetensors, QNetwork } from "../../nn/mod.ts";
import { UsageError } from "../../scripts/cli/usage_error.ts";
import { sealOf } from "../../scripts/run/seal.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { repeatCommand } from "../../scripts/settings/repeat_command.ts";
import { main as train } from "../../scripts/train.ts";
import { filesBelow, inFolder, runScript } from "./_process.ts";

const QUIET = ["--skip-pictures", "--quiet", "--eval-episodes", "1"];
const SHORT = [...QUIET, "--stop-at-return", "none", "--hidden", "16", "--batch-size", "16"];
const OFFLINE = [...SHORT, "--eval-interval", "100"];

/** Records random play. */
function record(path: string, ...args: readonly string[]): Promise<number> {
  return train([...QUIET, "--agent", "random", "--steps", "400", "--save-buffer", path, ...args]);
}

const rowsOf = (path: string) => decodeReplay(Deno.readFileSync(path));

Deno.test("--save-buffer writes single steps in the environment's own numbers, whatever the agent learns from", () =>
  inFolder(async (cwd) => {
    await record(`${cwd}/random.safetensors`, "--out", `${cwd}/random`);
    const rows = rowsOf(`${cwd}/random.safetensors`);
    assertEquals([rows.observationShape, rows.actionParts, rows.rewards.length], [[4], 0, 400]);
    const { env, agent, format } = rows.metadata;
    assertEquals([env, agent, format], ["CartPole-v1", "random", "bellman replay"]);
    const ends = rows.terminations.reduce((sum, flag) => sum + flag, 0);
    assert(ends > 5 && rows.steps === undefined && new Set(rows.actions).size === 2);
    for (let row = 0; row < 399; row++) {
      if (rows.terminations[row] === 1) continue;
      assertEquals(
        rows.nextObservations.subarray(4 * row, 4 * row + 4),
        rows.observations.subarray(4 * row + 4, 4 * row + 8),
      );
    }
    // DQN's preset sums 20 steps and divides positions by their bounds: at most a last bit is lost.
    const args = [
      ...QUIET,
      "--agent",
      "dqn",
      "--epsilon-start",
      "1",
      "--epsilon-end",
      "1",
      "--steps",
      "1000",
    ];
    const bounds = [
      "--save-buffer",
      `${cwd}/dqn.safetensors`,
      "--out",
      `${cwd}/dqn`,
      "--eval-interval",
      "none",
    ];
    const free = ["--stop-at-return", "none"];
    await train([...args, ...bounds, ...free]);
    await train([...args, ...free, "--normalize", "none", "--eval-interval", "none", "--n-step", "1"].concat(
      ["--save-buffer", `${cwd}/plain.safetensors`, "--out", `${cwd}/plain`],
    ));
    const [normalized, plain] = [rowsOf(`${cwd}/dqn.safetensors`), rowsOf(`${cwd}/plain.safetensors`)];
    assertEquals(normalized.actions, plain.actions);
    const difference = plain.observations.map((value, i) =>
      Math.abs(value - normalized.observations[i]!) / (Math.abs(value) + 1e-30)
    );
    assert(difference.every((value) => value < 2e-7), `${Math.max(...difference)}`);
  }));

Deno.test("--save-buffer keeps the environments of --envs apart, images as bytes, masks, and actions in parts", () =>
  inFolder(async (cwd) => {
    const save = async (...args: readonly string[]) => {
      await train(
        [...SHORT, "--eval-interval", "none", ...args, "--save-buffer", `${cwd}/x.safetensors`].concat(
          ["--out", `${cwd}/x`, "--overwrite"],
        ),
      );
      const file = Deno.readFileSync(`${cwd}/x.safetensors`);
      await train(
        [...SHORT, "--eval-interval", "none", ...args.filter((arg) => arg !== "--envs" && arg !== "5")]
          .concat(["--from-buffer", `${cwd}/x.safetensors`, "--out", `${cwd}/y`, "--overwrite"]),
      );
      assertEquals(Deno.readFileSync(`${cwd}/y/buffer.safetensors`), file);
      return rowsOf(`${cwd}/x.safetensors`);
    };
    const many = await save("--envs", "5", "--agent", "double-dqn", "--steps", "1000");
    let breaks = 0;
    for (let row = 0; row < 999; row++) {
      const continues = many.nextObservations[4 * row] === many.observations[4 * row + 4];
      if (!continues && many.terminations[row] === 0) breaks++;
    }
    assert(breaks <= 4, `${breaks}`);

    const images = ["--env", "MiniGrid-Empty-5x5-v0", "--agent", "dqn", "--steps", "1000"];
    const grids = await save(...images, "--convolution", "8x3s1");
    assertEquals([grids.observationShape, grids.observations instanceof Uint8Array], [[7, 7, 20], true]);

    const taxi = await save("--env", "Taxi-v4", "--agent", "dqn", "--steps", "1000");
    assertEquals([taxi.observationShape, taxi.actionMasks?.length], [[500], 6000]);

    const parts = ["--env", "LunarLanderContinuous-v3", "--action-parts", "--steps", "1000"];
    const lander = await save(...parts);
    assertEquals([lander.actionParts, lander.actions.length], [2, 2000]);
  }));

Deno.test("an offline run is verified, repeated and resumed to the same bits, without the file that it learned from", () =>
  inFolder(async (cwd) => {
    await record(`${cwd}/r.safetensors`, "--out", `${cwd}/random`);
    const from = ["--from-buffer", `${cwd}/r.safetensors`, "--prioritized", "--n-step", "3"];
    const beta = ["--priority-beta-steps", "300"];
    await train([...OFFLINE, ...from, ...beta, "--steps", "300", "--out", `${cwd}/long`]);
    await train([...OFFLINE, ...from, ...beta, "--steps", "150", "--out", `${cwd}/x`]);
    const config = JSON.parse(Deno.readTextFileSync(`${cwd}/x/config.json`));
    const hash = sealOf(Deno.readFileSync(`${cwd}/r.safetensors`));
    assertEquals([config.bufferSha256, config.episodes], [hash, null]);
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/x/SHA256SUMS`), `${hash}  buffer.safetensors`);
    const summary = JSON.parse(Deno.readTextFileSync(`${cwd}/x/summary.json`));
    assertEquals([summary.env_steps, summary.offline_steps, summary.episodes], [0, 150, 0]);
    // The checkpoint leaves the transitions out.
    const { tensors } = decodeSafetensors(Deno.readFileSync(`${cwd}/x/checkpoint.safetensors`));
    assertEquals(tensors.find(({ name }) => name === "agent.replayBuffer.columns.rewards")?.shape, [0]);

    Deno.removeSync(`${cwd}/r.safetensors`);
    const verified = await runScript("verify.ts", ["x"], { cwd, permissions: ["--allow-read"] });
    assertEquals([verified.code, verified.stderr], [0, ""], verified.stdout);
    assertStringIncludes(verified.stdout, "offline_steps           150");
    const same = (a: string, b: string, ...names: readonly string[]) => {
      for (const name of names) {
        assertEquals(
          Deno.readFileSync(`${cwd}/${a}/${name}`),
          Deno.readFileSync(`${cwd}/${b}/${name}`),
          name,
        );
      }
    };
    await train(["--config", `${cwd}/x/config.json`, ...QUIET, "--out", `${cwd}/again`]);
    same("again", "x", "checkpoint.safetensors", "buffer.safetensors", "policy.onnx", "evaluations.csv");
    await train(["--resume", `${cwd}/x`, "--steps", "300", "--skip-pictures", "--quiet"]);
    same("x", "long", "checkpoint.safetensors", "policy.onnx");
    // Killed before its first checkpoint, it starts again.
    Deno.mkdirSync(`${cwd}/killed`);
    for (const name of ["config.json", "buffer.safetensors"]) {
      Deno.copyFileSync(`${cwd}/again/${name}`, `${cwd}/killed/${name}`);
    }
    await train(["--resume", `${cwd}/killed`, "--skip-pictures", "--quiet"]);
    same("killed", "again", "checkpoint.safetensors");

    Deno.writeFileSync(`${cwd}/again/buffer.safetensors`, new Uint8Array(8));
    for (const script of ["verify.ts", "train.ts"]) {
      const args = script === "verify.ts" ? ["again"] : ["--resume", "again"];
      const { code, stdout, stderr } = await runScript(script, args, { cwd });
      assertEquals([code, stdout], [2, ""], stderr);
    }
    Deno.removeSync(`${cwd}/killed/buffer.safetensors`);
    const missing = await runScript("train.ts", ["--resume", "killed"], { cwd });
    assertEquals(missing.code, 2);
    await assertRejects(
      () => train(["--config", `${cwd}/killed/config.json`, "--out", `${cwd}/no`]),
      UsageError,
      "Cannot learn from ",
    );
  }));

Deno.test("offline runs warn of extrapolation in one line", () =>
  inFolder(async (cwd) => {
    await record(`${cwd}/r.safetensors`, "--out", `${cwd}/random`);
    const args = [
      "--from-buffer",
      "r.safetensors",
      "--steps",
      "64",
      "--eval-episodes",
      "1",
      "--skip-pictures",
    ];
    const { code, stdout, stderr } = await runScript("train.ts", args, { cwd });
    assertEquals([code, stderr.split("\n").length], [0, 2]);
    assertStringIncludes(stderr, "Offline: learns from recorded transitions alone.");
    assertStringIncludes(stdout, "ended       after 64 steps of learning from recorded transitions (steps)");
    const command = repeatCommand({ ...presetSettings({}), bufferSha256: "0".repeat(64) });
    assertEquals(command, "deno task train --config config.json");
  }));

Deno.test("transitions that do not fit, and flags without effect, are refused before anything is written", () =>
  inFolder(async (cwd) => {
    await record(`${cwd}/r.safetensors`, "--out", `${cwd}/random`);
    const rows = rowsOf(`${cwd}/r.safetensors`);
    const write = (name: string, changes: Partial<ReplayRows>) =>
      Deno.writeFileSync(`${cwd}/${name}.safetensors`, encodeReplay({ ...rows, ...changes }));
    const four = { ...rows, observations: rows.observations, rewards: rows.rewards };
    write("action", { actions: rows.actions.map((action) => action + 1) });
    write("parts", { actionParts: 1 });
    write("shape", { observationShape: [2, 2] });
    write("bytes", { observations: new Uint8Array(1600), nextObservations: new Uint8Array(1600) });
    write("steps", { steps: new Uint16Array(400).fill(2) });
    write("anonymous", { ...four, metadata: {} });
    Deno.writeFileSync(
      `${cwd}/short.safetensors`,
      Deno.readFileSync(`${cwd}/r.safetensors`).subarray(0, 999),
    );
    Deno.writeTextFileSync(`${cwd}/text.safetensors`, "observations,actions\n0,1\n");
    Deno.writeTextFileSync(`${cwd}/empty.safetensors`, "");
    const taxi = ["--env", "Taxi-v4", "--agent", "dqn"];
    const bad: [string, string[], string][] = [
      ["missing", [], "Cannot learn from "],
      ["random", [], "Cannot learn from "],
      ["action", [], "actions must be in Discrete(2), got 2 in row "],
      ["parts", [], "actions must be numbers, got rows of 1"],
      ["shape", [], "an observation must be float32 of shape (4), got float32 of shape (2, 2)"],
      ["bytes", [], "an observation must be float32 of shape (4), got uint8 of shape (4)"],
      ["steps", [], "steps must be 1 in each row, got more"],
      ["short", [], "Cannot read safetensors"],
      ["text", [], "Cannot read safetensors"],
      ["empty", [], "the file must have at least 8 bytes, got 0"],
      ["r", ["--env", "Acrobot-v1"], "it must be recorded in Acrobot-v1, got CartPole-v1"],
      [
        "anonymous",
        ["--env", "Acrobot-v1"],
        "an observation must be float32 of shape (6), got float32 of shape (4)",
      ],
      ["anonymous", taxi, "an observation must be float32 of shape (500)"],
      ["r", ["--pixels", "8x8", "--convolution", "2x2s1"], "an observation must be uint8 of shape (8, 8, 1)"],
      ["r", ["--agent", "pqn"], "--from-buffer needs an --agent that uses it, such as dqn, got pqn"],
      ["r", ["--agent", "random"], "--from-buffer needs an --agent that uses it"],
      ["r", ["--env", "FrozenLake-v1"], "--from-buffer needs an --agent that uses it"],
      ["r", ["--envs", "2"], "--envs needs no --from-buffer, got one"],
      ["r", ["--epsilon-end", "0.5"], "--epsilon-end needs no --from-buffer, got one"],
      ["r", ["--buffer-size", "500"], "--buffer-size needs no --from-buffer, got one"],
      ["r", ["--learning-starts", "5"], "--learning-starts needs no --from-buffer, got one"],
      ["r", ["--episodes", "5"], "--episodes needs no --from-buffer, got one"],
      ["r", ["--target-update-episodes", "5"], "needs --target-update-interval, got none"],
      ["r", ["--preset", "lecture"], "--from-buffer, which plays no episodes, needs --"],
      ["r", ["--steps", "none"], "one of --steps and --episodes must be given"],
      [
        "r",
        ["--save-buffer", `${cwd}/y.safetensors`],
        "--save-buffer needs a run that acts, got --from-buffer",
      ],
      ["r", ["--buffer-sha256", "0".repeat(64)], `must be ${"0".repeat(64)}, got `],
      ["r", ["--buffer-sha256", "zero"], "must be 64 hexadecimal digits"],
      ["r", ["--resume", `${cwd}/random`], "--from-buffer must be absent beside --resume"],
    ];
    const before = filesBelow(cwd);
    const refused = async (args: readonly string[], message: string) => {
      await assertRejects(() => train([...QUIET, ...args]), UsageError, message, args.join(" "));
      assertEquals(filesBelow(cwd), before);
    };
    for (const [file, args, message] of bad) {
      const out = args.includes("--resume") ? [] : ["--out", `${cwd}/x`];
      await refused(["--from-buffer", `${cwd}/${file}.safetensors`, ...args, ...out], message);
    }
    const saving: [string[], string][] = [
      [["--save-buffer", `${cwd}/x.npz`], "--save-buffer must end in .safetensors, got "],
      [["--save-buffer", `${cwd}/none/x.safetensors`], "Cannot save "],
      [
        ["--save-buffer", `${cwd}/x.safetensors`, "--env", "FrozenLake-v1"],
        "--save-buffer needs observations that are",
      ],
      [
        ["--save-buffer", `${cwd}/x.safetensors`, "--agent", "random", "--env", "Pendulum-v1"],
        "--save-buffer needs",
      ],
      [["--buffer-sha256", "0".repeat(64)], "--buffer-sha256 needs --from-buffer, got none"],
    ];
    for (const [args, message] of saving) await refused([...args, "--out", `${cwd}/x`], message);
    await refused(
      ["--save-buffer", `${cwd}/x.safetensors`, "--resume", `${cwd}/random`],
      "--save-buffer must be absent beside --resume",
    );
  }));

Deno.test("sweeps and benchmarks refuse recorded transitions", () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/config.json`, JSON.stringify({ bufferSha256: "0".repeat(64) }));
    const rule = "--buffer-sha256 must be none where there is no --from-buffer, as in sweeps and benchmarks";
    const cases: [string, string[], string][] = [
      ["sweep.ts", ["--from-buffer", "x"], "unknown flag --from-buffer"],
      ["sweep.ts", ["--config", "config.json", "--search", "gamma=0.9|0.99"], rule],
      ["benchmark.ts", ["--from-buffer", "x"], "unknown flag --from-buffer"],
    ];
    for (const [script, args, message] of cases) {
      const { code, stderr } = await runScript(script, args, { cwd });
      assertEquals(code, 2, stderr);
      assertStringIncludes(stderr, message);
      assertEquals(filesBelow(cwd), ["config.json"]);
    }
  }));

/** The scripts of the guide by name. */
const SCRIPTS = [
  ...Deno.readTextFileSync(new URL("../../docs/offline.md", import.meta.url))
    .matchAll(/```python\n# (\S+)\n([^]*?)```/g),
].map(([, name, code]) => [name!, code!] as const);

/** CartPole-v1 of `scripts/bench/cart_pole.py` with the interface of Gymnasium that record.py uses. */
const GYMNASIUM = `
import random
from types import SimpleNamespace
from cart_pole import CartPole

class Discrete:
    def __init__(self, n): self.n, self.start, self.random = n, 0, random.Random()
    def seed(self, seed): self.random = random.Random(seed)
    def sample(self): return self.random.randrange(self.n)

class Env(CartPole):
    observation_space, action_space = None, Discrete(2)
    def __init__(self): super().__init__(0)
    def reset(self, seed=None): return super().reset(), {}
    def step(self, action): return *super().step(action), {}

spaces = SimpleNamespace(Discrete=Discrete)
def make(id): return Env()
`;

const PYTHON = ["/usr/bin/python3", "python3"].find((python) => {
  try {
    return new Deno.Command(python, { args: ["-c", "import numpy"] }).outputSync().success;
  } catch {
    return false;
  }
});

Deno.test({
  name: "the guide's scripts read a file of ours, write the same bytes, and record what an agent learns from",
  ignore: PYTHON === undefined,
  fn: () =>
    inFolder(async (cwd) => {
      assertEquals(SCRIPTS.map(([name]) => name), ["replay.py", "record.py"]);
      for (const [name, code] of SCRIPTS) Deno.writeTextFileSync(`${cwd}/${name}`, code);
      Deno.writeTextFileSync(`${cwd}/gymnasium.py`, GYMNASIUM);
      Deno.copyFileSync(new URL("../../scripts/bench/cart_pole.py", import.meta.url), `${cwd}/cart_pole.py`);
      const python = (...args: string[]) => {
        const { success, stdout, stderr } = new Deno.Command(PYTHON!, { args, cwd }).outputSync();
        assert(success, new TextDecoder().decode(stderr));
        return new TextDecoder().decode(stdout);
      };
      const spaces = ["--env", "LunarLanderContinuous-v3", "--action-parts", "--steps", "1000"];
      const taxi = ["--env", "Taxi-v4", "--agent", "dqn", "--steps", "1000"];
      const images = ["--pixels", "8x12", "--agent", "dqn", "--convolution", "2x3s1", "--steps", "1000"];
      for (const args of [spaces, taxi, images]) {
        await train([...SHORT, ...args, "--eval-interval", "none"].concat(
          ["--save-buffer", `${cwd}/x.safetensors`, "--out", `${cwd}/x`, "--overwrite"],
        ));
        assertStringIncludes(
          python("replay.py", "x.safetensors", "copy.safetensors"),
          "rewards float32 (1000,)",
        );
        assertEquals(Deno.readFileSync(`${cwd}/copy.safetensors`), Deno.readFileSync(`${cwd}/x.safetensors`));
      }
      python("record.py", "CartPole-v1", "500", "recorded.safetensors");
      const rows = rowsOf(`${cwd}/recorded.safetensors`);
      assertEquals([rows.metadata, rows.observationShape, rows.rewards.length], [
        { env: "CartPole-v1" },
        [4],
        500,
      ]);
      await train([...OFFLINE, "--steps", "200", "--from-buffer", `${cwd}/recorded.safetensors`].concat(
        ["--n-step", "3", "--out", `${cwd}/run`],
      ));
      assertEquals(rowsOf(`${cwd}/run/buffer.safetensors`), rows);
    }),
});

Deno.test("transitions of an environment that is not here are learned from with its spaces alone", () =>
  inFolder(async (cwd) => {
    const page = Deno.readTextFileSync(new URL("../../docs/offline.md", import.meta.url));
    const [, example] = /```ts\n(\/\/ spaces\.ts[^]*?)```/.exec(page)!;
    Deno.writeTextFileSync(`${cwd}/spaces.ts`, example!);
    // Action 1 is right where the first number is positive.
    const count = 600;
    const observations = Float32Array.from({ length: 3 * count }, (_, i) => (i * 7919 % 201 - 100.5) / 50);
    const actions = Int32Array.from({ length: count }, (_, row) => row * 31 % 7 % 2);
    const isRight = (row: number) => (observations[3 * row]! > 0) === (actions[row] === 1);
    const rows: ReplayRows = {
      ...{ observationShape: [3], actionParts: 0, metadata: {}, observations, actions },
      nextObservations: observations.slice(),
      rewards: Float32Array.from(actions, (_, row) => isRight(row) ? 1 : 0),
      terminations: new Uint8Array(count).fill(1),
      truncations: new Uint8Array(count),
    };
    Deno.writeFileSync(`${cwd}/elsewhere.safetensors`, encodeReplay(rows));
    const flags = [...SHORT, "--steps", "600", "--eval-interval", "none", "--out", `${cwd}/run`];
    await train([...flags, "--from-buffer", `${cwd}/elsewhere.safetensors`, "--env", `${cwd}/spaces.ts`]);
    const { architecture, tensors } = decodeOnnx(Deno.readFileSync(`${cwd}/run/policy.onnx`));
    const policy = buildWithKernels((kernels) =>
      new GreedyPolicy(new QNetwork(architecture, kernels), kernels)
    );
    policy.network.setTensors(tensors);
    for (const x of [-1.5, -1, 1, 1.5]) assertEquals(policy.act(Float32Array.of(x, 0, 0)), x > 0 ? 1 : 0);
  }));
