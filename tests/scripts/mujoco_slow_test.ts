import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "../../.ci/from_file_url.ts";
import config from "../../deno.json" with { type: "json" };
import { inFolder, runScript } from "./_process.ts";

const SHORT = ["--env", "HalfCheetah-v5", "--env-options", '{"maxEpisodeSteps":100}', "--action-bins", "2"];
const LEARNING = ["--steps", "400", "--learning-starts", "300", "--hidden", "8", "--eval-episodes", "1"];
const TRAIN = [...SHORT, ...LEARNING, "--out", "x", "--skip-pictures"];
const RUNNING = ["--allow-read", "--allow-write", "--allow-run"];

Deno.test("a run on MuJoCo is trained, verified, played, drawn and exported with each task's permissions", () =>
  inFolder(async (cwd) => {
    const done = async (script: string, args: readonly string[], ...permissions: string[]) => {
      const { code, stdout, stderr } = await runScript(script, args, { cwd, permissions });
      assertEquals([code, stderr], [0, ""], script);
      return stdout;
    };
    await done("train.ts", [...TRAIN, "--action-parts", "false"], "--allow-read=x", "--allow-write=x");
    assertMatch(await done("verify.ts", ["x"], "--allow-read=x"), /^same: all \d+ of x$/m);
    assertStringIncludes(
      await done("evaluate.ts", ["x", "--episodes", "1"], "--allow-read=x"),
      "HalfCheetah-v5",
    );
    await done("export.ts", ["x"], "--allow-read=x", "--allow-write=x");
    const args = ["x", "--max-steps", "20", "--format", "svg", "--out", "a.svg"];
    await done("record.ts", args, ...RUNNING);
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/a.svg`), "<svg");
  }));

Deno.test("a run with a part per joint is trained in several environments, verified, played by both runtimes and drawn", () =>
  inFolder(async (cwd) => {
    const done = async (script: string, ...args: string[]) => {
      const permissions = ["--allow-read", "--allow-write", "--allow-run"];
      const { code, stdout, stderr } = await runScript(script, args, { cwd, permissions });
      assertEquals([code, stderr], [0, ""], script);
      return stdout;
    };
    await done("train.ts", ...TRAIN, "--action-parts", "--envs", "2", "--dueling");
    assertMatch(await done("verify.ts", "x"), /^same: all \d+ of x$/m);
    const policy = ["--policy", "x/policy.onnx", "--episodes", "1", "--seed", "7"];
    const played = [
      await done("evaluate.ts", "x", ...policy.slice(2)),
      await done("evaluate.ts", ...policy),
      await done("evaluate.ts", ...policy, "--runtime", "onnxruntime"),
    ];
    assertEquals(new Set(played).size, 1, played.join());
    const other = await runScript("evaluate.ts", [...policy, "--env", "Hopper-v5"], { cwd });
    assertEquals([other.code, other.stdout], [2, ""]);
    assertStringIncludes(
      other.stderr,
      "must take 11 numbers and choose from 2 × 2 × 2 actions in parts, got 17",
    );
    await done("record.ts", "x", "--max-steps", "3", "--format", "svg", "--out", "a.svg");
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/a.svg`), "back thigh");
  }));

Deno.test("workers train on MuJoCo without any permission, with the same results however many", () =>
  inFolder(async (cwd) => {
    const results = [];
    for (const workers of ["1", "2"]) {
      const args = ["--env", "Hopper-v5", "--seeds", "1", "--steps", "1000", "--samples", "500"];
      const { code, stdout, stderr } = await runScript(
        "overestimation.ts",
        [...args, "--workers", workers, "--out", workers, "--json"],
        { cwd, permissions: RUNNING },
      );
      assertEquals([code, stderr], [0, ""]);
      results.push({ ...JSON.parse(stdout), saved_in: "" });
    }
    assertEquals(results[0].values.length, 40);
    assertEquals(results[0], results[1]);
  }));

Deno.test("without the package, an environment on MuJoCo is refused in one line, and others run", () =>
  inFolder(async (cwd) => {
    const links = config.links.map((path) => fromFileUrl(new URL(`../../${path}`, import.meta.url)));
    const imports = { ...config.imports, "@mujoco/mujoco": "npm:@mujoco/mujoco@0.0.1" };
    await Deno.writeTextFile(
      `${cwd}/deno.json`,
      JSON.stringify({ imports, links, unstable: config.unstable }),
    );
    const permissions = [
      "--config",
      `${cwd}/deno.json`,
      "--no-lock",
      "--cached-only",
      "--allow-read",
      "--allow-write",
    ];
    const refused = await runScript("train.ts", ["--env", "Hopper-v5"], { cwd, permissions });
    assertEquals([refused.code, refused.stdout], [2, ""]);
    assertMatch(
      refused.stderr,
      /^error: Cannot load MuJoCo: the package @mujoco\/mujoco must be installed \(deno install\), got [^\n]*\n$/,
    );
    const args = ["--steps", "1000", "--hidden", "8", "--eval-episodes", "1", "--skip-pictures"];
    assertEquals((await runScript("train.ts", args, { cwd, permissions })).code, 0);
  }));
