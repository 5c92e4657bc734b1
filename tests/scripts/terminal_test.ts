import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { sourcesOf } from "../_sources.ts";
import { OWN_ENV } from "./_own_env.ts";
import { inFolder, runScript } from "./_process.ts";

const permissions = ["--allow-all"];
/** A title, an empty screen, the same in one byte, and text that runs backwards. */
const EVIL = "\x1b]0;title\x07\x1b[2J\x9b2J\u202e";
const SHOWN = "\\u001b]0;title\\u0007\\u001b[2J\\u009b2J\\u202e";
// deno-lint-ignore no-control-regex
const OBEYED = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

Deno.test("text for people is printed in one place", () => {
  const sources = sourcesOf("scripts/");
  const naming = (what: RegExp) =>
    sources.filter(({ code }) => what.test(code)).map(({ name }) => name).sort();
  assertEquals(naming(/\bconsole\b/), ["scripts/cli/print.ts"]);
  assertEquals(naming(/\bstd(out|err)\.write/), [
    "scripts/cli/terminal_line.ts",
    "scripts/jobs/serve_job.ts", // JSON for a process
    "scripts/play.ts",
    "scripts/sweep/live_table.ts",
  ]);
});

Deno.test("names and reasons from files and environments have nothing that a terminal obeys", () =>
  inFolder(async (cwd) => {
    const env = `./e${EVIL}\n.ts`;
    await Deno.writeTextFile(`${cwd}/${env}`, OWN_ENV);
    const short = ["--steps", "1100", "--eval-episodes", "1", "--hidden", "8", "--skip-pictures", "--quiet"];
    const trained = await runScript("train.ts", [...short.slice(0, -1), "--env", env, "--out", "x"], {
      cwd,
      permissions,
    });
    assertEquals([trained.code, OBEYED.test(trained.stdout + trained.stderr)], [0, false], trained.stderr);
    assertStringIncludes(trained.stdout, `./e${SHOWN}\\n.ts, dqn, seed 0`);
    await Deno.writeTextFile(
      `${cwd}/boom.ts`,
      `throw new Error(${JSON.stringify(`${EVIL}boom`)});`,
    );
    await Deno.writeTextFile(`${cwd}/config.json`, JSON.stringify({ env: `No${EVIL}-v0`, [EVIL]: 1 }));
    await runScript("train.ts", [...short, "--out", "spoiled"], { cwd });
    const summary = JSON.parse(await Deno.readTextFile(`${cwd}/spoiled/summary.json`));
    await Deno.writeTextFile(
      `${cwd}/spoiled/summary.json`,
      JSON.stringify({ ...summary, stopped_by: EVIL, trajectory_sha256: EVIL }),
    );
    for (
      const [script, ...args] of [
        ["evaluate.ts", "x", "--episodes", "1", "--trust-env"],
        ["evaluate.ts", "x"],
        ["record.ts", "x", "--format", "svg", "--trust-env"],
        ["verify.ts", "spoiled"],
        ["verify.ts", "spoiled", "--json"],
        ["plot.ts", "x", "--out", `${EVIL}.svg`],
        ["report.ts", "x", "--out", `${EVIL}.html`],
        ["export.ts", "x", "--trust-env", "--out", `${EVIL}.onnx`],
        ["train.ts", "--env", "./boom.ts"],
        ["train.ts", "--env", EVIL],
        ["train.ts", "--config", "config.json"],
        ["train.ts", `--${EVIL}`],
        ["benchmark.ts", "--envs", EVIL],
        ["play.ts", EVIL],
      ] as const
    ) {
      const { stdout, stderr } = await runScript(script, args, { cwd, permissions });
      const said = stdout + stderr;
      assert(!OBEYED.test(said), `${script}: ${JSON.stringify(said)}`);
      assertStringIncludes(said, "\\u001b[2J", `${script} ${args}`);
    }
  }));
