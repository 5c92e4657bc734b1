import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { CartPole, type Env, registerEnv, Wrapper } from "../../../envs/mod.ts";
import { loadRasterizer } from "../../../scripts/plots/rasterize.ts";
import { drawRun } from "../../../scripts/report/run_pictures.ts";
import { prepareRun } from "../../../scripts/run/run.ts";
import { configJson } from "../../../scripts/run_folder/config_json.ts";
import { episodesCsv, evaluationsCsv, summaryOf } from "../../../scripts/run_folder/run_files.ts";
import { small } from "../_resumption.ts";
import { OWN_ENV } from "../_own_env.ts";
import { filesBelow, inFolder, runScript } from "../_process.ts";

/** CartPole, whose picture cannot be drawn. */
class Dark extends Wrapper<Float32Array, number> {
  readonly observationSpace = this.env.observationSpace;
  readonly actionSpace = this.env.actionSpace;

  constructor(env: Env<Float32Array, number>) {
    super(env, "Dark");
  }

  reset(options?: { seed?: number }) {
    return this.env.reset(options);
  }

  step(action: number) {
    return this.env.step(action);
  }

  override render(): never {
    throw new Error("the lamp is broken");
  }
}
registerEnv({ id: "Dark-v0", maxEpisodeSteps: 100, create: () => new Dark(new CartPole({ id: "Dark-v0" })) });

Deno.test("a picture that fails is reported, and the others are drawn", async () => {
  const settings = small("dqn", "Dark-v0", { steps: 150 });
  const run = await prepareRun(settings).start();
  const texts = {
    "config.json": configJson(settings),
    "summary.json": JSON.stringify(summaryOf(settings, run, 1)),
    "episodes.csv": episodesCsv(run),
    "evaluations.csv": evaluationsCsv(run),
  };
  const complaints: string[] = [];
  const complain = console.error;
  console.error = (text: string) => complaints.push(text);
  try {
    const drawn = await Array.fromAsync(drawRun(settings, run, texts));
    assertEquals(drawn.map(([name]) => name), ["reward.svg", "report.html"]);
  } finally {
    console.error = complain;
  }
  assertEquals(complaints, ["Not drawn: policy.gif: the lamp is broken"]);
});

Deno.test("names that XML cannot hold are drawn all the same, in well-formed files", () =>
  inFolder(async (cwd) => {
    const nasty = OWN_ENV
      .replace('"left", "right"', String.raw`"le\0ft", "ri\ud800ght"`)
      .replace('"position"', String.raw`"posi\x01tion"`)
      .replace("`A walker at", String.raw`"\x1b\ufffe\uffff <&>" + ${"`"}A walker at`);
    assert(nasty.includes(String.raw`\ud800`) && nasty.includes(String.raw`\ufffe`));
    Deno.writeTextFileSync(`${cwd}/my_env.ts`, nasty);
    const permissions = ["--allow-all"];
    const args = [
      "--env",
      "my_env.ts",
      "--steps",
      "1100",
      "--hidden",
      "8",
      "--eval-episodes",
      "2",
      "--out",
      "run",
    ];
    const { code, stderr } = await runScript("train.ts", args, { cwd, permissions });
    assertEquals([code, stderr], [0, ""]);
    const files = filesBelow(`${cwd}/run`);
    for (const file of ["policy.gif", "report.html", "reward.svg"]) {
      assert(files.includes(file), files.join());
    }
    const recorded = await runScript(
      "record.ts",
      ["run", "--env", "my_env.ts", "--format", "svg", "--state-plot", "--max-steps", "20"],
      { cwd, permissions },
    );
    assertEquals([recorded.code, recorded.stderr], [0, ""]);
    const rasterizer = await loadRasterizer();
    for (const file of ["policy.svg", "state.svg", "reward.svg"]) {
      const svg = Deno.readTextFileSync(`${cwd}/run/${file}`);
      assert(rasterizer.png(svg).length > 0, file);
      if (file !== "reward.svg") assertStringIncludes(svg, "\ufffd", file);
    }
    assertMatch(
      Deno.readTextFileSync(`${cwd}/run/report.html`),
      /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]+$/u,
    );
  }));
