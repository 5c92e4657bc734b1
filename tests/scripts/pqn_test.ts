import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { decodeOnnx } from "../../nn/mod.ts";
import { inFolder, runScript } from "./_process.ts";

const SMALL = [
  ...["--agent", "pqn", "--hidden", "8", "--envs", "4", "--rollout-steps", "16"],
  ...["--eval-episodes", "3", "--eval-interval", "300", "--stop-at-return", "none", "--skip-pictures"],
];

Deno.test("a run of pqn is verified, exported with layer normalisation, evaluated and continued", () =>
  inFolder(async (cwd) => {
    const trained = await runScript("train.ts", ["--out", "x", "--steps", "800", ...SMALL], { cwd });
    assertEquals(trained.code, 0, trained.stderr);
    const verified = await runScript("verify.ts", ["x"], { cwd });
    assertEquals(verified.code, 0, verified.stdout + verified.stderr);
    const summary = JSON.parse(Deno.readTextFileSync(`${cwd}/x/summary.json`));
    // 12 whole rollouts of 4 × 16 steps, each learned in 4 epochs of 4 mini-batches.
    assertEquals([summary.agent, summary.env_steps, summary.gradient_steps], ["pqn", 800, 12 * 16]);
    const { architecture } = decodeOnnx(Deno.readFileSync(`${cwd}/x/policy.onnx`));
    assertEquals([architecture.layerNorm, architecture.hidden], [true, [8]]);
    const evaluated = await runScript("evaluate.ts", ["--policy", "x/policy.onnx", "--episodes", "3"], {
      cwd,
    });
    assertEquals(evaluated.code, 0, evaluated.stderr);

    // Without a learning rate that falls until the last step, a run may be given more steps.
    const constant = [...SMALL, "--learning-rate-end", "none"];
    for (const [out, steps] of [["long", "1000"], ["short", "800"]] as const) {
      const { code, stderr } = await runScript("train.ts", ["--out", out, "--steps", steps, ...constant], {
        cwd,
      });
      assertEquals(code, 0, stderr);
    }
    const resumed = await runScript("train.ts", ["--resume", "short", "--steps", "1000", "--skip-pictures"], {
      cwd,
    });
    assertEquals(resumed.code, 0, resumed.stderr);
    for (const file of ["episodes.csv", "evaluations.csv", "checkpoint.safetensors"]) {
      assertEquals(Deno.readFileSync(`${cwd}/short/${file}`), Deno.readFileSync(`${cwd}/long/${file}`), file);
    }
  }));

Deno.test("pqn's bad settings are refused before anything is written", () =>
  inFolder(async (cwd) => {
    const bad: [string[], string][] = [
      [["--envs", "0"], "--envs must be a whole number from 1 to 4096, got 0"],
      [["--rollout-steps", "0"], "--rollout-steps must be a whole number from 1, got 0"],
      [["--epochs", "none"], "--epochs must be a whole number from 1, got none"],
      [["--mini-batches", "2.5"], "--mini-batches must be a whole number from 1, got 2.5"],
      [["--lambda", "1.5"], "--lambda must be a number in [0, 1], got 1.5"],
      [
        ["--envs", "3", "--rollout-steps", "5"],
        "--mini-batches must divide --envs × --rollout-steps (3 × 5 = 15), got 4",
      ],
      [["--buffer-size", "1000"], "--buffer-size needs an --agent that uses it, such as dqn, got pqn"],
      [["--prioritized"], "--prioritized needs an --agent that uses it, such as dqn, got pqn"],
      [["--n-step", "3"], "--n-step needs an --agent that uses it, such as dqn, got pqn"],
      [["--noisy"], "--noisy needs an --agent that uses it, such as dqn, got pqn"],
      [["--distribution", "c51"], "--distribution needs an --agent that uses it, such as dqn, got pqn"],
      [
        ["--steps", "none", "--episodes", "9"],
        "--learning-rate-end needs --steps or --learning-rate-steps, got none",
      ],
    ];
    for (const [args, reason] of bad) {
      const { code, stderr } = await runScript("train.ts", ["--out", "x", "--agent", "pqn", ...args], {
        cwd,
      });
      assertEquals(code, 2, stderr);
      assertStringIncludes(stderr, reason);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    }
    for (const flag of ["--lambda", "--rollout-steps", "--epochs", "--mini-batches"]) {
      const { code, stderr } = await runScript("train.ts", ["--out", "x", flag, "1"], { cwd });
      assertEquals(code, 2, stderr);
      assertStringIncludes(stderr, `${flag} needs an --agent that uses it, such as pqn, got dqn`);
    }
    assert([...Deno.readDirSync(cwd)].length === 0);
  }));
