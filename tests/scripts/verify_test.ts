import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { decodeSafetensors, encodeSafetensors } from "../../nn/mod.ts";
import { NO_SEAL, sealOf, setSeal } from "../../scripts/run/seal.ts";
import { VERSION } from "../../scripts/values/package.ts";
import { encodeCheckpoint } from "../../scripts/run/checkpoint.ts";
import { prepareRun } from "../../scripts/run/run.ts";
import { main as train } from "../../scripts/train.ts";
import { inFolder, runScript } from "./_process.ts";
import { small } from "./_resumption.ts";

const ARGS = ["--hidden", "8", "--batch-size", "8", "--stop-at-return", "none", "--skip-pictures", "--quiet"];
const SHORT = [...ARGS, "--steps", "1100", "--eval-interval", "500", "--eval-episodes", "2"];

const verify = (cwd: string, args: readonly string[]) =>
  runScript("verify.ts", args, { cwd, permissions: ["--allow-read"] });

/** The names of what came out different. */
async function differences(cwd: string, folder: string, args: readonly string[] = []): Promise<string[]> {
  const { code, stdout, stderr } = await verify(cwd, [folder, "--json", ...args]);
  // What was changed in these two shows in no comparison, or not as what it is.
  assertMatch(stderr, /^(warning: x\/(config|summary)\.json has changed since it was saved[^\n]*\n)*$/);
  const { same, comparisons } = JSON.parse(stdout);
  assertEquals(code, same ? 0 : 1);
  return comparisons.flatMap((item: { name: string; same: boolean }) => item.same ? [] : [item.name]);
}

Deno.test("a run is repeated with the same results", () =>
  inFolder(async (cwd) => {
    await train([...SHORT, "--out", `${cwd}/x`]);
    const { code, stdout, stderr } = await verify(cwd, ["x"]);
    assertEquals([code, stderr], [0, ""]);
    for (const name of ["env_steps", "weights_sha256", "trajectory_sha256", "episodes.csv", "policy.onnx"]) {
      assertStringIncludes(stdout, `same       ${name} `);
    }
    assertStringIncludes(stdout, "same: all 18 of x\n");
    assertEquals(await differences(cwd, "x", ["--kernel", "reference"]), []);
    assertEquals((await verify(cwd, ["x", "--quiet"])).stdout, "");
  }));

Deno.test("so does a run that was resumed, of any agent, with or without replay buffers in its checkpoints", () =>
  inFolder(async (cwd) => {
    const table = [
      "--agent",
      "q-learning",
      "--env",
      "FrozenLake-v1",
      "--steps",
      "500",
      "--quiet",
      "--skip-pictures",
    ];
    await train([...table, "--out", `${cwd}/table`]);
    assertEquals(await differences(cwd, "table"), []);
    await train([
      "--agent",
      "random",
      "--steps",
      "500",
      "--quiet",
      "--skip-pictures",
      "--out",
      `${cwd}/random`,
    ]);
    assertEquals(await differences(cwd, "random"), []);
    await train([...SHORT, "--out", `${cwd}/x`]);
    const more = ["--steps", "1300", "--skip-pictures", "--quiet"];
    await train(["--resume", `${cwd}/x`, ...more, "--checkpoint-replay", "none"]);
    assertEquals(await differences(cwd, "x"), []);
  }));

Deno.test("differences are named, and so are missing files", () =>
  inFolder(async (cwd) => {
    await train([...SHORT, "--out", `${cwd}/x`]);
    const edit = (file: string, change: (text: string) => string) =>
      Deno.writeTextFileSync(`${cwd}/x/${file}`, change(Deno.readTextFileSync(`${cwd}/x/${file}`)));
    edit("episodes.csv", (text) => text.replace("1,", "2,"));
    edit("summary.json", (text) =>
      text.replace(/("weights_sha256": ")./, "$1x").replace(/"mean": /, '"mean": 1'));
    Deno.removeSync(`${cwd}/x/policy.onnx`);
    Deno.writeTextFileSync(`${cwd}/x/checkpoint.safetensors`, "no checkpoint");
    const names = [
      "weights_sha256",
      "evaluation.mean",
      "episodes.csv",
      "policy.onnx",
      "checkpoint.safetensors",
    ];
    assertEquals(await differences(cwd, "x"), names);
    const { code, stdout } = await verify(cwd, ["x"]);
    assertEquals(code, 1);
    assertStringIncludes(stdout, "DIFFERENT  policy.onnx             none, now ");
    assertStringIncludes(stdout, "DIFFERENT: 5 of 18 of x");
    edit("config.json", (text) =>
      text.replace('"seed": 0', '"seed": 1'));
    assertEquals((await differences(cwd, "x")).includes("trajectory_sha256"), true);
  }));

Deno.test("runs that cannot be repeated are refused in one line", () =>
  inFolder(async (cwd) => {
    await train([...SHORT, "--out", `${cwd}/x`]);
    const summary = JSON.parse(Deno.readTextFileSync(`${cwd}/x/summary.json`));
    const write = (changed: unknown) =>
      Deno.writeTextFileSync(`${cwd}/x/summary.json`, JSON.stringify(changed));
    const refused = async (args: string[], message: string) => {
      const { code, stdout, stderr } = await verify(cwd, args);
      assertEquals([code, stdout, stderr.split("\n").length], [2, "", 2], stderr);
      assertStringIncludes(stderr, message);
    };
    await refused([], "one run folder must be given, got 0");
    await refused(["x", "y"], "one run folder must be given, got 2");
    await refused(["absent"], "Cannot read absent/config.json");
    await refused(["x", "--kernel", "gpu"], "--kernel must be one of simd, reference, or none, got gpu");
    await refused(["x", "--steps", "5"], "unknown flag --steps");
    write({ ...summary, stopped_by: "interrupted", evaluation: null });
    await refused(["x"], "it must have ended, got an interrupted run (continue it with train --resume)");
    write({ ...summary, replay_lost_at: [1_000] });
    await refused(
      ["x"],
      "it cannot be repeated, since it was resumed without its replay buffer at step 1000",
    );
    write([]);
    await refused(["x"], "Cannot read x/summary.json: Cannot read the summary: it must be a JSON object");
    write({ ...summary, evaluation: 7 });
    await refused(["x"], "it must be a JSON object, got 7");
    Deno.removeSync(`${cwd}/x/summary.json`);
    await refused(["x"], "it must have ended, got no summary.json");
  }));

Deno.test("a checkpoint of another version is refused, or gone on with and that is kept", () =>
  inFolder(async (cwd) => {
    const x = `${cwd}/x`;
    await train([...SHORT, "--out", x]);
    const file = `${x}/checkpoint.safetensors`;
    const pretend = (version: string) => {
      const { tensors, metadata } = decodeSafetensors(Deno.readFileSync(file));
      const bytes = encodeSafetensors({ tensors, metadata: { ...metadata, sha256: NO_SEAL, version } });
      setSeal(bytes, sealOf(bytes));
      Deno.writeFileSync(file, bytes);
      Deno.removeSync(`${x}/SHA256SUMS`);
    };
    const more = ["--resume", x, "--quiet", "--skip-pictures", "--steps"];
    pretend("0.0.9");
    await assertRejects(
      () => train([...more, "1200"]),
      Error,
      `its checkpoint must be of version ${VERSION}, since versions may differ in their bits, got 0.0.9 (--other-version`,
    );
    assertEquals(await train([...more, "1200", "--other-version"]), 0);
    const changes = () => JSON.parse(Deno.readTextFileSync(`${x}/summary.json`)).version_changes;
    assertEquals(changes(), [{ step: 1_100, from: "0.0.9" }]);
    // Its own checkpoints are of this version, and remember.
    assertEquals(await train([...more, "1300"]), 0);
    pretend("9.0.0");
    assertEquals(await train([...more, "1400", "--other-version"]), 0);
    assertEquals(changes(), [{ step: 1_100, from: "0.0.9" }, { step: 1_300, from: "9.0.0" }]);
    const { code, stderr } = await verify(cwd, ["x"]);
    assertEquals(code, 2);
    assertStringIncludes(stderr, "several versions trained it: 0.0.9 until step 1100, 9.0.0 until step 1300");
    await assertRejects(() => train(["--other-version"]), Error, "--other-version needs --resume, got none");
  }));

Deno.test("a run resumed without its replay buffer records it in its summary", () =>
  inFolder(async (cwd) => {
    const settings = small("dqn", "CartPole-v1");
    const prepared = prepareRun({ ...settings, steps: 100 });
    await prepared.start({
      onTrained: async () => {
        const bytes = await encodeCheckpoint(settings, prepared.snapshot({ replay: false }));
        Deno.mkdirSync(`${cwd}/x`);
        Deno.writeFileSync(`${cwd}/x/checkpoint.safetensors`, bytes);
      },
    });
    Deno.writeTextFileSync(`${cwd}/x/config.json`, JSON.stringify(settings));
    assertEquals(await train(["--resume", `${cwd}/x`, "--quiet", "--skip-pictures"]), 0);
    const summary = JSON.parse(Deno.readTextFileSync(`${cwd}/x/summary.json`));
    assertEquals([summary.env_steps, summary.replay_lost_at], [240, [100]]);
  }));
