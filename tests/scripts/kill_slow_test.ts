import { assert, assertEquals } from "@std/assert";
import { randomSeeded } from "@std/random";
import { checkFiles } from "../../scripts/run_folder/check_files.ts";
import { LASTING_FILES } from "../../scripts/run_folder/run_file.ts";
import { main } from "../../scripts/train.ts";
import { contentOf, inFolder, startScript } from "./_process.ts";

/** Runs that take long enough to be killed, and how often they save. */
const RUNS = [
  {
    name: "a run",
    args: [
      ...["--agent", "rainbow", "--hidden", "8", "--atoms", "7", "--batch-size", "8", "--steps", "12000"],
      ...["--stop-at-return", "none", "--eval-interval", "500", "--eval-episodes", "2", "--skip-pictures"],
    ],
    interval: "40",
    seed: 2026n,
  },
  {
    name: "a table's run",
    args: [
      ...["--env", "FrozenLake-v1", "--agent", "q-learning", "--steps", "240000", "--stop-at-return", "none"],
      ...["--eval-interval", "2000", "--eval-episodes", "2", "--skip-pictures"],
    ],
    interval: "300",
    seed: 2027n,
  },
];
const KILLS = 24;

function modified(path: string): number | undefined {
  try {
    return Deno.statSync(path).mtime?.getTime();
  } catch {
    return undefined;
  }
}

for (const { name, args: ARGS, interval, seed } of RUNS) {
  Deno.test(
    `${name} that is killed at ${KILLS} moments, while it starts, trains, saves and ends, ends as the undisturbed run`,
    {
      ignore: Deno.build.os === "windows",
    },
    () =>
      inFolder(async (cwd) => {
        const random = randomSeeded(seed);
        const checkpoint = `${cwd}/x/checkpoint.safetensors`;
        let whileSaving = 0;
        let whileTraining = 0;
        for (let kill = 0; kill < KILLS; kill++) {
          const begun = modified(`${cwd}/x/config.json`) !== undefined;
          const args = begun ? ["--resume", "x", "--skip-pictures"] : ["--out", "x", ...ARGS];
          const child = startScript("train.ts", [...args, "--quiet", "--checkpoint-interval", interval], {
            cwd,
          });
          let hasEnded = false;
          const ending = child.output().then((output) => {
            hasEnded = true;
            return output;
          });
          // A third of the kills hits the start, a third the saving, a third whatever comes a little after a checkpoint.
          const start = performance.now();
          const latest = start + random() * 500;
          const before = modified(checkpoint);
          const isDue = [
            () => performance.now() >= latest,
            () => modified(`${checkpoint}.tmp`) !== undefined && modified(checkpoint) !== before,
            () => modified(checkpoint) !== before,
          ][kill % 3]!;
          while (!hasEnded && !isDue()) await new Promise((resolve) => setTimeout(resolve, 1));
          if (kill % 3 === 2) await new Promise((resolve) => setTimeout(resolve, random() * 100));
          if (!hasEnded) child.kill("SIGKILL");
          const { code, stderr } = await ending;
          const said = new TextDecoder().decode(stderr);
          assert(code === 137 && said === "" || code === 0, `kill ${kill}, ${code}: ${said}`);
          const files = await checkFiles(`${cwd}/x`, LASTING_FILES);
          assertEquals(files?.filter(({ state }) => state !== "same") ?? [], [], `kill ${kill}`);
          if (modified(`${checkpoint}.tmp`) !== undefined) whileSaving++;
          if (code === 137 && modified(checkpoint) !== before) whileTraining++;
        }
        assert(whileSaving > 0, "some kill must have left half a checkpoint behind");
        assert(whileTraining > KILLS / 4, `only ${whileTraining} kills came after a new checkpoint`);
        const rest = ["--resume", `${cwd}/x`, "--skip-pictures", "--quiet"];
        assertEquals(await main(rest), 0);
        assertEquals(await main([...ARGS, "--out", `${cwd}/whole`, "--quiet"]), 0);
        assertEquals(contentOf(`${cwd}/x`), contentOf(`${cwd}/whole`));
      }),
  );
}
