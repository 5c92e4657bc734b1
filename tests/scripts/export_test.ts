import { assertEquals } from "@std/assert";
import { decodeOnnx, decodeSafetensors } from "../../nn/mod.ts";
import { filesBelow, inFolder, runScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

const SHORT = ["--steps", "1000", "--eval-episodes", "1", "--hidden", "8", "--skip-pictures"];

Deno.test("export writes the same file as train, to any path", () =>
  inFolder(async (cwd) => {
    await runScript("train.ts", [...SHORT, "--seed", "5", "--out", "run"], { cwd });
    const own = Deno.readFileSync(`${cwd}/run/policy.onnx`);
    Deno.removeSync(`${cwd}/run/policy.onnx`);
    const outcome = (stdout: string) => ({ code: 0, stdout, stderr: "" });
    assertEquals(await runScript("export.ts", ["run"], { cwd }), outcome("run/policy.onnx\n"));
    assertEquals(await runScript("export.ts", ["run", "--out", "a.onnx"], { cwd }), outcome("a.onnx\n"));
    for (const file of ["run/policy.onnx", "a.onnx"]) assertEquals(Deno.readFileSync(`${cwd}/${file}`), own);

    const { tensors, metadata, producer } = decodeOnnx(own);
    const { name, version } = JSON.parse(Deno.readTextFileSync(new URL("../../deno.json", import.meta.url)));
    assertEquals(tensors, decodeSafetensors(Deno.readFileSync(`${cwd}/run/policy.safetensors`)).tensors);
    assertEquals(producer, { name, version });
    const { config = "", ...rest } = metadata;
    assertEquals(rest, {
      env: "CartPole-v1",
      observation_space: "Box([-4.8 -inf -0.41887903 -inf], [4.8 inf 0.41887903 inf], (4,), float32)",
      action_space: "Discrete(2)",
      observation_names:
        '["cart position (m)","cart velocity (m/s)","pole angle (rad)","pole angular velocity (rad/s)"]',
      action_meanings: '["push left","push right"]',
      agent: "dqn",
      step: "1000",
      version,
    });
    const { kernel: _, ...settings } = JSON.parse(Deno.readTextFileSync(`${cwd}/run/config.json`));
    assertEquals(JSON.parse(config), settings);
  }));

Deno.test("export writes the weights for PyTorch, too", () =>
  inFolder(async (cwd) => {
    await runScript(
      "train.ts",
      [...SHORT, "--layer-norm=false", "--normalize", "statistics", "--out", "run"],
      { cwd },
    );
    const { code, stdout } = await runScript("export.ts", ["run", "--format", "pytorch"], { cwd });
    assertEquals([code, stdout], [0, "run/policy-pytorch.safetensors\n"]);
    const { metadata, tensors } = decodeSafetensors(
      Deno.readFileSync(`${cwd}/run/policy-pytorch.safetensors`),
    );
    const { architecture, normalization } = decodeOnnx(Deno.readFileSync(`${cwd}/run/policy.onnx`));
    assertEquals(tensors.map(({ name, shape }) => `${name} (${shape})`), [
      "0.weight (8,4)",
      "0.bias (8)",
      "2.weight (2,8)",
      "2.bias (2)",
    ]);
    const { mean = "", std = "", architecture: own = "", ...rest } = metadata;
    assertEquals(rest, { format: "pt", env: "CartPole-v1", agent: "dqn" });
    assertEquals([JSON.parse(own), JSON.parse(mean), JSON.parse(std)], [
      architecture,
      [...Float32Array.from(normalization!.mean)],
      [...Float32Array.from(normalization!.std)],
    ]);
  }));

Deno.test("bad input gives exit code 2, one clear line, and no file", () =>
  inFolder(async (cwd) => {
    await runScript("train.ts", [...SHORT, "--out", "run"], { cwd });
    await runScript("train.ts", ["--agent", "random", "--steps", "50", "--out", "random"], { cwd });
    Deno.mkdirSync(`${cwd}/cut`);
    Deno.copyFileSync(`${cwd}/run/config.json`, `${cwd}/cut/config.json`);
    const policy = Deno.readFileSync(`${cwd}/run/policy.safetensors`);
    Deno.writeFileSync(`${cwd}/cut/policy.safetensors`, policy.slice(0, 40));
    Deno.mkdirSync(`${cwd}/wide`);
    Deno.copyFileSync(`${cwd}/run/policy.safetensors`, `${cwd}/wide/policy.safetensors`);
    const config = Deno.readTextFileSync(`${cwd}/run/config.json`);
    Deno.writeTextFileSync(`${cwd}/wide/config.json`, JSON.stringify({ ...JSON.parse(config), hidden: [9] }));
    const before = filesBelow(cwd);
    const bad: [string[], string][] = [
      [[], "one run folder must be given, got 0"],
      [["run", "cut"], "one run folder must be given, got 2"],
      [["missing"], "Cannot read missing/config.json"],
      [["random"], "Cannot export random: the agent must have a network, got random"],
      [["cut"], "Cannot read cut/policy.safetensors: Cannot read safetensors"],
      [["wide"], "tensor layers.0.weight must be of shape (4, 9), got (4, 8)"],
      [["run", "--out", "missing/policy.onnx"], "Cannot save missing/policy.onnx"],
      [["run", "--out", "policy.safetensors"], "--out must end in .onnx, got policy.safetensors"],
      [["run", "--format", "pytorch", "--out", "a.onnx"], "--out must end in .safetensors, got a.onnx"],
      [["run", "--format", "keras"], "--format must be one of onnx, pytorch, got keras"],
      [["run", "--out"], "--out must be followed by a value"],
      [["run", "--to", "x"], "unknown flag --to"],
    ];
    await assertRefusals("export", bad, { cwd });
    assertEquals(filesBelow(cwd), before);
  }));
