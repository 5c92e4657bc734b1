import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { envFolder } from "../../../scripts/settings/env_name.ts";
import { OWN_ENV } from "../_own_env.ts";
import { filesBelow, inFolder, runScript } from "../_process.ts";

const EXAMPLE = OWN_ENV;

const SHORT = [
  "--steps",
  "3000",
  "--epsilon-decay-steps",
  "1000",
  "--eval-interval",
  "1000",
  "--skip-pictures",
];

Deno.test("the guide's own environment trains, and its run is played, drawn and exported", async () => {
  await inFolder(async (cwd) => {
    // A name that a URL would misread.
    const file = "my 100% #env.ts";
    await Deno.writeTextFile(`${cwd}/${file}`, EXAMPLE);
    const run = "runs/my 100% #env/dqn-seed0";
    const trained = await runScript("train.ts", ["--env", `./${file}`, ...SHORT, "--json"], { cwd });
    assertEquals(trained.code, 0, trained.stderr);
    const { env, evaluation } = JSON.parse(trained.stdout);
    assertEquals(env, `./${file}`);
    assert(evaluation.mean > 0.8, `${evaluation.mean}`);
    assert(filesBelow(cwd).includes(`${run}/config.json`));
    assertEquals(JSON.parse(await Deno.readTextFile(`${cwd}/${run}/config.json`)).env, `../../../${file}`);

    const played = await runScript("evaluate.ts", [run, "--episodes", "20", "--env", file], { cwd });
    assertEquals(played.code, 0, played.stderr);
    assertMatch(played.stdout, /mean 0\.[89]/);
    for (const [script, args] of [["export.ts", []], ["record.ts", ["--format", "svg"]]] as const) {
      const { code, stderr } = await runScript(script, [run, ...args, "--trust-env"], { cwd });
      assertEquals(code, 0, stderr);
    }
    const plotted = await runScript("plot.ts", [run], { cwd });
    assertEquals(plotted.code, 0, plotted.stderr);
    const again = await runScript(
      "train.ts",
      ["--config", `${run}/config.json`, "--trust-env", "--json", "--skip-pictures"],
      {
        cwd,
      },
    );
    assertEquals(JSON.parse(again.stdout).weights_sha256, JSON.parse(trained.stdout).weights_sha256);
  });
});

Deno.test("LunarLander is loaded when asked for, without any permission, and its run is played and plotted", async () => {
  await inFolder(async (cwd) => {
    const args = ["--env", "LunarLander-v3", "--steps", "1100", "--eval-episodes", "1", "--skip-pictures"];
    const bare = await runScript("train.ts", [...args, "--agent", "random"], { cwd, permissions: [] });
    assertEquals(bare.code, 0, bare.stderr);
    const trained = await runScript("train.ts", args, { cwd });
    assertEquals(trained.code, 0, trained.stderr);
    const run = "runs/LunarLander-v3/double-dqn-seed0";
    const played = await runScript("evaluate.ts", [run, "--episodes", "1"], { cwd });
    assertStringIncludes(played.stdout, "LunarLander-v3, double-dqn, 1 greedy episode");
    const plotted = await runScript("plot.ts", [run], { cwd });
    assertEquals(plotted.code, 0, plotted.stderr);
  });
});

Deno.test("a file may register its environment instead of exporting it", async () => {
  await inFolder(async (cwd) => {
    const registering = EXAMPLE.replace("type EnvSpec,", "type EnvSpec, registerEnv,")
      .replace("export default spec;", "registerEnv(spec);");
    assertStringIncludes(registering, "registerEnv(spec)");
    await Deno.writeTextFile(`${cwd}/my_env.ts`, registering);
    const { code, stderr } = await runScript("train.ts", ["--env", "my_env.ts", ...SHORT], { cwd });
    assertEquals(code, 0, stderr);
  });
});

Deno.test("an invalid environment ends in one line and exit code 2, and nothing is written", async () => {
  await inFolder(async (cwd) => {
    const files: Readonly<Record<string, string>> = {
      "empty.ts": "export {};",
      "syntax.ts": "export default {",
      "throws.ts": 'throw new Error("Boom");',
      "number.ts": "export default 3;",
      "nameless.ts": "export default { create() {} };",
      "fails.ts": 'export default { id: "A-v0", create() { throw new Error("No map"); } };',
      "nothing.ts": 'export default { id: "A-v0", create() {} };',
      "wrong.ts": EXAMPLE.replace("reward, terminated", "reward: NaN, terminated"),
      "one.ts": EXAMPLE.replace("const spec:", "const one = new Corridor();\nconst spec:")
        .replace("create: () => new Corridor()", "create: () => one"),
      "two.ts": EXAMPLE.replace("type EnvSpec,", "type EnvSpec, registerEnv,")
        .replace("export default spec;", 'registerEnv(spec); registerEnv({ ...spec, id: "B-v0" });'),
      "taken.ts": EXAMPLE.replace("type EnvSpec,", "type EnvSpec, registerEnv,")
        .replace("export default spec;", 'registerEnv({ ...spec, id: "CartPole-v1" });'),
    };
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${cwd}/${name}`, text);
    await Deno.mkdir(`${cwd}/folder.ts`);
    const cases = [
      ["./missing.ts", "Cannot load ./missing.ts: No such file or directory"],
      ["./folder.ts", "Cannot load ./folder.ts: it must be a file"],
      ["./empty.ts", "it must export an EnvSpec as its default or call registerEnv once, got neither"],
      ["./syntax.ts", "Cannot load ./syntax.ts: "],
      ["./throws.ts", "Cannot load ./throws.ts: Boom"],
      ["./number.ts", "its default export must be an EnvSpec, an object with id and create"],
      ["./nameless.ts", "its default export must be an EnvSpec, an object with id and create"],
      ["./fails.ts", "Cannot load ./fails.ts: No map"],
      [
        "./nothing.ts",
        "Cannot load ./nothing.ts: Cannot use this environment: it must be an object, got undefined",
      ],
      [
        "./one.ts",
        "Cannot use Corridor-v0: create must make a new environment each time, got the same twice",
      ],
      ["./wrong.ts", "Cannot use Corridor-v0: reward of step() must be a finite number, got NaN"],
      ["./two.ts", "call registerEnv once, got Corridor-v0, B-v0"],
      ["./taken.ts", 'id must be a name not yet taken, got "CartPole-v1"'],
      ["CartPole-v2", "--env must be one of CartPole-v0, "],
    ] as const;
    const before = filesBelow(cwd);
    for (const [env, text] of cases) {
      const { code, stdout, stderr } = await runScript("train.ts", ["--env", env], { cwd });
      assertEquals([code, stdout], [2, ""], env);
      assertMatch(stderr, /^error: .*\n$/, env);
      assertStringIncludes(stderr, text);
      assertEquals(filesBelow(cwd), before);
    }
  });
});

Deno.test("a file lends its run folder its name", () => {
  const names = {
    "CartPole-v1": "CartPole-v1",
    "./my_env.ts": "my_env",
    "a/b.c.mjs": "b.c",
    "C:\\x\\y.ts": "y",
  };
  for (const [name, folder] of Object.entries(names)) assertEquals(envFolder(name), folder);
});
