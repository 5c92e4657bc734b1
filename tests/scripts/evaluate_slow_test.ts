import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { NO_SEAL, sealOf, setSeal } from "../../scripts/run/seal.ts";
import { encodeOnnx } from "../../nn/mod.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { ARCHITECTURES, randomPolicy } from "../nn/onnx/_policies.ts";
import { inFolder, runScript } from "./_process.ts";

Deno.test("evaluate plays the policy that train kept, the same one every time", () =>
  inFolder(async (cwd) => {
    const short = [
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
    for (const [args, message] of bad) {
      const { code, stdout, stderr } = await runScript("evaluate.ts", args, { cwd });
      assertEquals([code, stdout], [2, ""], args.join(" "));
      assertStringIncludes(stderr, message);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    }
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
      [["huge"], "it must have the 1000008000002 parameters that config.json asks for, got 58"],
      [["wide"], "tensor 0 must be layers.0.weight (4, 9), got layers.0.weight (4, 8)"],
      [["run", "--episodes", "0"], "--episodes must be a whole number from 1, got 0"],
      [["run", "--seed", "-1"], "--seed must be a whole number from 0, got -1"],
      [["run", "--episods", "3"], "unknown flag --episods (did you mean --episodes?)"],
    ];
    for (const [args, message] of bad) {
      const { code, stdout, stderr } = await runScript("evaluate.ts", args, { cwd });
      assertEquals([code, stdout], [2, ""], args.join(" "));
      assertStringIncludes(stderr, message);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    }
  }));
