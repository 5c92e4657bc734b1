import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { appearance, filesBelow, inFolder, runScript, startTraining } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

const DRAWN = ["--steps", "1500", "--eval-interval", "500", "--eval-episodes", "3", "--hidden", "16"];
const SHORT = [...DRAWN, "--skip-pictures"];
const FILES = [
  "SHA256SUMS",
  "checkpoint.safetensors",
  "config.json",
  "episodes.csv",
  "evaluations.csv",
  "policy.onnx",
  "policy.safetensors",
  "summary.json",
];
const PICTURES = ["policy.gif", "report.html", "reward.svg"];

const readJson = (path: string) => JSON.parse(Deno.readTextFileSync(path));

Deno.test("train leaves a complete run folder behind", () =>
  inFolder(async (cwd) => {
    const { code, stdout, stderr } = await runScript("train.ts", DRAWN, { cwd });
    assertEquals([code, stderr], [0, ""]);
    const folder = `${cwd}/runs/CartPole-v1/dqn-seed0`;
    assertEquals(filesBelow(folder), [...FILES, ...PICTURES].sort());

    const summary = readJson(`${folder}/summary.json`);
    assertEquals(summary.env_steps, 1_500);
    assertEquals(summary.gradient_steps, 501);
    assertEquals(summary.evaluation.episodes, 3);
    assertMatch(summary.weights_sha256, /^[0-9a-f]{64}$/);
    assertMatch(summary.trajectory_sha256, /^[0-9a-f]{64}$/);
    for (const text of [summary.weights_sha256, summary.trajectory_sha256, "saved in", "1,500 steps"]) {
      assertStringIncludes(stdout, text);
    }

    const episodes = parse(Deno.readTextFileSync(`${folder}/episodes.csv`), { skipFirstRow: true });
    assertEquals(episodes.length, summary.episodes);
    assertEquals(Object.keys(episodes[0]!), [
      "episode",
      "step",
      "return",
      "length",
      "terminated",
      "truncated",
      "epsilon",
      "loss",
      "mean_q",
    ]);
    const evaluations = parse(Deno.readTextFileSync(`${folder}/evaluations.csv`), { skipFirstRow: true });
    assertEquals(evaluations.map(({ step }) => step), ["500", "1000", "1500"]);
    const svg = Deno.readTextFileSync(`${folder}/reward.svg`);
    for (const text of ["return (sum of rewards)", "episode", "prefers-color-scheme: dark", "<title>"]) {
      assertStringIncludes(svg, text);
    }
  }));

Deno.test("the same command twice gives the same bytes in separate folders, another seed gives others", () =>
  inFolder(async (cwd) => {
    for (const seed of ["0", "0", "1"]) {
      const { code, stdout } = await runScript("train.ts", [...DRAWN, "--seed", seed], { cwd });
      assertEquals(code, 0);
      if (seed === "0") assertMatch(stdout, /saved in +runs\/CartPole-v1\/dqn-seed0/);
    }
    const [first, second, other] = ["dqn-seed0", "dqn-seed0-2", "dqn-seed1"].map((name) =>
      `${cwd}/runs/CartPole-v1/${name}`
    );
    for (
      const file of [...FILES, "policy.gif", "reward.svg"].filter((name) =>
        !/^(SHA256SUMS|summary\.json)$/.test(name)
      )
    ) {
      const read = (folder: string | undefined) => Deno.readFileSync(`${folder}/${file}`);
      assertEquals(read(second), read(first), file);
      assertNotEquals(read(other), read(first), file);
    }
    const summary = (folder: string | undefined) => readJson(`${folder}/summary.json`);
    for (const field of ["weights_sha256", "trajectory_sha256", "policy_sha256"]) {
      assertEquals(summary(second)[field], summary(first)[field], field);
      assertNotEquals(summary(other)[field], summary(first)[field], field);
    }
  }));

Deno.test("a run's config.json repeats it, and flags beside it win", () =>
  inFolder(async (cwd) => {
    const first = [...SHORT, "--double", "--tau", "0.5", "--max-grad-norm", "1", "--out", "a", "--quiet"];
    assertEquals(await runScript("train.ts", first, { cwd }), { code: 0, stdout: "", stderr: "" });
    const repeat = ["--config", "a/config.json", "--out", "b", "--json"];
    const { stdout } = await runScript("train.ts", repeat, { cwd });
    const original = readJson(`${cwd}/a/summary.json`);
    assertEquals(JSON.parse(stdout).weights_sha256, original.weights_sha256);
    assertEquals(JSON.parse(stdout).saved_in, "b");
    assertEquals(readJson(`${cwd}/b/config.json`), readJson(`${cwd}/a/config.json`));
    await runScript("train.ts", ["--config", "a/config.json", "--out", "c", "--gamma", "0.5"], { cwd });
    assertEquals(readJson(`${cwd}/c/config.json`), { ...readJson(`${cwd}/a/config.json`), gamma: 0.5 });
    assertNotEquals(readJson(`${cwd}/c/summary.json`).weights_sha256, original.weights_sha256);
  }));

Deno.test("both kernels give the same bytes", () =>
  inFolder(async (cwd) => {
    for (const kernel of ["reference", "simd"]) {
      await runScript("train.ts", [...SHORT, "--kernel", kernel, "--out", kernel], { cwd });
    }
    for (const file of ["episodes.csv", "evaluations.csv", "policy.safetensors", "policy.onnx"]) {
      const [reference, simd] = ["reference", "simd"].map((kernel) =>
        Deno.readFileSync(`${cwd}/${kernel}/${file}`)
      );
      assertEquals(simd, reference, file);
    }
    assertEquals(readJson(`${cwd}/simd/summary.json`).kernel, "simd");
  }));

Deno.test("the lecture's preset prints as the lecture does", () =>
  inFolder(async (cwd) => {
    const args = ["--preset", "lecture", "--episodes", "21"];
    const { code, stdout } = await runScript("train.ts", args, { cwd });
    assertEquals(code, 0);
    const lines = stdout.split("\n");
    [0, 10, 20].forEach((episode, i) =>
      assertMatch(lines[i]!, new RegExp(`^episode :${episode}, total reward : \\d+\\.0$`))
    );
    assertMatch(stdout, /\n\nTotal Reward: \d+\n$/);
    const config = readJson(`${cwd}/runs/CartPole-v0/dqn-seed0/config.json`);
    const lecture = {
      env: "CartPole-v0",
      gamma: 0.98,
      learningRate: 5e-4,
      epsilonStart: 0.1,
      epsilonEnd: 0.1,
      bufferSize: 10_000,
      batchSize: 32,
      hidden: [128, 128],
      initializer: "lecture",
      loss: "mse",
      trainInterval: 1,
      targetUpdateEpisodes: 20,
      truncatedAsTerminated: true,
    };
    assertEquals({ ...config, ...lecture }, config);
  }));

Deno.test("a random agent leaves a run without a policy", () =>
  inFolder(async (cwd) => {
    const { code } = await runScript("train.ts", [
      "--agent",
      "random",
      "--steps",
      "300",
      "--eval-episodes",
      "2",
    ], {
      cwd,
    });
    assertEquals(code, 0);
    const folder = `${cwd}/runs/CartPole-v1/random-seed0`;
    const expected = [...FILES.filter((file) => !file.startsWith("policy.")), ...PICTURES];
    assertEquals(filesBelow(folder), expected.sort());
    assertEquals(readJson(`${folder}/summary.json`).weights_sha256, null);
  }));

Deno.test("without any permission it trains all the same, and says how to save", () =>
  inFolder(async (cwd) => {
    const { code, stdout, stderr } = await runScript("train.ts", SHORT, { cwd, permissions: [] });
    assertEquals(code, 0);
    assertMatch(stdout, /return +\d/);
    assertEquals(stderr, "Not saved: run with --allow-read --allow-write to save the run in runs/\n");
    assertEquals(filesBelow(cwd), []);
    const refused = await runScript("train.ts", [...SHORT, "--out", "x"], { cwd, permissions: [] });
    assertEquals(refused.code, 2);
    assertStringIncludes(refused.stderr, "--allow-write");
  }));

Deno.test("with permission only for its folder, it draws what it can, and reports the rest", () =>
  inFolder(async (cwd) => {
    const permissions = [`--allow-read=${cwd}`, `--allow-write=${cwd}`];
    const { code, stderr } = await runScript("train.ts", [...DRAWN, "--out", "x"], { cwd, permissions });
    assertEquals([code, stderr], [0, "Not drawn: policy.gif needs --allow-read without a path\n"]);
    assertEquals(filesBelow(`${cwd}/x`), [...FILES, "report.html", "reward.svg"].sort());
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/x/report.html`), "There is no animation");
  }));

const BAD: [string[], string][] = [
  [["--env", "CartPol-v1"], "--env must be one of"],
  [["--env", "CartPol-v1"], "got CartPol-v1 (did you mean CartPole-v1?)"],
  [
    ["--agent", "ddqn"],
    "--agent must be one of random, q-learning, q-network, dqn, double-dqn, dueling-dqn, prioritized-dqn, munchausen-dqn, rainbow, pqn, got ddqn (did you mean dqn?)",
  ],
  [
    ["--preset", "lectur"],
    "--preset must be one of tuned, lecture, pixels, got lectur (did you mean lecture?)",
  ],
  [["--learning-rat", "1"], "unknown flag --learning-rat (did you mean --learning-rate?)"],
  [["--foo", "1"], "Cannot read the command line: unknown flag --foo; see --help"],
  [["--env", "Breakout-v5", "--steps", "500"], "--env must be one of"],
  [["--env", "Breakout-v5"], "or a file, got Breakout-v5\n"],
  [["-x"], "unknown flag -x; see --help"],
  [["word"], "every argument must be a flag, got word"],
  [["--seed"], "--seed must be followed by a value"],
  [["--seed", "1", "--seed", "2"], "--seed must be given once"],
  [["--seed", "1.5"], "--seed must be a whole number from 0, got 1.5"],
  [["--seed", "-1"], "--seed must be a whole number from 0, got -1"],
  [["--seed", "abc"], "--seed must be a whole number from 0, got abc"],
  [["--seed", "0x10"], "--seed must be a whole number from 0, got 0x10"],
  [["--seed", "1e999"], "--seed must be a whole number from 0, got 1e999"],
  [["--hidden", "0"], "--hidden must be whole numbers from 1, separated by commas, or none, got 0"],
  [["--hidden", "64,,64"], "--hidden must be whole numbers from 1, separated by commas, or none, got 64,,64"],
  [["--learning-rate", "nan"], "--learning-rate must be a number above 0, got nan"],
  [["--learning-rate", "0"], "--learning-rate must be a number above 0, got 0"],
  [["--gamma", "1.5"], "--gamma must be a number in [0, 1], got 1.5"],
  [["--tau", "0"], "--tau must be a number in (0, 1], got 0"],
  [["--epsilon-start", "-0.1"], "--epsilon-start must be a number in [0, 1], got -0.1"],
  [["--batch-size", "0"], "--batch-size must be a whole number from 1, got 0"],
  [["--steps", "0"], "--steps must be a whole number from 1, or none, got 0"],
  [["--steps", "none"], "one of --steps and --episodes must be given"],
  [["--buffer-size", "63"], "--buffer-size must be at least --batch-size (128), got 63"],
  [["--steps", "999"], "--steps must be at least --learning-starts (1000), got 999"],
  [["--loss", "l1"], "--loss must be one of mse, huber, got l1"],
  [["--double=maybe"], "--double must be true or false, got maybe"],
  [["--kernel", "gpu"], "--kernel must be one of simd, reference, or none, got gpu"],
  [["--n-step", "0"], "--n-step must be a whole number from 1 to 65535, got 0"],
  [["--atoms", "1"], "--atoms must be a whole number from 2, got 1"],
  [["--v-min", "3", "--v-max", "3"], "--v-max must be above --v-min (3), got 3"],
  [["--priority-alpha", "-1"], "--priority-alpha must be a number from 0, got -1"],
  [["--munchausen-clip", "1"], "--munchausen-clip must be a number up to 0, got 1"],
  [["--distribution", "c51", "--distribution", "qr"], "--distribution must be given once, got it twice"],
  [["--distribution", "c51,qr"], "--distribution must be one of none, c51, qr, got c51,qr"],
  [["--action-mask"], "actionMask must be false in an environment that offers no action masks"],
  [
    ["--env", "Taxi-v4", "--dueling"],
    "--dueling needs an --agent that uses it, such as dqn, got q-learning, the preset's for Taxi-v4",
  ],
  [["--learning-rate-end", "2"], "--learning-rate-end must be a number in [0, 1], or none, got 2"],
  [["--learning-rate-steps", "0"], "--learning-rate-steps must be a whole number from 1, or none, got 0"],
  [
    ["--env", "Acrobot-v1", "--learning-rate-steps", "9"],
    "--learning-rate-steps needs --learning-rate-end, got none",
  ],
  [
    ["--agent", "random", "--learning-rate-end", "0.1"],
    "--learning-rate-end needs an --agent that uses it, such as dqn, got random",
  ],
  [
    ["--agent", "q-learning", "--noisy"],
    "--noisy needs an --agent that uses it, such as dqn, got q-learning",
  ],
  [["--env", "LunarLander-v3", "--action-bins", "3"], "--action-bins needs an --env whose actions are a Box"],
  [
    ["--env", "FrozenLake-v1", "--steps", "none", "--episodes", "9"],
    "--learning-rate-end needs --steps or --learning-rate-steps, got none",
  ],
  [
    ["--agent", "double-dqn", "--learning-rate-end", "0", "--steps", "none", "--episodes", "9"],
    "--learning-rate-end needs --steps or --learning-rate-steps, got none",
  ],
  [["--env", "FrozenLake-v1", "--learning-rate", "2"], "learningRate must be in (0, 1], got 2"],
  [["--env-options", "{"], "--env-options must be a JSON object with finite numbers, got {"],
  [["--env-options", '{"maxEpisodeSteps":1e400}'], "must be a JSON object with finite numbers, got {"],
  [["--env-options", '{"x":[{"y":-1e999}]}'], "must be a JSON object with finite numbers, got {"],
  [["--max-grad-norm", "1e400"], "--max-grad-norm must be a number above 0, or none, got 1e400"],
  [["--stop-at-return", "1e400"], "--stop-at-return must be a finite number, or none, got 1e400"],
  [
    ["--config", "infinite.json"],
    'envOptions in the configuration must be a JSON object with finite numbers, got {"maxEpisodeSteps":"Infinity"}',
  ],
  [["--env-options", '{"gravity":9}'], "options must be among suttonBartoReward"],
  [["--bins", "0"], "--bins must be whole numbers from 1"],
  [["--agent", "q-learning", "--bins", "3,3"], "bins"],
  [
    ["--agent", "q-learning", "--bins", "40"],
    "it must have at most 4194304 values (16 MiB), got 2560000 states",
  ],
  [
    ["--pixels", "48"],
    "--pixels must be rows and columns from 1 to 1024 of gray images, such as 48x64, or with x3 of",
  ],
  [["--pixels", "48x64x4"], "such as 48x64, or with x3 of images in colour, or none, got 48x64x4"],
  [["--pixels", "8x8", "--frame-stack", "0"], "--frame-stack must be a whole number from 1 to 64, got 0"],
  [["--frame-stack", "4"], "--frame-stack needs --pixels, got none"],
  [
    ["--agent", "q-learning", "--pixels", "8x8"],
    "--pixels needs an --agent that uses it, such as dqn, got q-learn",
  ],
  [["--action-bins", "1"], "--action-bins must be a whole number from 2, got 1"],
  [
    ["--normalize", "bound"],
    "--normalize must be one of none, bounds, statistics, got bound (did you mean bounds?)",
  ],
  [["--target-update-interval", "5", "--target-update-episodes", "5"], "only one of"],
  [["--target-update-interval", "none"], "one of --target-update-interval and --target-update-episodes"],
  [["--eval-interval", "none"], "--stop-at-return needs --eval-interval"],
  [["--config", "missing.json"], "Cannot read missing.json"],
  [["--config", "broken.json"], "Cannot read broken.json: it must be JSON"],
  [["--config", "list.json"], "it must be a JSON object of settings"],
  [["--config", "text.json"], 'gamma in the configuration must be a number in [0, 1], got "0.9"'],
  [["--config", "null.json"], "seed in the configuration must be a whole number from 0, got null"],
  [["--config", "hidden.json"], "hidden in the configuration must be whole numbers from 1"],
  [["--config", "unknown.json"], "unknown setting gama (did you mean gamma?)"],
  [
    ["--config", "lecture.json", "--preset", "tuned"],
    "--preset must be the configuration's, lecture, or absent, got tuned",
  ],
  [["--overwrite"], "--overwrite needs --out"],
  [["--agent", "random", "--eval-interval", "none"], "--stop-at-return needs --eval-interval"],
  [["--buffer-size", "1e15"], "capacity must fit into memory, got 1000000000000000 transitions"],
  [["--hidden", "10000000,10000000"], "hidden and batchSize must fit into memory"],
  [["--out", "full", "--overwrite"], "full must hold a run to be replaced, got a summary.json without"],
  [["--out", "odd", "--overwrite"], "odd/evaluations.csv must be a file to be replaced"],
  [["--out", "full"], "full must be empty, got 1 entry (use --overwrite"],
  [["--out", "list.json"], "list.json must be a writable folder"],
  [["--out", "list.json/below"], "list.json/below must be a writable folder"],
];

Deno.test("bad input gives exit code 2, one clear line, and nothing written", () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/broken.json`, "{");
    Deno.writeTextFileSync(`${cwd}/list.json`, "[]");
    Deno.writeTextFileSync(`${cwd}/text.json`, '{"gamma": "0.9"}');
    Deno.writeTextFileSync(`${cwd}/infinite.json`, '{"envOptions": {"maxEpisodeSteps": 1e400}}');
    Deno.writeTextFileSync(`${cwd}/null.json`, '{"seed": null}');
    Deno.writeTextFileSync(`${cwd}/hidden.json`, '{"hidden": [64, "64"]}');
    Deno.writeTextFileSync(`${cwd}/unknown.json`, '{"gama": 0.9}');
    Deno.writeTextFileSync(`${cwd}/lecture.json`, '{"preset": "lecture"}');
    Deno.mkdirSync(`${cwd}/odd/evaluations.csv`, { recursive: true });
    Deno.writeTextFileSync(`${cwd}/odd/config.json`, '{"env": "CartPole-v1"}');
    Deno.writeTextFileSync(`${cwd}/odd/evaluations.csv/precious.txt`, "mine");
    Deno.mkdirSync(`${cwd}/full`);
    Deno.writeTextFileSync(`${cwd}/full/summary.json`, "precious");
    const before = filesBelow(cwd);
    await assertRefusals("train", BAD, { cwd });
    assertEquals(filesBelow(cwd), before);
    assertEquals(Deno.readTextFileSync(`${cwd}/full/summary.json`), "precious");
  }));

Deno.test("--overwrite replaces a run and leaves other files alone", () =>
  inFolder(async (cwd) => {
    await runScript("train.ts", [...DRAWN, "--out", "x"], { cwd });
    Deno.writeTextFileSync(`${cwd}/x/.write-test`, "mine");
    const old = readJson(`${cwd}/x/summary.json`);
    const failing = [...SHORT, "--out", "x", "--overwrite", "--learning-rate", "1e30"];
    assertEquals((await runScript("train.ts", failing, { cwd })).code, 1);
    assertEquals(readJson(`${cwd}/x/summary.json`), old, "a run that fails replaces nothing");
    const random = [
      "--agent",
      "random",
      "--steps",
      "200",
      "--eval-episodes",
      "1",
      "--out",
      "x",
      "--overwrite",
      "--skip-pictures",
    ];
    assertEquals((await runScript("train.ts", random, { cwd })).code, 0);
    const expected = [...FILES.filter((file) => !file.startsWith("policy")), ".write-test"];
    assertEquals(filesBelow(`${cwd}/x`), expected.sort());
    assertEquals(Deno.readTextFileSync(`${cwd}/x/.write-test`), "mine");
    assertEquals(readJson(`${cwd}/x/summary.json`).agent, "random");
  }));

Deno.test("--help names every flag and fits into 100 columns", () =>
  inFolder(async (cwd) => {
    const { code, stdout } = await runScript("train.ts", ["--help"], { cwd, permissions: [] });
    assertEquals(code, 0);
    assertEquals((await runScript("train.ts", ["--", "-h"], { cwd, permissions: [] })).stdout, stdout);
    for (const flag of ["--env", "--epsilon-decay-steps", "--stop-at-return", "--config", "--overwrite"]) {
      assertStringIncludes(stdout, `  ${flag}`);
    }
    assert(stdout.split("\n").every((line) => line.length <= 100));
  }));

Deno.test(
  "Ctrl-C saves the run and exits with 130",
  { ignore: Deno.build.os === "windows" },
  () =>
    inFolder(async (cwd) => {
      const child = startTraining(["--steps", "1000000", "--stop-at-return", "none"], cwd);
      // The first evaluation writes the logs; then training is well under way.
      await appearance(cwd, "x/episodes.csv");
      child.kill("SIGINT");
      const { code, stdout } = await child.output();
      assertEquals(code, 130);
      assertStringIncludes(new TextDecoder().decode(stdout), "(interrupted)");
      assertEquals(filesBelow(`${cwd}/x`), [...FILES, "reward.svg"].sort());
      const summary = readJson(`${cwd}/x/summary.json`);
      assertEquals([summary.stopped_by, summary.evaluation], ["interrupted", null]);
    }),
);

Deno.test(
  "Ctrl-C is heard during an evaluation, too",
  { ignore: Deno.build.os === "windows" },
  () =>
    inFolder(async (cwd) => {
      const endless = ["--steps", "1000", "--eval-interval", "1000", "--eval-episodes", "1000000"];
      const child = startTraining(endless, cwd);
      await appearance(cwd, "x/config.json");
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      child.kill("SIGINT");
      assertEquals((await child.output()).code, 130);
      assertEquals(readJson(`${cwd}/x/summary.json`).env_steps, 1_000);
    }),
);

Deno.test(
  "a folder that vanishes costs the files, not the result",
  { ignore: Deno.build.os === "windows" },
  () =>
    inFolder(async (cwd) => {
      const child = startTraining(["--steps", "8000", "--eval-episodes", "2"], cwd);
      await appearance(cwd, "x/config.json");
      await Deno.remove(`${cwd}/x`, { recursive: true });
      const { code, stdout, stderr } = await child.output();
      assertEquals(code, 1);
      assertMatch(new TextDecoder().decode(stdout), /trajectory +[0-9a-f]{64}\n$/);
      assertMatch(new TextDecoder().decode(stderr), /error: Cannot save x\/SHA256SUMS: [^\n]*\n$/);
    }),
);

Deno.test("a file's way to time target updates takes the preset's away", () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/c.json`, '{"preset": "lecture", "targetUpdateInterval": 200}');
    const { code } = await runScript("train.ts", ["--config", "c.json", "--episodes", "2", "--out", "x"], {
      cwd,
    });
    assertEquals(code, 0);
    const { targetUpdateInterval, targetUpdateEpisodes } = readJson(`${cwd}/x/config.json`);
    assertEquals([targetUpdateInterval, targetUpdateEpisodes], [200, null]);
  }));

Deno.test("training that runs away ends with exit code 1, the step, and the logs so far", () =>
  inFolder(async (cwd) => {
    const args = [...SHORT, "--learning-rate", "1e30", "--out", "x"];
    const { code, stderr } = await runScript("train.ts", args, { cwd });
    assertEquals(code, 1);
    assertMatch(stderr, /^error: Cannot continue training at step \d+: .* must be finite.*\n$/);
    assert(filesBelow(`${cwd}/x`).includes("episodes.csv"));
    assert(!filesBelow(`${cwd}/x`).includes("summary.json"));
  }));

Deno.test("toy text is learned by a table unless another agent is asked for", () =>
  inFolder(async (cwd) => {
    const args = ["--env", "FrozenLake-v1", "--steps", "3000", "--eval-episodes", "5", "--skip-pictures"];
    const table = await runScript("train.ts", [...args, "--out", "table"], { cwd });
    assertEquals([table.code, table.stderr], [0, ""]);
    assertStringIncludes(table.stdout, "FrozenLake-v1, q-learning, seed 0, preset tuned");
    assertEquals(filesBelow(`${cwd}/table`).includes("q_table.csv"), true);
    const network = ["--agent", "dqn", "--hidden", "16", "--out", "network", "--quiet"];
    assertEquals((await runScript("train.ts", [...args, ...network], { cwd })).code, 0);
    const { agent, evaluation } = readJson(`${cwd}/network/summary.json`);
    assertEquals([agent, evaluation.episodes], ["dqn", 5]);
    assertEquals(filesBelow(`${cwd}/network`).includes("policy.onnx"), true);
  }));
