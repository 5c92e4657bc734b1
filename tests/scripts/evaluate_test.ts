import { assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder, runScript } from "./_process.ts";

Deno.test("evaluate plays the policy that train kept, the same one every time", () =>
  inFolder(async (cwd) => {
    const short = ["--steps", "1500", "--eval-interval", "500", "--eval-episodes", "5", "--hidden", "16,8"];
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
    assertStringIncludes(stdout, "CartPole-v1, random, 3 greedy episodes");
  }));

/** The same file with NaN as its last element. */
function spoil(policy: Uint8Array): Uint8Array {
  const bytes = policy.slice();
  new DataView(bytes.buffer).setFloat32(bytes.length - 4, NaN, true);
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
    copy("spoiled", { policy: spoil(policy) });
    copy("double", { config: config.replace('"dqn"', '"double-dqn"') });
    copy("text", { config: "nothing" });
    Deno.mkdirSync(`${cwd}/empty`);
    const bad: [string[], string][] = [
      [[], "one run folder must be given, got 0"],
      [["run", "run"], "one run folder must be given, got 2"],
      [["missing"], "Cannot read missing/config.json"],
      [["empty"], "Cannot read empty/config.json"],
      [["text"], "Cannot read text/config.json: it must be JSON"],
      [["cut"], "Cannot read cut/policy.safetensors: Cannot read safetensors: the header must fit"],
      [["other"], "its env must be the run's, MountainCar-v0, got CartPole-v1"],
      [["double"], "its agent must be the run's, double-dqn, got dqn"],
      [["spoiled"], "every weight must be finite, got others in layers.1.bias"],
      [["wide"], "tensor 0 must be layers.0.weight (4, 9), got layers.0.weight (4, 8)"],
      [["run", "--episodes", "0"], "--episodes must be a whole number from 1, got 0"],
      [["run", "--seed", "-1"], "--seed must be a whole number from 0, got -1"],
      [["run", "--episods", "3"], "--episods is no flag (did you mean --episodes?)"],
    ];
    for (const [args, message] of bad) {
      const { code, stdout, stderr } = await runScript("evaluate.ts", args, { cwd });
      assertEquals([code, stdout], [2, ""], args.join(" "));
      assertStringIncludes(stderr, message);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    }
  }));
