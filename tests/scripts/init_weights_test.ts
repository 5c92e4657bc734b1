import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { decodeSafetensors, encodeSafetensors, pytorchTensors } from "../../nn/mod.ts";
import { UsageError } from "../../scripts/cli/usage_error.ts";
import { sealOf } from "../../scripts/run/seal.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { repeatCommand } from "../../scripts/settings/repeat_command.ts";
import { main as train } from "../../scripts/train.ts";
import { ARCHITECTURES, randomPolicy } from "../nn/onnx/_policies.ts";
import { pytorchModel } from "../nn/onnx/_pytorch_models.ts";
import { filesBelow, inFolder, runScript } from "./_process.ts";

const QUIET = ["--stop-at-return", "none", "--skip-pictures", "--quiet"];
const PLAIN = ["--hidden", "16", "--layer-norm=false"];
const SHORT = [...QUIET, ...PLAIN, "--eval-interval", "none", "--eval-episodes", "1"];
const OPEN = [...SHORT, "--learning-starts", "100", "--batch-size", "8"];
const DQN = [...OPEN, "--steps", "300"];
const PQN = [...SHORT, "--agent", "pqn", "--envs", "4", "--rollout-steps", "16"];

/** Steps so small that they do not change weights. */
const STILL = ["--learning-rate", "1e-30", "--learning-rate-end", "none"];

const tensorsOf = (file: string) => decodeSafetensors(Deno.readFileSync(file)).tensors;

/** PyTorch's model, by the names of its `state_dict()`. */
function stateDict(): Uint8Array<ArrayBuffer> {
  const { architecture } = randomPolicy({ ...ARCHITECTURES["linear"]!, hidden: [16], actionCount: 2 });
  const data = (length: number, seed: number) =>
    Float32Array.from({ length }, (_, i) => ((i + seed) * 7919 % 201 - 100.5) / 150);
  return encodeSafetensors({
    metadata: { format: "pt" },
    tensors: pytorchTensors(architecture, [
      { name: "layers.0.weight", shape: [4, 16], data: data(64, 1) },
      { name: "layers.0.bias", shape: [16], data: data(16, 2) },
      { name: "layers.1.weight", shape: [16, 2], data: data(32, 3) },
      { name: "layers.1.bias", shape: [2], data: data(2, 4) },
    ]).map((tensor) => ({ ...tensor, name: `q_net.${tensor.name}` })),
  });
}

Deno.test("dqn and pqn start from weights of PyTorch or of another run, and save a copy", () =>
  inFolder(async (cwd) => {
    Deno.writeFileSync(`${cwd}/mine.safetensors`, stateDict());
    const start = (file: string, out: string, args: readonly string[] = DQN) =>
      train([...args, ...STILL, "--init-weights", `${cwd}/${file}`, "--out", `${cwd}/${out}`]);
    await start("mine.safetensors", "a");
    const config = JSON.parse(Deno.readTextFileSync(`${cwd}/a/config.json`));
    assertEquals(config.initWeightsSha256, sealOf(stateDict()));
    assertEquals(Deno.readFileSync(`${cwd}/a/init_weights.bin`), stateDict());
    assertStringIncludes(
      Deno.readTextFileSync(`${cwd}/a/SHA256SUMS`),
      `${sealOf(stateDict())}  init_weights.bin`,
    );
    const [weight] = tensorsOf(`${cwd}/a/policy.safetensors`);
    const [, theirs] = decodeSafetensors(stateDict()).tensors.map(({ shape }) => shape);
    assertEquals([weight?.shape, theirs], [[4, 16], [16]]);
    // Row 1 of the transpose is column 1 of PyTorch's.
    const column = decodeSafetensors(stateDict()).tensors[0]!.data.filter((_, i) => i % 4 === 1);
    assertEquals([...weight!.data.slice(16, 32)], [...column]);

    const expected = tensorsOf(`${cwd}/a/policy.safetensors`);
    for (
      const [file, args] of [["policy.onnx", DQN], ["policy.safetensors", [
        ...PQN,
        "--steps",
        "128",
      ]]] as const
    ) {
      await start(`a/${file}`, file, [...args]);
      const got = tensorsOf(`${cwd}/${file}/policy.safetensors`);
      assertEquals(got.map(({ name }) => name), expected.map(({ name }) => name));
      assertEquals(got.map(({ data }) => data), expected.map(({ data }) => data), file);
    }
    await train([...DQN, ...STILL, "--out", `${cwd}/fresh`]);
    assertEquals(filesBelow(`${cwd}/fresh`).includes("init_weights.bin"), false);
    assertEquals(JSON.parse(Deno.readTextFileSync(`${cwd}/fresh/config.json`)).initWeightsSha256, null);
  }));

Deno.test("a report's command names the config.json that has the weights beside it", () => {
  const settings = { ...presetSettings({}), initWeightsSha256: "0".repeat(64) };
  assertEquals(repeatCommand(settings), "deno task train --config config.json");
});

Deno.test("such a run is verified, repeated and resumed anywhere, without the file that it started from", () =>
  inFolder(async (cwd) => {
    Deno.writeFileSync(`${cwd}/mine.onnx`, pytorchModel("relu1"));
    for (const [out, steps] of [["long", "400"], ["before", "300"]] as const) {
      await train([
        ...OPEN,
        "--steps",
        steps,
        "--init-weights",
        `${cwd}/mine.onnx`,
        "--out",
        `${cwd}/${out}`,
      ]);
    }
    Deno.removeSync(`${cwd}/mine.onnx`);
    Deno.renameSync(`${cwd}/before`, `${cwd}/x`);
    const verified = await runScript("verify.ts", ["x"], { cwd, permissions: ["--allow-read"] });
    assertEquals([verified.code, verified.stderr], [0, ""], verified.stdout);

    const same = (a: string, b: string) => {
      for (const name of ["episodes.csv", "policy.onnx", "checkpoint.safetensors", "init_weights.bin"]) {
        assertEquals(
          Deno.readFileSync(`${cwd}/${a}/${name}`),
          Deno.readFileSync(`${cwd}/${b}/${name}`),
          name,
        );
      }
    };
    const config = ["--config", `${cwd}/x/config.json`, "--skip-pictures", "--quiet"];
    await train([...config, "--out", `${cwd}/again`]);
    same("again", "x");
    // A run that was killed before its first checkpoint starts again.
    Deno.mkdirSync(`${cwd}/killed`);
    for (const name of ["config.json", "init_weights.bin"]) {
      Deno.copyFileSync(`${cwd}/x/${name}`, `${cwd}/killed/${name}`);
    }
    await train(["--resume", `${cwd}/killed`, "--skip-pictures", "--quiet"]);
    same("killed", "x");
    await train([...config, "--init-weights-sha256", "none", "--out", `${cwd}/random`]);
    assertEquals(filesBelow(`${cwd}/random`).includes("init_weights.bin"), false);

    Deno.removeSync(`${cwd}/again/init_weights.bin`); // the checkpoint has the weights
    await train(["--resume", `${cwd}/again`, "--steps", "400", "--skip-pictures", "--quiet"]);
    for (const name of ["episodes.csv", "checkpoint.safetensors"]) {
      assertEquals(Deno.readFileSync(`${cwd}/again/${name}`), Deno.readFileSync(`${cwd}/long/${name}`), name);
    }
    const missing = await runScript("verify.ts", ["again"], { cwd });
    assertEquals([missing.code, missing.stdout], [2, ""]);
    assertStringIncludes(missing.stderr, "error: Cannot start from again/init_weights.bin: ");
    Deno.writeFileSync(`${cwd}/x/init_weights.bin`, pytorchModel("relu2"));
    const changed = await runScript("verify.ts", ["x"], { cwd });
    assertEquals(changed.code, 2);
    assertStringIncludes(
      changed.stderr,
      `its SHA-256 must be ${sealOf(pytorchModel("relu1"))}, got ${sealOf(pytorchModel("relu2"))}`,
    );
    await assertRejects(() => train([...config, "--out", `${cwd}/no`]), UsageError, "its SHA-256 must be");
    await assertRejects(
      () => train(["--resume", `${cwd}/x`, "--init-weights", `${cwd}/x/policy.onnx`]),
      UsageError,
      "Cannot resume the run: --init-weights must be absent beside --resume",
    );
  }));

Deno.test("weights that do not fit are refused before anything is written", () =>
  inFolder(async (cwd) => {
    await train([...DQN, "--out", `${cwd}/own`]);
    const spoiled = Deno.readFileSync(`${cwd}/own/policy.safetensors`);
    spoiled[spoiled.length - 2]! ^= 1; // another number
    const nan = decodeSafetensors(stateDict());
    nan.tensors[0]!.data[0] = NaN;
    const files: Record<string, Uint8Array | string> = {
      "mine.safetensors": stateDict(),
      "spoiled.safetensors": spoiled,
      "short.safetensors": stateDict().slice(0, -4),
      "nan.safetensors": encodeSafetensors(nan),
      "short.onnx": pytorchModel("relu1").slice(0, 300),
      "relu1.onnx": pytorchModel("relu1"),
      "relu2.onnx": pytorchModel("relu2"),
      "tanh.onnx": pytorchModel("tanh2"),
      "convolution.onnx": pytorchModel("convolution"),
      "text.txt": "no weights at all",
      "empty": "",
    };
    for (const [name, content] of Object.entries(files)) {
      if (typeof content === "string") Deno.writeTextFileSync(`${cwd}/${name}`, content);
      else Deno.writeFileSync(`${cwd}/${name}`, content);
    }
    const images = [
      ...["--env", "MiniGrid-Empty-5x5-v0", "--agent", "dqn", "--convolution", "minatar"],
      ...["--stop-at-return", "none", "--quiet"],
    ];
    const bad: [string, string[], string][] = [
      ["missing.onnx", DQN, "Cannot start from "],
      ["own", DQN, "it must be a file"],
      ["relu2.onnx", DQN, "there must be 4 tensors, got 6; the file has layers.0.weight (4, "],
      ["relu2.onnx", DQN, "; the network is 4-16-2"],
      [
        "mine.safetensors",
        [...DQN, "--dueling"],
        "; the file has q_net.0.weight (16, 4), q_net.2.weight (2, 16)",
      ],
      ["mine.safetensors", [...DQN, "--dueling"], "; the network is 4-16-2, dueling"],
      [
        "mine.safetensors",
        ["--hidden", "8", "--layer-norm=false", ...QUIET],
        "must be of shape (8, 4) for layers.0.weight, got (16, 4)",
      ],
      ["mine.safetensors", [...DQN, "--env", "Acrobot-v1"], "must be of shape (16, 6) for layers.0.weight"],
      ["relu1.onnx", ["--agent", "pqn", "--hidden", "16", ...QUIET], "the network is 4-16-2, layer norm"],
      ["own/checkpoint.safetensors", DQN, "must have dtype F32"],
      ["spoiled.safetensors", DQN, "it is damaged: its SHA-256 must be "],
      ["short.safetensors", DQN, "Cannot read safetensors"],
      ["nan.safetensors", DQN, "must be finite, got NaN"],
      ["short.onnx", DQN, "Cannot read ONNX"],
      ["tanh.onnx", DQN, "got Tanh"],
      ["text.txt", DQN, "Cannot read ONNX"],
      ["empty", DQN, "Cannot read ONNX"],
      ["convolution.onnx", images, "got Reshape"],
      ["mine.safetensors", images, "there must be 1 convolutions, got 0"],
      [
        "mine.safetensors",
        ["--agent", "random"],
        "--init-weights needs an --agent that uses it, such as dqn, got random",
      ],
      ["mine.safetensors", ["--env", "FrozenLake-v1"], "--init-weights needs an --agent that uses it"],
      [
        "mine.safetensors",
        [...DQN, "--init-weights-sha256", "0".repeat(64)],
        `must be ${"0".repeat(64)}, got `,
      ],
      ["mine.safetensors", [...DQN, "--init-weights-sha256", "zero"], "must be 64 hexadecimal digits"],
    ];
    const before = filesBelow(cwd);
    for (const [file, args, message] of bad) {
      await assertRejects(
        () => train([...args, "--init-weights", `${cwd}/${file}`, "--out", `${cwd}/x`]),
        UsageError,
        message,
        `${file} ${args.join(" ")}`,
      );
      assertEquals(filesBelow(cwd), before);
    }
    await assertRejects(
      () => train([...DQN, "--init-weights-sha256", "0".repeat(64), "--out", `${cwd}/x`]),
      UsageError,
      "Cannot start the run: --init-weights-sha256 needs --init-weights, got none",
    );
  }));

Deno.test("sweeps and benchmarks refuse weights to start from", () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/config.json`, JSON.stringify({ initWeightsSha256: "0".repeat(64) }));
    const rule =
      "--init-weights-sha256 must be none where there is no --init-weights, as in sweeps and benchmarks";
    const cases: [string, string[], string][] = [
      ["sweep.ts", ["--init-weights", "x"], "unknown flag --init-weights"],
      ["sweep.ts", ["--init-weights-sha256", "0".repeat(64)], rule],
      ["sweep.ts", ["--config", "config.json"], rule],
      ["benchmark.ts", ["--init-weights", "x"], "unknown flag --init-weights"],
    ];
    for (const [script, args, message] of cases) {
      const { code, stderr } = await runScript(script, args, { cwd });
      assertEquals(code, 2, stderr);
      assertStringIncludes(stderr, message);
      assertEquals(filesBelow(cwd), ["config.json"]);
    }
  }));
