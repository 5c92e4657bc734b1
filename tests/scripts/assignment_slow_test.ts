import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { encodeBase64 } from "../../scripts/plots/base64.ts";
import { gifComment } from "../../scripts/recording/gif_comment.ts";
import { filesBelow, inFolder, runScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

const permissions = ["--allow-read", "--allow-write", "--allow-run"];
const TINY = ["--env", "CartPole-v1", "--trials", "2", "--steps", "2000", "--quiet"];

Deno.test("the assignment answers the quiz, with the files that it names and on one page", () =>
  inFolder(async (cwd) => {
    const { code, stdout, stderr } = await runScript("assignment.ts", TINY, { cwd, permissions });
    assertEquals([code, stderr], [0, ""]);
    const folder = "runs/CartPole-v1/assignment";
    assertMatch(
      stdout,
      /^1\) best hyperparameters +learning-rate 0\.\d+, gamma 0\.9\d+, n-step \d, hidden \d+,\d+, target-update-interval \d+$/m,
    );
    const maximum = /^3\) maximum total reward +(\d+), mean \d+\.\d\d over 100 greedy episodes$/m.exec(stdout)
      ?.[1];
    assert(maximum !== undefined, stdout);
    for (const file of ["best/reward.svg", "maximum.gif", "report.html"]) {
      assertStringIncludes(stdout, `${folder}/${file}\n`);
      assert(filesBelow(`${cwd}/${folder}`).includes(file), file);
    }
    const film = Deno.readFileSync(`${cwd}/${folder}/maximum.gif`);
    assertMatch(gifComment(film) ?? "", new RegExp(`: return ${maximum} after ${maximum} steps$`));
    const page = Deno.readTextFileSync(`${cwd}/${folder}/report.html`);
    const { learningRate } = JSON.parse(Deno.readTextFileSync(`${cwd}/${folder}/best/config.json`));
    const parts = [
      `>learning rate</th><td data-name="value">${learningRate}</td>`,
      "CartPole-v1: total reward per episode",
      `<dt>maximum total reward</dt><dd>${maximum}<small>of 100 greedy episodes</small>`,
      `src="data:image/gif;base64,${encodeBase64(film)}"`,
      `the maximum total reward, ${maximum}, of 100 greedy episodes, at real speed.`,
      "2 trials with 1 seed each",
      '<td data-name="rung">1 of 1</td>',
    ];
    const places = parts.map((part) => page.indexOf(part));
    assert(places.every((place, i) => place > (places[i - 1] ?? -1)), places.join());
    assert(!/<(script|link)|href=|url\(/.test(page), "it needs nothing beside it");

    const again = await runScript("assignment.ts", ["--resume", folder, "--quiet"], { cwd, permissions });
    assertEquals(again, { code, stdout, stderr });
    assertEquals(Deno.readTextFileSync(`${cwd}/${folder}/report.html`), page);
  }));

Deno.test("the assignment refuses bad input before anything runs", () =>
  inFolder(async (cwd) => {
    const bad: [string[], string][] = [
      [["--env", "MountainCa-v0"], "did you mean MountainCar-v0?"],
      [["--trials", "0"], "--trials must be a whole number from 1, got 0"],
      [["--seeds", "x"], "--seeds must be a whole number from 1, got x"],
      [["--steps", "-1"], "--steps must be"],
      [["--trial", "3"], "unknown flag --trial (did you mean --trials?)"],
      [["word"], "word"],
      [
        ["--resume", "full", "--trials", "3"],
        "--trials must be absent beside --resume, since the assignment's own is used",
      ],
      [["--resume", "full"], "Cannot read full/sweep.json"],
      [["--out", "full"], "full must be empty, got 1 entries"],
      [["--workers", "0"], "--workers must be a whole number from 1, got 0"],
      [["--seed", "-1"], "--seed must be a whole number from 0, got -1"],
    ];
    Deno.mkdirSync(`${cwd}/full`);
    Deno.writeTextFileSync(`${cwd}/full/file`, "");
    await assertRefusals("assignment", bad, { cwd, permissions });
    assertEquals([...Deno.readDirSync(cwd)].map(({ name }) => name), ["full"]);
  }));
