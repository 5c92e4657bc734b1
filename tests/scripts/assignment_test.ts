import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { filesBelow, inFolder, runScript } from "./_process.ts";

const permissions = ["--allow-read", "--allow-write", "--allow-run"];
const TINY = ["--env", "CartPole-v1", "--trials", "2", "--steps", "3000", "--quiet"];

Deno.test("the assignment answers the quiz's four questions, with the files that it names", () =>
  inFolder(async (cwd) => {
    const { code, stdout, stderr } = await runScript("assignment.ts", TINY, { cwd, permissions });
    assertEquals([code, stderr], [0, ""]);
    const folder = "runs/CartPole-v1/assignment";
    assertMatch(
      stdout,
      /^1\) best hyperparameters +learning-rate 0\.\d+, gamma 0\.9\d+, n-step \d, hidden \d+,\d+, target-update-interval \d+$/m,
    );
    assertMatch(stdout, /^3\) maximum total reward +\d+, mean \d+\.\d\d over 100 greedy episodes$/m);
    const files = filesBelow(`${cwd}/${folder}/best`);
    for (const file of ["reward.svg", "policy.gif", "report.html"]) {
      assertStringIncludes(stdout, `${folder}/best/${file}\n`);
      assertEquals(files.includes(file), true, file);
    }
  }));

Deno.test("the assignment refuses what it cannot do before anything runs", () =>
  inFolder(async (cwd) => {
    const bad: [string[], string][] = [
      [["--env", "MountainCa-v0"], "did you mean MountainCar-v0?"],
      [["--trials", "0"], "--trials must be a whole number from 1, got 0"],
      [["--seeds", "x"], "--seeds must be a whole number from 1, got x"],
      [["--steps", "-1"], "--steps must be"],
      [["--trial", "3"], "unknown flag --trial (did you mean --trials?)"],
      [["word"], "word"],
      [["--out", "full"], "full must be empty, got 1 entries"],
      [["--workers", "0"], "--workers must be a whole number from 1, got 0"],
      [["--seed", "-1"], "--seed must be a whole number from 0, got -1"],
    ];
    Deno.mkdirSync(`${cwd}/full`);
    Deno.writeTextFileSync(`${cwd}/full/file`, "");
    for (const [args, message] of bad) {
      const { code, stdout, stderr } = await runScript("assignment.ts", args, { cwd, permissions });
      assertEquals([code, stdout], [2, ""], args.join(" "));
      assertStringIncludes(stderr, message);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    }
    assertEquals([...Deno.readDirSync(cwd)].map(({ name }) => name), ["full"]);
  }));
