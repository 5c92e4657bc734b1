import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { LOUD_ENV, OWN_ENV, RAN } from "./_own_env.ts";
import { contentOf, filesBelow, inFolder, type Outcome, runScript } from "./_process.ts";

const permissions = ["--allow-all"];
const SHORT = [
  ...["--steps", "1100", "--epsilon-decay-steps", "500", "--eval-interval", "500", "--eval-episodes", "2"],
  ...["--hidden", "8", "--batch-size", "8", "--skip-pictures"],
];
const RUN = "runs/my_env/dqn-seed0";

const sha256 = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();

/** A project with an environment of its own, and a run in it. */
async function inProject(body: (cwd: string) => Promise<void>, env = LOUD_ENV): Promise<void> {
  await inFolder(async (root) => {
    const cwd = `${root}/project`;
    await Deno.mkdir(`${cwd}/envs`, { recursive: true });
    await Deno.writeTextFile(`${cwd}/envs/my_env.ts`, env);
    const { code, stderr } = await runScript("train.ts", ["--env", "envs/my_env.ts", ...SHORT], {
      cwd,
      permissions,
    });
    assertEquals(code, 0, stderr);
    await body(cwd);
  });
}

function assertRefused({ code, stdout, stderr }: Outcome, texts: readonly string[], what: string): void {
  assertEquals([code, stdout], [2, ""], `${what}: ${stderr}`);
  assertMatch(stderr, /^error: [^\n]*\n$/, what);
  for (const text of texts) assertStringIncludes(stderr, text, what);
}

Deno.test("no run, policy or sweep makes its code run, and each command names the file that it would load", () =>
  inProject(async (cwd) => {
    const swept = [
      "--trials",
      "2",
      "--seeds",
      "1",
      "--rungs",
      "1",
      "--search",
      "gamma=0.9|0.99",
      "--out",
      "s",
    ];
    const sweep = await runScript("sweep.ts", ["--env", "envs/my_env.ts", ...swept, ...SHORT], {
      cwd,
      permissions,
    });
    assertEquals(sweep.code, 0, sweep.stderr);
    await Deno.remove(`${cwd}/s/runs`, { recursive: true });
    const file = `${Deno.realPathSync(cwd)}/envs/my_env.ts`;
    for (
      const [script, ...args] of [
        ["evaluate.ts", RUN],
        ["verify.ts", RUN],
        ["record.ts", RUN, "--format", "svg"],
        ["export.ts", RUN, "--out", "p.onnx"],
        ["train.ts", "--resume", RUN, "--steps", "1200"],
        ["train.ts", "--config", `${RUN}/config.json`],
        ["sweep.ts", "--config", `${RUN}/config.json`, "--rungs", "1"],
        ["sweep.ts", "--resume", "s"],
      ] as const
    ) {
      const what = [script, ...args].join(" ");
      const before = filesBelow(cwd);
      const refused = await runScript(script, args, { cwd, permissions });
      assertRefused(refused, [`Cannot load ${file}: `, "--env", "--trust-env"], what);
      assertEquals(filesBelow(cwd), before, what);
    }
    const policy = await runScript("evaluate.ts", ["--policy", `${RUN}/policy.onnx`], { cwd, permissions });
    assertRefused(policy, ["my_env.ts", "--env"], "--policy");
    // Pictures and reports need none of it.
    for (const [script, out] of [["plot.ts", "p.svg"], ["report.ts", "r.html"]] as const) {
      const { code, stderr } = await runScript(script, [RUN, "--out", out], { cwd, permissions });
      assertEquals([code, stderr], [0, ""], script);
    }
    const loud = await runScript("evaluate.ts", [RUN, "--trust-env"], { cwd, permissions });
    assertEquals([loud.code, loud.stderr], [0, `${RAN}\n`]);
  }));

Deno.test("a run in your own environment can be used from anywhere, and moved together with it", () =>
  inProject(async (cwd) => {
    const config = JSON.parse(await Deno.readTextFile(`${cwd}/${RUN}/config.json`));
    assertEquals([config.env, config.envSha256], ["../../../envs/my_env.ts", await sha256(LOUD_ENV)]);
    const played = async (run: string, args: readonly string[], from: string) => {
      const { code, stdout, stderr } = await runScript("evaluate.ts", [run, "--json", ...args], {
        cwd: from,
        permissions: ["--allow-read"],
      });
      assertEquals(code, 0, stderr);
      return JSON.parse(stdout).mean;
    };
    const mean = await played(RUN, ["--trust-env"], cwd);
    assertEquals(await played(`${cwd}/${RUN}`, ["--trust-env"], "/"), mean);
    assertEquals(await played(".", ["--trust-env"], `${cwd}/${RUN}`), mean);
    // With no more permission than the run and the file itself.
    const least = ["--allow-read=runs,envs/my_env.ts"];
    const args = [RUN, "--json", "--env", "envs/my_env.ts"];
    const narrow = await runScript("evaluate.ts", args, { cwd, permissions: least });
    assertEquals([narrow.stderr, JSON.parse(narrow.stdout || "{}").mean], [`${RAN}\n`, mean]);
    const moved = cwd.replace(/project$/, "elsewhere");
    await Deno.rename(cwd, moved);
    assertEquals(await played(`elsewhere/${RUN}`, ["--trust-env"], `${moved}/..`), mean);
    await Deno.rename(`${moved}/envs/my_env.ts`, `${moved}/renamed.ts`);
    assertEquals(await played(RUN, ["--env", "renamed.ts"], moved), mean);
    const lost = await runScript("evaluate.ts", [RUN, "--trust-env"], { cwd: moved, permissions });
    assertRefused(lost, ["my_env.ts: No such file"], "lost");
    // Nothing of where it was made is in what it holds.
    const verified = await runScript("verify.ts", [RUN, "--env", "renamed.ts"], { cwd: moved, permissions });
    assertEquals(verified.code, 0, verified.stdout);
  }));

Deno.test("a changed environment is refused, unless its SHA-256 is given", () =>
  inProject(async (cwd) => {
    const changed = OWN_ENV + "\n// changed";
    await Deno.writeTextFile(`${cwd}/envs/my_env.ts`, changed);
    const [before, after] = [await sha256(LOUD_ENV), await sha256(changed)];
    const told = [`its SHA-256 must be ${before}, got ${after}`, `--env-sha256 ${after}`];
    for (
      const [script, ...args] of [
        ["evaluate.ts", RUN, "--trust-env"],
        ["evaluate.ts", RUN, "--env", "envs/my_env.ts"],
        ["evaluate.ts", "--policy", `${RUN}/policy.onnx`, "--env", "envs/my_env.ts"],
        ["verify.ts", RUN, "--trust-env"],
        ["export.ts", RUN, "--trust-env"],
        ["train.ts", "--resume", RUN, "--env", "envs/my_env.ts"],
        ["train.ts", "--config", `${RUN}/config.json`, "--trust-env"],
        ["train.ts", "--config", `${RUN}/config.json`, "--env", "envs/my_env.ts"],
      ] as const
    ) {
      assertRefused(await runScript(script, args, { cwd, permissions }), told, [script, ...args].join(" "));
    }
    const given = ["--env", "envs/my_env.ts", "--env-sha256", after];
    const played = await runScript("evaluate.ts", [RUN, ...given], { cwd, permissions });
    assertEquals([played.code, played.stderr], [0, ""]);
    // It is another run now: its checkpoint is not continued.
    const resumed = await runScript("train.ts", ["--resume", RUN, ...given], { cwd, permissions });
    assertRefused(resumed, ["--env-sha256 must be absent"], "--resume");
    const other = await runScript("train.ts", ["--env", "envs/my_env.ts", ...SHORT], { cwd, permissions });
    assertEquals(other.code, 0, other.stderr);
    assertEquals(JSON.parse(await Deno.readTextFile(`${cwd}/${RUN}-2/config.json`)).envSha256, after);
  }));

Deno.test("a run that has no SHA-256 is loaded only by the name of its environment", () =>
  inProject(async (cwd) => {
    const path = `${cwd}/${RUN}/config.json`;
    const { envSha256: _, ...config } = JSON.parse(await Deno.readTextFile(path));
    await Deno.writeTextFile(path, JSON.stringify(config));
    for (const args of [[], ["--trust-env"]]) {
      const refused = await runScript("evaluate.ts", [RUN, ...args], { cwd, permissions });
      assertRefused(refused, ["name the file with --env"], args.join(" "));
    }
    const { code } = await runScript("evaluate.ts", [RUN, "--env", "envs/my_env.ts"], { cwd, permissions });
    assertEquals(code, 0);
  }));

Deno.test("--env with a run names its environment file, and --env-sha256 needs a file", () =>
  inProject(async (cwd) => {
    await runScript("train.ts", [...SHORT, "--out", "cart"], { cwd });
    const hash = await sha256(LOUD_ENV);
    for (
      const [args, text] of [
        [["evaluate.ts", RUN, "--env", "CartPole-v1"], "--env must be a file, as the run's ./my_env.ts"],
        [["evaluate.ts", "cart", "--env", "envs/my_env.ts"], "--env must be the run's, CartPole-v1"],
        [["train.ts", "--env-sha256", hash], "--env-sha256 needs an --env that is a file"],
        [
          ["train.ts", "--env", "envs/my_env.ts", "--env-sha256", "abc"],
          "--env-sha256 must be 64 hexadecimal digits",
        ],
        [["train.ts", "--resume", "cart", "--env", "envs/my_env.ts"], "--env must be absent"],
      ] as const
    ) {
      const [script, ...rest] = args;
      assertRefused(await runScript(script, rest, { cwd, permissions }), [text], args.join(" "));
    }
  }));

Deno.test("a run in your own environment resumes, and can be replaced", () =>
  inProject(async (cwd) => {
    const resume = ["--resume", RUN, "--steps", "1600", "--skip-pictures"];
    const resumed = await runScript("train.ts", [...resume, "--trust-env"], { cwd, permissions });
    assertEquals(resumed.code, 0, resumed.stderr);
    const whole = ["--env", "./envs/my_env.ts", "--steps", "1600", ...SHORT.slice(2), "--out", "runs/a/b"];
    const again = await runScript("train.ts", whole, {
      cwd,
      permissions,
    });
    assertEquals(again.code, 0, again.stderr);
    assertEquals(contentOf(`${cwd}/${RUN}`), contentOf(`${cwd}/runs/a/b`));
    // While a new run replaces it, it lies a folder deeper.
    const overwrite = [
      "--env",
      "envs/my_env.ts",
      ...SHORT,
      "--seed",
      "1",
      "--out",
      "runs/a/b",
      "--overwrite",
    ];
    assertEquals((await runScript("train.ts", overwrite, { cwd, permissions })).code, 0);
    assertEquals(
      JSON.parse(await Deno.readTextFile(`${cwd}/runs/a/b/config.json`)).env,
      "../../../envs/my_env.ts",
    );
    assertEquals((await runScript("evaluate.ts", ["runs/a/b", "--trust-env"], { cwd, permissions })).code, 0);
  }));

Deno.test("sweeps and comparisons in your own environment: workers load only the named file", () =>
  inProject(async (cwd) => {
    const args = [
      "--trials",
      "2",
      "--seeds",
      "1",
      "--rungs",
      "1",
      "--search",
      "gamma=0.9|0.99",
      "--save-runs",
    ];
    const own = [...args, ...SHORT, "--env", "envs/my_env.ts"];
    const sweep = await runScript("sweep.ts", [...own, "--out", "a/s"], { cwd, permissions });
    assertEquals(sweep.code, 0, sweep.stderr);
    const results = await Deno.readTextFile(`${cwd}/a/s/results.json`);
    const [run] = [...Deno.readDirSync(`${cwd}/a/s/runs`)].filter(({ isDirectory }) => isDirectory);
    for (const folder of [`a/s/runs/${run!.name}`, "a/s/best"]) {
      const played = await runScript("evaluate.ts", [folder, "--trust-env"], { cwd, permissions });
      assertEquals(played.code, 0, played.stderr);
    }
    // Resumed, from elsewhere and by the name that the sweep has for it.
    await Deno.remove(`${cwd}/a/s/runs`, { recursive: true });
    const resumed = await runScript(
      "sweep.ts",
      ["--resume", `${cwd}/a/s`, "--trust-env", "--skip-pictures"],
      {
        cwd: "/",
        permissions,
      },
    );
    assertEquals(resumed.code, 0, resumed.stderr);
    assertEquals(await Deno.readTextFile(`${cwd}/a/s/results.json`), results);
    const changed = OWN_ENV + "\n// changed";
    await Deno.writeTextFile(`${cwd}/envs/my_env.ts`, changed);
    const refused = await runScript("sweep.ts", ["--resume", "a/s", "--env", "envs/my_env.ts"], {
      cwd,
      permissions,
    });
    assertRefused(refused, [`got ${await sha256(changed)}`], "sweep");
  }));

Deno.test("a comparison does not reuse results of an environment that has changed", () =>
  inProject(async (cwd) => {
    const args = [
      "--envs",
      "envs/my_env.ts",
      "--agents",
      "dqn",
      "--seeds",
      "1",
      "--steps",
      "1100",
      "--out",
      "b",
    ];
    const keys = async () => {
      const { code, stderr } = await runScript("benchmark.ts", args, { cwd, permissions });
      assertEquals(code, 0, stderr);
      return [...Deno.readDirSync(`${cwd}/b/runs`)].map(({ name }) => name).sort();
    };
    const first = await keys();
    assertEquals([first.length, await keys()], [1, first]);
    await Deno.writeTextFile(`${cwd}/envs/my_env.ts`, OWN_ENV + "\n// changed");
    assertEquals((await keys()).length, 2);
    await Deno.writeTextFile(`${cwd}/my_env.ts`, OWN_ENV);
    const twice = ["--envs", "envs/my_env.ts,./my_env.ts", "--agents", "dqn", "--out", "c"];
    assertRefused(
      await runScript("benchmark.ts", twice, { cwd, permissions }),
      ["has its name"],
      "two of a name",
    );
  }));
