import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder, runScript } from "./_process.ts";

const SMALL = [
  ...["--steps", "600", "--hidden", "8", "--learning-starts", "100", "--eval-episodes", "3"],
  ...["--eval-interval", "300", "--stop-at-return", "none", "--skip-pictures"],
];

Deno.test("a run in several environments says which one each episode was played in, and is verified", () =>
  inFolder(async (cwd) => {
    const trained = await runScript("train.ts", ["--envs", "4", "--out", "x", ...SMALL], { cwd });
    assertEquals(trained.code, 0, trained.stderr);
    const [header, ...rows] = Deno.readTextFileSync(`${cwd}/x/episodes.csv`).trim().split(/\r?\n/);
    assertEquals(header!.split(",").slice(0, 3), ["episode", "copy", "step"]);
    assertEquals(new Set(rows.map((row) => row.split(",")[1])), new Set(["0", "1", "2", "3"]));
    const verified = await runScript("verify.ts", ["x"], { cwd });
    assertEquals(verified.code, 0, verified.stdout + verified.stderr);

    const one = await runScript("train.ts", ["--envs", "1", "--out", "one", ...SMALL], { cwd });
    const plain = await runScript("train.ts", ["--out", "plain", ...SMALL], { cwd });
    const hashes = ({ stdout }: { stdout: string }) => stdout.match(/^(weights|trajectory).*$/gm);
    assertEquals(hashes(one), hashes(plain));
    assert(hashes(one)?.join() !== hashes(trained)?.join());
  }));

Deno.test("--envs is refused if it is impossible, before anything is written", () =>
  inFolder(async (cwd) => {
    const bad: [string[], string][] = [
      [["--envs", "0"], "--envs must be a whole number from 1 to 4096, got 0"],
      [["--envs", "1.5"], "--envs must be a whole number from 1 to 4096, got 1.5"],
      [["--envs", "5000"], "--envs must be a whole number from 1 to 4096, got 5000"],
      [["--envs", "4", "--agent", "random"], "--envs needs an --agent that uses it"],
      [["--envs", "4", "--env", "FrozenLake-v1"], "--envs needs an --agent that uses it"],
      [
        ["--envs", "4", "--action-mask"],
        "actionMask must be false in an environment that offers no action masks",
      ],
    ];
    for (const [args, reason] of bad) {
      const { code, stderr } = await runScript("train.ts", ["--out", "x", ...args], { cwd });
      assertEquals(code, 2, stderr);
      assertStringIncludes(stderr, reason);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    }
    assertEquals([...Deno.readDirSync(cwd)], []);
  }));
