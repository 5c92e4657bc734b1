import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { checkFiles } from "../../scripts/run_folder/check_files.ts";
import { LASTING_FILES } from "../../scripts/run_folder/run_file.ts";
import { main as evaluate } from "../../scripts/evaluate.ts";
import { main as exportPolicy } from "../../scripts/export.ts";
import { main as plot } from "../../scripts/plot.ts";
import { main as record } from "../../scripts/record.ts";
import { main as report } from "../../scripts/report.ts";
import { main as sweep } from "../../scripts/sweep.ts";
import { main as train } from "../../scripts/train.ts";
import { main as verify } from "../../scripts/verify.ts";
import { filesBelow, inFolder, saidBy } from "./_process.ts";

const ARGS = [
  ...[
    "--steps",
    "1100",
    "--hidden",
    "8",
    "--batch-size",
    "8",
    "--eval-interval",
    "500",
    "--eval-episodes",
    "2",
  ],
  ...["--stop-at-return", "none", "--quiet"],
];

const hasCoreutils = (() => {
  try {
    return new Deno.Command("sha256sum", { args: ["--version"], stdout: "null" }).outputSync().success;
  } catch {
    return false;
  }
})();

/** Runs a command with what it prints on stdout kept apart. */
async function run(action: () => Promise<number>): Promise<{ code: number; stdout: string; stderr: string }> {
  const { log } = console;
  const printed: string[] = [];
  console.log = (...words: unknown[]) => printed.push(words.join(" "));
  let code = NaN;
  try {
    const stderr = await saidBy(async () => code = await action());
    return { code, stdout: printed.join("\n"), stderr };
  } finally {
    console.log = log;
  }
}

/** Changes a byte in the middle of a file; gives back how to undo it. */
function damage(path: string): () => void {
  const good = Deno.readFileSync(path);
  Deno.writeFileSync(path, good.with(good.length >> 1, good[good.length >> 1]! ^ 1));
  return () => Deno.writeFileSync(path, good);
}

const isSound = (folder: string) =>
  new Deno.Command("sha256sum", {
    args: ["--check", "--quiet", "--strict", "SHA256SUMS"],
    cwd: folder,
    stdout: "null",
    stderr: "null",
  }).outputSync().success;

Deno.test("coreutils check a run's folder with sha256sum -c, and find what was changed or is missing", {
  ignore: !hasCoreutils,
}, () =>
  inFolder(async (cwd) => {
    const x = `${cwd}/x`;
    assertEquals(await train([...ARGS, "--tensorboard", "--out", x]), 0);
    assert(isSound(x));
    const files = filesBelow(x).filter((name) => name !== "SHA256SUMS");
    assertEquals(
      Deno.readTextFileSync(`${x}/SHA256SUMS`).match(/^[0-9a-f]{64} {2}.+$/gm)?.length,
      files.length,
    );
    for (const name of files) {
      const undo = damage(`${x}/${name}`);
      assert(!isSound(x), name);
      undo();
      assert(isSound(x), name);
    }
    Deno.removeSync(`${x}/reward.svg`);
    assert(!isSound(x));
  }));

Deno.test("verify --files trains nothing, and reports changed files", () =>
  inFolder(async (cwd) => {
    const x = `${cwd}/x`;
    await train([...ARGS, "--out", x]);
    const files = filesBelow(x).filter((name) => name !== "SHA256SUMS");
    const good = await run(() => verify([x, "--files"]));
    assertEquals([good.code, good.stderr], [0, ""]);
    assertStringIncludes(good.stdout, `\nsame: all ${files.length} files of ${x}`);
    for (const name of files) {
      const undo = damage(`${x}/${name}`);
      const { code, stdout } = await run(() => verify([x, "--files"]));
      assertEquals(code, 1, name);
      assertStringIncludes(stdout, `CHANGED    ${name} `);
      assertStringIncludes(stdout, `DIFFERENT: 1 of ${files.length} files`);
      undo();
    }
    Deno.removeSync(`${x}/policy.gif`);
    const { code, stdout } = await run(() => verify([x, "--files", "--json"]));
    const { same, files: checks } = JSON.parse(stdout);
    assertEquals([code, same, checks.find((check: { name: string }) => check.name === "policy.gif")], [
      1,
      false,
      {
        ...{ name: "policy.gif", state: "missing", found: null },
        recorded: checks.find((check: { name: string }) => check.name === "policy.gif").recorded,
      },
    ]);
    assertEquals((await run(() => verify([x, "--files", "--quiet"]))).stdout, "");
    // The index itself.
    const index = `${x}/SHA256SUMS`;
    const undo = damage(index);
    await assertRejects(() => verify([x, "--files"]), Error, "SHA256SUMS: it");
    undo();
    Deno.writeTextFileSync(index, Deno.readTextFileSync(index).replace(/^.* {2}policy\.gif\n/m, ""));
    await assertRejects(() => verify([x, "--files"]), Error, "it is damaged: the SHA-256 of its lines");
    Deno.removeSync(index);
    await assertRejects(() => verify([x, "--files"]), Error, "it must have the index SHA256SUMS, got none");
    await assertRejects(
      () => verify([x, "--files", "--kernel", "simd"]),
      Error,
      "--kernel must be absent beside",
    );
  }));

Deno.test("commands warn about a run that was changed, and resume refuses it", () =>
  inFolder(async (cwd) => {
    const x = `${cwd}/x`;
    await train([...ARGS, "--out", x]);
    const readers: Record<string, () => Promise<number>> = {
      report: () => report([x, "--out", `${cwd}/report.html`]),
      plot: () => plot([x, "--out", `${cwd}/curves.svg`]),
      evaluate: () => evaluate([x, "--episodes", "1"]),
      record: () => record([x, "--format", "svg", "--max-steps", "5", "--out", `${cwd}/policy.svg`]),
      export: () => exportPolicy([x, "--out", `${cwd}/policy.onnx`]),
    };
    const warnings = async () => {
      const names = [];
      for (const [name, read] of Object.entries(readers)) {
        const { code, stderr } = await run(read);
        assertEquals(code, 0, name);
        if (stderr !== "") names.push(name);
      }
      return names;
    };
    assertEquals(await warnings(), []);
    const edit = (name: string, from: RegExp, to: string) => {
      const good = Deno.readTextFileSync(`${x}/${name}`);
      assert(good !== good.replace(from, to), name);
      Deno.writeTextFileSync(`${x}/${name}`, good.replace(from, to));
      return () => Deno.writeTextFileSync(`${x}/${name}`, good);
    };
    const everyone = Object.keys(readers);
    const edits: [string, RegExp, string, string[]][] = [
      ["config.json", /"gamma": 0.99/, '"gamma": 0.98', everyone],
      ["summary.json", /"mean": /, '"mean": 1', ["report", "plot"]],
      ["episodes.csv", /^(1,\d+),/m, "$1,1", ["report", "plot"]],
      ["evaluations.csv", /^(\d+,2),/m, "$1,1", ["report", "plot"]],
    ];
    for (const [name, from, to, expected] of edits) {
      const undo = edit(name, from, to);
      assertEquals(await warnings(), expected, name);
      await assertRejects(
        () => train(["--resume", x, "--quiet"]),
        Error,
        `${name} has changed since it was saved, as SHA256SUMS shows (remove SHA256SUMS to resume anyway)`,
      );
      undo();
    }
    // Edited on purpose, a configuration is as good as any.
    const undo = edit("config.json", /"seed": 0/, '"seed": 5');
    assertEquals(await train(["--config", `${x}/config.json`, "--out", `${cwd}/y`, "--quiet"]), 0);
    undo();
    assertEquals(await warnings(), []);
    // A checkpoint that was lost is no reason to begin again from the start.
    Deno.renameSync(`${x}/checkpoint.safetensors`, `${cwd}/checkpoint`);
    await assertRejects(
      () => train(["--resume", x, "--quiet"]),
      Error,
      "checkpoint.safetensors is missing, though",
    );
    Deno.renameSync(`${cwd}/checkpoint`, `${x}/checkpoint.safetensors`);
    // Another run's, sound in itself.
    for (const name of ["checkpoint.safetensors", "policy.safetensors"]) {
      Deno.copyFileSync(`${cwd}/y/${name}`, `${x}/${name}`);
    }
    assertEquals(await warnings(), ["evaluate", "record", "export"]);
    await assertRejects(
      () => train(["--resume", x, "--quiet"]),
      Error,
      "checkpoint.safetensors has changed",
    );
    // A folder from before there were indices works, with a word.
    Deno.removeSync(`${cwd}/y/SHA256SUMS`);
    const old = await run(() => plot([`${cwd}/y`, "--out", `${cwd}/curves.svg`]));
    assertEquals(
      old.stderr,
      `warning: ${cwd}/y has no SHA256SUMS, so changes of its files cannot be detected`,
    );
    const resumed = await run(() => train(["--resume", `${cwd}/y`, "--steps", "1200", "--skip-pictures"]));
    assertEquals([resumed.code, resumed.stderr], [0, old.stderr]);
    assertEquals((await run(() => verify([`${cwd}/y`, "--files"]))).code, 0);
  }));

Deno.test("files that record, report and export add to a run are listed in its index", () =>
  inFolder(async (cwd) => {
    const x = `${cwd}/x`;
    await train([...ARGS, "--out", x, "--skip-pictures"]);
    const states = async () =>
      Object.fromEntries((await checkFiles(x, LASTING_FILES))!.map(({ name, state }) => [name, state]));
    const before = Object.keys(await states());
    await run(() => record([x, "--format", "svg", "--max-steps", "5", "--state-plot"]));
    await run(() => record([x, "--max-steps", "5"]));
    await run(() => report([x]));
    await run(() => exportPolicy([x]));
    const after = await states();
    const drawn = ["policy.gif", "policy.svg", "report.html", "state.svg"];
    assertEquals(Object.keys(after).sort(), [...before, ...drawn].sort());
    assertEquals(new Set(Object.values(after)), new Set(["same"]));
    // A file elsewhere, or of another name, is nobody's business.
    await run(() => report([x, "--out", `${x}/mine.html`]));
    assertEquals(await states(), after);
    // A run that goes on draws again what it drew; the rest stays, and is listed.
    assertEquals(await train(["--resume", x, "--steps", "1200", "--skip-pictures", "--quiet"]), 0);
    const { "policy.gif": _, "report.html": __, ...rest } = after;
    assertEquals(await states(), rest);
  }));

Deno.test("a sweep's own files are listed, and one whose plan was changed is not resumed", () =>
  inFolder(async (cwd) => {
    const x = `${cwd}/x`;
    const args = [
      "--trials",
      "2",
      "--halving",
      "none",
      "--seeds",
      "1",
      "--steps",
      "600",
      "--learning-starts",
      "300",
    ];
    const small = [
      "--hidden",
      "8",
      "--eval-interval",
      "none",
      "--stop-at-return",
      "none",
      "--eval-episodes",
      "2",
    ];
    const search = ["--search", "gamma=0.9|0.98", "--skip-pictures", "--json", "--save-runs", "--out", x];
    assertEquals((await run(() => sweep([...args, ...small, ...search]))).code, 0);
    const own = filesBelow(x).filter((name) => !/^(best|runs)\/|^SHA256SUMS$/.test(name));
    const { code, stdout } = await run(() => verify([x, "--files", "--json"]));
    assertEquals([code, JSON.parse(stdout).files.map(({ name }: { name: string }) => name)], [0, own]);
    for (
      const folder of [
        `${x}/best`,
        ...[...Deno.readDirSync(`${x}/runs`)].filter(({ isDirectory }) => isDirectory).map(({ name }) =>
          `${x}/runs/${name}`
        ),
      ]
    ) {
      assertEquals((await run(() => verify([folder, "--files"]))).code, 0, folder);
    }
    const plan = Deno.readTextFileSync(`${x}/sweep.json`);
    Deno.writeTextFileSync(`${x}/sweep.json`, plan.replace('"600"', '"500"'));
    await assertRejects(() => sweep(["--resume", x]), Error, "sweep.json has changed since it was saved");
    Deno.writeTextFileSync(`${x}/sweep.json`, plan);
    // A digit in the result of a run: it is made again, and that is said.
    const results = Deno.readTextFileSync(`${x}/results.json`);
    const file = filesBelow(`${x}/runs`).find((name) => name.endsWith(".json") && !name.includes("/"))!;
    const good = Deno.readTextFileSync(`${x}/runs/${file}`);
    Deno.writeTextFileSync(`${x}/runs/${file}`, good.replace('"mean":', '"mean":9'));
    const again = await run(() => sweep(["--resume", x, "--skip-pictures", "--json"]));
    assertEquals(again.code, 0);
    assertStringIncludes(again.stderr, `${file} is ignored, and its run is repeated: it is damaged`);
    assertEquals(Deno.readTextFileSync(`${x}/results.json`), results);
  }));
