import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { NO_SEAL, sealOf, setSeal } from "../../scripts/run/seal.ts";
import { addOnnxMetadata, decodeOnnx, encodeOnnx } from "../../nn/mod.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { REFUSED, SLOW, TWO_OUTPUTS, UNFIT } from "../nn/onnx/_hostile_models.ts";
import { ARCHITECTURES, randomPolicy } from "../nn/onnx/_policies.ts";
import { pytorchModel } from "../nn/onnx/_pytorch_models.ts";
import { inFolder, runScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

Deno.test("evaluate plays the policy that train kept, the same one every time", () =>
  inFolder(async (cwd) => {
    const short = [
      "--agent",
      "double-dqn",
      "--steps",
      "1500",
      "--eval-interval",
      "500",
      "--eval-episodes",
      "5",
      "--hidden",
      "16,8",
      "--skip-pictures",
    ];
    await runScript("train.ts", [...short, "--out", "run"], { cwd });
    const options = { cwd, permissions: ["--allow-read"] };
    const first = await runScript("evaluate.ts", ["run", "--episodes", "7", "--json"], options);
    assertEquals([first.code, first.stderr], [0, ""]);
    const result = JSON.parse(first.stdout);
    assertEquals(result.episodes, 7);
    assertEquals(await runScript("evaluate.ts", ["--json", "run", "--episodes=7"], options), first);
    await Deno.rename(`${cwd}/run`, `${cwd}/007`);
    assertEquals(await runScript("evaluate.ts", ["--episodes", "7", "--json", "007"], options), first);
    await Deno.rename(`${cwd}/007`, `${cwd}/run`);
    const other = await runScript(
      "evaluate.ts",
      ["run", "--episodes", "7", "--seed", "5", "--json"],
      options,
    );
    assertEquals(JSON.parse(other.stdout).mean === result.mean, false);
    const text = await runScript("evaluate.ts", ["run", "--episodes", "7"], options);
    assertStringIncludes(text.stdout, `mean ${result.mean.toFixed(1)}, std ${result.std.toFixed(1)}`);
  }));

Deno.test("evaluate plays a random agent's run at random", () =>
  inFolder(async (cwd) => {
    const args = ["--agent", "random", "--steps", "100", "--eval-episodes", "2", "--out", "run"];
    await runScript("train.ts", args, { cwd });
    const { code, stdout } = await runScript("evaluate.ts", ["run", "--episodes", "3"], { cwd });
    assertEquals(code, 0);
    assertStringIncludes(stdout, "CartPole-v1, random, 3 episodes");
  }));

Deno.test("an ONNX file plays as the run that it is of, computed by us or by ONNX Runtime", () =>
  inFolder(async (cwd) => {
    const options = { cwd, permissions: ["--allow-read"] };
    const short = ["--steps", "1200", "--eval-episodes", "2", "--hidden", "16", "--skip-pictures"];
    for (
      const run of [
        ["--agent", "rainbow", "--seed", "3"],
        ["--env", "MountainCar-v0", "--normalize", "statistics"],
        ["--env", "Taxi-v4", "--agent", "dueling-dqn"], // with action masks, and observations as vectors
        [
          "--env",
          "FrozenLake-v1",
          "--agent",
          "dqn",
          "--env-options",
          '{"isSlippery":false}',
          "--distribution",
          "qr",
        ],
      ]
    ) {
      await runScript("train.ts", [...short, ...run, "--out", "run", "--overwrite"], { cwd });
      const expected = await runScript("evaluate.ts", ["run", "--episodes", "3", "--json"], options);
      assertEquals([expected.code, expected.stderr], [0, ""]);
      for (const runtime of ["native", "onnxruntime"]) {
        const args = ["--policy", "run/policy.onnx", "--runtime", runtime, "--episodes", "3", "--json"];
        assertEquals(await runScript("evaluate.ts", args, options), expected, run.join(" "));
      }
    }
    Deno.removeSync(`${cwd}/run/config.json`);
    const text = await runScript("evaluate.ts", ["--policy", "run/policy.onnx", "--episodes", "1"], options);
    assertStringIncludes(text.stdout, "FrozenLake-v1, dqn, 1 greedy episode");
  }));

Deno.test("an ONNX file of a program that used the library plays, its observations normalised", () =>
  inFolder(async (cwd) => {
    const policy = randomPolicy({ ...ARCHITECTURES["plain"]!, actionCount: 2 }, { normalized: true });
    Deno.writeFileSync(`${cwd}/a.onnx`, encodeOnnx({ ...policy, metadata: { env: "CartPole-v1" } }));
    const evaluate = async (runtime: string) => {
      const args = ["--policy", "a.onnx", "--runtime", runtime, "--episodes", "5", "--json"];
      const { code, stdout } = await runScript("evaluate.ts", args, { cwd });
      assertEquals(code, 0);
      return JSON.parse(stdout);
    };
    assertEquals(await evaluate("native"), await evaluate("onnxruntime"));
  }));

Deno.test("a policy for images plays on images alone, with the same return in ONNX Runtime", () =>
  inFolder(async (cwd) => {
    const policy = randomPolicy({
      ...ARCHITECTURES["convolution"]!,
      observationLength: 980,
      image: [7, 7, 20],
      byteScale: 1,
      actionCount: 7,
    });
    const env = "MiniGrid-Empty-5x5-v0";
    Deno.writeFileSync(`${cwd}/image.onnx`, encodeOnnx({ ...policy, metadata: { env } }));
    Deno.writeFileSync(
      `${cwd}/vector.onnx`,
      encodeOnnx({ ...randomPolicy(ARCHITECTURES["plain"]!), metadata: {} }),
    );
    const evaluate = (file: string, ...args: string[]) =>
      runScript("evaluate.ts", ["--policy", file, "--episodes", "2", "--json", ...args], { cwd });
    const own = await evaluate("image.onnx");
    assertEquals(own.code, 0, own.stderr);
    assertEquals((await evaluate("image.onnx", "--runtime", "onnxruntime")).stdout, own.stdout);
    const elsewhere = await evaluate("image.onnx", "--env", "CartPole-v1");
    assertEquals(elsewhere.code, 2);
    assertStringIncludes(
      elsewhere.stderr,
      "a policy for CartPole-v1 must take 4 numbers and choose from 2 actions, got images of 7 × 7 × 20 bytes and 7 actions",
    );
    const reverse = await evaluate("vector.onnx", "--env", env);
    assertEquals(reverse.code, 2);
    assertStringIncludes(
      reverse.stderr,
      `a policy for ${env} must take 980 numbers and choose from 7 actions, got 4`,
    );
  }));

Deno.test("an ONNX file plays in the environment that is named, whatever it names itself", () =>
  inFolder(async (cwd) => {
    const policy = randomPolicy({ ...ARCHITECTURES["plain"]!, actionCount: 2 });
    const write = (name: string, metadata: Record<string, string>) =>
      Deno.writeFileSync(`${cwd}/${name}`, encodeOnnx({ ...policy, metadata }));
    const config = JSON.stringify(presetSettings({ env: "CartPole-v1" }));
    write("bare.onnx", {});
    write("named.onnx", { env: "CartPole-v1" });
    write("trained.onnx", { env: "CartPole-v1", config });
    const outputs = new Set<string>();
    for (const file of ["bare.onnx", "named.onnx", "trained.onnx"]) {
      const args = ["--policy", file, "--env", "CartPole-v0", "--episodes", "3", "--seed", "1"];
      const { code, stdout } = await runScript("evaluate.ts", args, { cwd });
      assertEquals(code, 0, file);
      outputs.add(stdout);
    }
    assertEquals(outputs.size, 1);
    assertMatch([...outputs][0]!, /^CartPole-v0, dqn, 3 greedy episodes\n/);
  }));

Deno.test("PyTorch's models are evaluated, recorded and exported, with or without ONNX Runtime", () =>
  inFolder(async (cwd) => {
    const options = { cwd, permissions: ["--allow-read", "--allow-write"] };
    const env = ["--env", "CartPole-v1"];
    for (const name of ["relu1", "convolution", "logits", "action"]) {
      Deno.writeFileSync(`${cwd}/${name}.onnx`, pytorchModel(name));
    }
    const play = async (...args: string[]) => {
      const { code, stdout, stderr } = await runScript(
        "evaluate.ts",
        ["--episodes", "3", "--json", "--policy", ...args],
        options,
      );
      assertEquals(code, 0, stderr);
      return { result: JSON.parse(stdout), said: stderr.trimEnd() };
    };
    const own = await play("relu1.onnx", ...env);
    const rule = "relu1.onnx: the action is the largest of the output 7 (Gemm7_dim_0, 2; float32)";
    assertEquals(own.said, `${rule}, computed by bellman`);
    const other = await play("relu1.onnx", ...env, "--runtime", "onnxruntime");
    assertEquals([other.result, other.said], [own.result, `${rule}, computed by ONNX Runtime`]);
    assertMatch(
      (await play("action.onnx", ...env)).said,
      /: the action is the output actions \(.*; int64\), /,
    );
    const logits = await play("logits.onnx", ...env);
    assertMatch(logits.said, /the largest of the output logits \(.*\), computed by ONNX Runtime$/);
    const convolution = await play("convolution.onnx", ...env);

    // Exported, they name their environment; a multilayer perceptron is as one of this library.
    for (const [name, before] of [["relu1", own], ["convolution", convolution]] as const) {
      const args = ["--policy", `${name}.onnx`, ...env, "--out", `${name}-named.onnx`];
      const { code, stderr } = await runScript("export.ts", args, options);
      assertEquals(code, 0, stderr);
      assertEquals((await play(`${name}-named.onnx`)).result, before.result);
    }
    const exported = decodeOnnx(Deno.readFileSync(`${cwd}/relu1-named.onnx`));
    assertEquals([exported.metadata.env, exported.metadata.action_space], ["CartPole-v1", "Discrete(2)"]);

    const recorded = await runScript("record.ts", [
      "--policy",
      "convolution.onnx",
      ...env,
      "--format",
      "svg",
      "--max-steps",
      "5",
    ], options);
    assertEquals(recorded.code, 0, recorded.stderr);
    assertMatch(recorded.stdout, /^CartPole-v1 played by convolution\.onnx, seed 0: return /);
    assertEquals(Deno.statSync(`${cwd}/convolution.svg`).isFile, true);
  }));

Deno.test("PyTorch's models play with actions in parts, the bins of which follow from their outputs", () =>
  inFolder(async (cwd) => {
    Deno.writeFileSync(`${cwd}/relu1.onnx`, pytorchModel("relu1"));
    const play = async (file: string, ...args: string[]) => {
      const all = ["--episodes", "2", "--json", "--policy", file, ...args];
      const { code, stdout, stderr } = await runScript("evaluate.ts", all, { cwd });
      assertEquals(code, 0, stderr);
      return { result: JSON.parse(stdout), said: stderr.trimEnd() };
    };
    const env = ["--env", "InvertedPendulum-v5"];
    const own = await play("relu1.onnx", ...env);
    const rule =
      "relu1.onnx: each part of the action is the largest of its values (2) in the output 7 (Gemm7_dim_0, 2; float32)";
    assertEquals(own.said, `${rule}, computed by bellman`);
    const other = await play("relu1.onnx", ...env, "--runtime", "onnxruntime");
    assertEquals([other.result, other.said], [own.result, `${rule}, computed by ONNX Runtime`]);
    const args = ["--policy", "relu1.onnx", ...env, "--out", "named.onnx"];
    assertEquals((await runScript("export.ts", args, { cwd })).code, 0);
    assertEquals((await play("named.onnx")).result, own.result);
    assertEquals(decodeOnnx(Deno.readFileSync(`${cwd}/named.onnx`)).architecture.actionParts, [2]);
    for (const config of ["lr: 0.1", `{"lr":0.1,"env":"gym"}`, "[1]"]) {
      Deno.writeFileSync(`${cwd}/theirs.onnx`, addOnnxMetadata(pytorchModel("relu1"), { config }));
      assertEquals((await play("theirs.onnx", ...env)).result, own.result);
    }
  }));

Deno.test("a model that cannot play, or not so, gives exit code 2 and one line that says why", () =>
  inFolder(async (cwd) => {
    const write = (name: string, bytes: Uint8Array) => Deno.writeFileSync(`${cwd}/${name}.onnx`, bytes);
    for (const name of ["relu1", "convolution"]) write(name, pytorchModel(name));
    write("two", TWO_OUTPUTS);
    write("loop", REFUSED["a loop"]![0]);
    write("unknown", UNFIT["an unknown operator"]![0]);
    write("slow", SLOW["hours of loading"]!);
    const on = (file: string, env = "CartPole-v1") => ["--policy", `${file}.onnx`, "--env", env];
    const bad: [script: string, args: string[], message: string][] = [
      ["evaluate.ts", ["--policy", "relu1.onnx"], "its metadata must have an env, or --env must be given"],
      [
        "evaluate.ts",
        on("relu1", "Acrobot-v1"),
        "Cannot play relu1.onnx: a policy for Acrobot-v1 must take 6 numbers, this one takes obs (n, 4; float32)",
      ],
      [
        "evaluate.ts",
        [...on("convolution"), "--runtime", "native"],
        "must have one of the operators Add, Cast, Flatten, Gemm, Identity, MatMul, Relu, got Conv",
      ],
      ["evaluate.ts", on("two"), "the output must be named, one of y (n, 2; float32), y2 (n, 2; float32)"],
      ["evaluate.ts", [...on("two"), "--policy-output", "z"], "the output must be one of y (n, 2; float32)"],
      ["record.ts", on("loop"), "Cannot read loop.onnx: Cannot read ONNX: graph must have no loops, got the"],
      ["evaluate.ts", on("unknown"), "Cannot play unknown.onnx: ONNX Runtime must run it, got: "],
      ["evaluate.ts", on("slow"), "Cannot play slow.onnx: ONNX Runtime must answer within 10 s, got nothing"],
      ["evaluate.ts", ["--policy-output", "y", "run"], "--policy-output needs --policy, got none"],
      ["record.ts", ["run", ...on("relu1")], "one run folder or --policy must be given, got both"],
      ["export.ts", on("relu1"), "--policy needs --out and no run folder, got no --out"],
      ["export.ts", [...on("relu1"), "--out", "x.zip"], "--out must end in .onnx, got x.zip"],
    ];
    for (const [script, args, message] of bad) {
      const { code, stdout, stderr } = await runScript(script, args, { cwd });
      assertEquals([code, stdout], [2, ""], args.join(" "));
      const lines = stderr.trimEnd().split("\n");
      assertStringIncludes(lines.at(-1)!, message);
      assertEquals(lines.filter((line) => line.startsWith("error: ")).length, 1, stderr);
    }
  }));

Deno.test("a bad ONNX file gives exit code 2 and one clear line", () =>
  inFolder(async (cwd) => {
    const policy = randomPolicy({ ...ARCHITECTURES["plain"]!, actionCount: 2 });
    const write = (name: string, metadata: Record<string, string>) =>
      Deno.writeFileSync(`${cwd}/${name}`, encodeOnnx({ ...policy, metadata }));
    write("good.onnx", { env: "CartPole-v1" });
    write("nowhere.onnx", {});
    write("unknown.onnx", { env: "CartPole-v9" });
    write("other.onnx", { env: "MountainCar-v0" });
    write("table.onnx", { env: "Blackjack-v1" });
    write("config.onnx", { env: "CartPole-v1", config: "{" });
    write("setting.onnx", { env: "CartPole-v1", config: '{"speed":9}' });
    Deno.writeTextFileSync(`${cwd}/text.onnx`, "no policy");
    const bad: [string[], string][] = [
      [["--policy", "missing.onnx"], "Cannot read missing.onnx"],
      [["--policy", "text.onnx"], "Cannot read text.onnx: Cannot read ONNX: model"],
      [
        ["--policy", "nowhere.onnx"],
        "Cannot play nowhere.onnx: its metadata must have an env, or --env must be given, got none",
      ],
      [["--policy", "unknown.onnx"], "got CartPole-v9 (did you mean CartPole-v"],
      [["--policy", "other.onnx"], "must take 2 numbers and choose from 3 actions, got 4 and 2"],
      [
        ["--policy", "table.onnx"],
        "a policy for Blackjack-v1 must take 45 numbers and choose from 2 actions, got 4 and 2",
      ],
      [["--policy", "config.onnx"], "Cannot read config.onnx: the config in its metadata must be JSON"],
      [["--policy", "setting.onnx"], "unknown setting speed"],
      [["--policy", "good.onnx", "--runtime", "webgpu"], "--runtime must be one of native, onnxruntime"],
      [["--policy", "good.onnx", "--env", "CartPol-v0"], "got CartPol-v0 (did you mean CartPole-v0?)"],
      [
        ["--policy", "good.onnx", "--env", "Acrobot-v1"],
        "must take 6 numbers and choose from 3 actions, got 4 and 2",
      ],
      [["--policy", "good.onnx", "run"], "one run folder or --policy must be given, got 2"],
      [["run", "--runtime", "native"], "--runtime needs --policy, got none"],
    ];
    await assertRefusals("evaluate", bad, { cwd });
  }));

/** The same file with NaN as its last element, sealed anew or not. */
function spoil(policy: Uint8Array, isSealed: boolean): Uint8Array {
  const bytes = policy.slice();
  new DataView(bytes.buffer).setFloat32(bytes.length - 4, NaN, true);
  if (!isSealed) return bytes;
  setSeal(bytes, NO_SEAL);
  setSeal(bytes, sealOf(bytes));
  return bytes;
}

Deno.test("bad input gives exit code 2 and one clear line", () =>
  inFolder(async (cwd) => {
    await runScript(
      "train.ts",
      ["--steps", "1000", "--eval-episodes", "1", "--hidden", "8", "--out", "run"],
      { cwd },
    );
    const policy = Deno.readFileSync(`${cwd}/run/policy.safetensors`);
    const config = Deno.readTextFileSync(`${cwd}/run/config.json`);
    const copy = (name: string, changed: { policy?: Uint8Array; config?: string }) => {
      Deno.mkdirSync(`${cwd}/${name}`);
      Deno.writeFileSync(`${cwd}/${name}/policy.safetensors`, changed.policy ?? policy);
      Deno.writeTextFileSync(`${cwd}/${name}/config.json`, changed.config ?? config);
    };
    copy("cut", { policy: policy.slice(0, 40) });
    copy("other", { config: config.replace('"CartPole-v1"', '"MountainCar-v0"') });
    copy("wide", { config: JSON.stringify({ ...JSON.parse(config), hidden: [9] }) });
    copy("spoiled", { policy: spoil(policy, true) });
    copy("damaged", { policy: spoil(policy, false) });
    copy("huge", { config: JSON.stringify({ ...JSON.parse(config), hidden: [1e6, 1e6] }) });
    copy("double", { config: config.replace('"dqn"', '"double-dqn"') });
    copy("text", { config: "nothing" });
    Deno.mkdirSync(`${cwd}/empty`);
    const bad: [string[], string][] = [
      [[], "one run folder or --policy must be given, got 0"],
      [["run", "run"], "one run folder or --policy must be given, got 2"],
      [["missing"], "Cannot read missing/config.json"],
      [["empty"], "Cannot read empty/config.json"],
      [["text"], "Cannot read text/config.json: it must be JSON"],
      [["cut"], "Cannot read cut/policy.safetensors: Cannot read safetensors: the header must fit"],
      [["other"], "its env must be the run's, MountainCar-v0, got CartPole-v1"],
      [["double"], "its agent must be the run's, double-dqn, got dqn"],
      [["spoiled"], "every weight must be finite, got others in layers.1.bias"],
      [["damaged"], "damaged/policy.safetensors: it is damaged: its SHA-256 must be"],
      [["huge"], "it must have the 1000012000002 parameters that config.json asks for, got 74"],
      [["wide"], "tensor 0 must be layers.0.weight (4, 9), got layers.0.weight (4, 8)"],
      [["run", "--episodes", "0"], "--episodes must be a whole number from 1, got 0"],
      [["run", "--seed", "-1"], "--seed must be a whole number from 0, got -1"],
      [["run", "--episods", "3"], "unknown flag --episods (did you mean --episodes?)"],
    ];
    await assertRefusals("evaluate", bad, { cwd });
  }));
