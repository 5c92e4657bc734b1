import { assert, assertEquals, assertMatch } from "@std/assert";
import { agentsPage } from "../.ci/_agents_page.ts";
import { commandHelps, parseHelp } from "../.ci/_command_help.ts";
import { COMPATIBLE, licenceOf, licenceRow, lockedPackages } from "../.ci/_licences_page.ts";
import { optionsPage } from "../.ci/_options_page.ts";
import { deno, ROOT } from "../.ci/_package_copy.ts";
import { filesNeededBy } from "../.ci/_published_files.ts";
import config from "../deno.json" with { type: "json" };
import { flagOf, SETTING_NAMES } from "../scripts/settings/settings.ts";
import { filesBelow } from "./scripts/_process.ts";
import { fromFileUrl } from "../.ci/from_file_url.ts";

const read = (path: string) => Deno.readTextFileSync(new URL(path, ROOT));

const pagesOf = (folder: string) =>
  [...Deno.readDirSync(new URL(folder, ROOT))].filter(({ name }) => name.endsWith(".md"))
    .map(({ name }) => `${folder}${name}`).sort();

const GUIDE = pagesOf("docs/");
const KOREAN_GUIDE = pagesOf("docs/ko/");
/** Every page, by its path below the root. */
const PAGES = new Map(
  ["README.md", "README.ko.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ...GUIDE, ...KOREAN_GUIDE]
    .map((path) => [path, read(path)]),
);

/** The name under which Markdown viewers link to a title. */
const anchorOf = (title: string) =>
  title.trim().toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");

const withoutBlocks = (page: string) => page.replaceAll(/^```[\s\S]*?^```$/gm, "");

/** The shell blocks of a page, a command a line. */
function commandsOf(page: string): string[] {
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!.replaceAll(/\\\n\s*/g, "").split("\n").map((line) => line.replace(/ # .*$/, "").trim())
  );
}

/** The words of each `deno task` in the pages' shell blocks, from the task's name on. */
const TASKS = [...PAGES.values()].flatMap(commandsOf)
  .flatMap((line) => [...line.matchAll(/\bdeno(?:@\S+)? task ([^;&|]*(?:'[^']*'[^;&|]*)*)/g)])
  .map(([, words]) => words!.trim().split(/\s+/));

const HELPS = await commandHelps();

Deno.test("no relative link of a page is dead, and no anchor", () => {
  let links = 0;
  for (const [path, page] of PAGES) {
    for (const [, target] of withoutBlocks(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target!)) continue;
      const [file = "", anchor] = target!.split("#");
      const url = file === "" ? new URL(path, ROOT) : new URL(file, new URL(path, ROOT));
      assert(Deno.statSync(url).isFile, `${path}: ${target}`);
      links++;
      if (anchor === undefined) continue;
      const titles = [...Deno.readTextFileSync(url).matchAll(/^#+ (.*)$/gm)].map(([, title]) => title!);
      assert(titles.map(anchorOf).includes(anchor), `${path}: ${target}`);
    }
  }
  assert(links > 40);
});

Deno.test("every page of the guide is reached from its first", () => {
  for (const [folder, guide] of [["docs/", GUIDE], ["docs/ko/", KOREAN_GUIDE]] as const) {
    const first = `${folder}README.md`;
    for (const path of guide.filter((path) => path !== first)) {
      assert(PAGES.get(first)!.includes(`(${path.slice(folder.length)})`), path);
    }
  }
  assert(PAGES.get("README.md")!.includes("(docs/README.md)"));
  assert(PAGES.get("README.ko.md")!.includes("(docs/ko/README.md)"));
});

Deno.test("every picture of the guide is shown, and drawn by a command beside it or another of its page", () => {
  const pictures = filesBelow(fromFileUrl(new URL("docs/pictures", ROOT)));
  assert(pictures.length >= 9);
  for (const picture of pictures) {
    const showing = GUIDE.filter((path) => PAGES.get(path)!.includes(`](pictures/${picture})`));
    assert(showing.length > 0, `${picture} is shown nowhere`);
    const drawing = showing.flatMap((path) => commandsOf(PAGES.get(path)!));
    const folder = drawing.some((line) => line.endsWith("--out docs/pictures"));
    assert(folder || drawing.some((line) => line.includes(`--out docs/pictures/${picture}`)), picture);
    assert(Deno.statSync(new URL(`docs/pictures/${picture}`, ROOT)).size < 250_000, `${picture} is large`);
  }
});

Deno.test("every command of the pages exists, with every flag it is given", () => {
  assert(TASKS.length > 40);
  for (const [name = "", ...words] of TASKS) {
    assert(Object.hasOwn(config.tasks, name), `no task ${name}`);
    const help = HELPS.find(({ command }) => command === name);
    if (help === undefined) continue;
    for (const word of words.filter((word) => word.startsWith("--"))) {
      const flag = word.split("=")[0];
      assert(help.flags.some(({ name }) => name === flag), `deno task ${name} has no ${flag}`);
    }
  }
});

Deno.test("the pages speak of no flag that nothing has", () => {
  const known = new Set(HELPS.flatMap(({ flags }) => flags.map(({ name }) => name)));
  // Those of other programs, and of a benchmark.
  const deno = ["read", "write", "run", "net", "env"].map((what) => `--allow-${what}`);
  for (
    const flag of [
      ...deno,
      "--no-remote",
      "--doc",
      "--frozen",
      "--template",
      "--logdir",
      "--port",
      "--install",
    ]
  ) {
    known.add(flag);
  }
  for (const [path, page] of PAGES) {
    for (const [flag] of page.matchAll(/(?<![\w-])--[a-z][a-z0-9-]*[a-z0-9]/g)) {
      assert(known.has(flag), `${path}: ${flag}`);
    }
  }
});

for (
  const [path, page] of [["docs/options.md", optionsPage(HELPS)], ["docs/agents.md", agentsPage()]] as const
) {
  Deno.test(`${path} agrees with --help and the tables of settings and agents`, async () => {
    const file = await Deno.makeTempFile({ suffix: ".md" });
    try {
      await Deno.writeTextFile(file, page);
      const configFile = fromFileUrl(new URL("deno.json", ROOT));
      await deno(["fmt", "--quiet", "--config", configFile, file], ROOT);
      assert(await Deno.readTextFile(file) === read(path), "deno task docs:update mends it");
    } finally {
      await Deno.remove(file);
    }
  });
}

Deno.test("--help of train and of sweep has every setting, and nothing of it is without words", () => {
  for (const command of ["train", "sweep"]) {
    const { flags } = HELPS.find((help) => help.command === command)!;
    const names = flags.map(({ name }) => name);
    for (const setting of SETTING_NAMES) assert(names.includes(flagOf(setting)), flagOf(setting));
  }
  assert(HELPS.length >= 9);
  for (const { command, usage, flags } of HELPS) {
    assertMatch(usage, new RegExp(`^${command}\\b`));
    assert(flags.some(({ name }) => name === "--help"), command);
    for (const { name, help } of flags) assert(help.length > 3, `${command} ${name}`);
  }
});

Deno.test("parseHelp() reads flags, their placeholders, and text of several lines", () => {
  const text =
    "Usage: deno task x RUN [flags]\n\n  --a N       first\n              and more\n  --long-name x|y\n" +
    "              below\n  --b         a switch";
  assertEquals(parseHelp("x", text), {
    command: "x",
    usage: "x RUN [flags]",
    flags: [
      { name: "--a", placeholder: "N", help: "first and more" },
      { name: "--long-name", placeholder: "x|y", help: "below" },
      { name: "--b", placeholder: "", help: "a switch" },
    ],
  });
});

Deno.test("every entry point has a module doc with an example", () => {
  for (const path of Object.values(config.exports)) {
    const [doc = ""] = /^\/\*\*[\s\S]*?\*\//.exec(read(path)) ?? [];
    assert(doc.includes("@module") && /```(ts|sh)\n/.test(doc), path);
  }
});

Deno.test("README names the commands that a newcomer and a maintainer need", () => {
  for (const words of ["deno task train", "deno task test", ".ci/run"]) {
    assert(PAGES.get("README.md")!.includes(words), words);
  }
});

/** What the modules that a file needs import by name. */
function packagesOf(entry: string): Set<string> {
  const files = [...filesNeededBy([entry], read)].filter((path) => path.endsWith(".ts"));
  const code = files.map((path) => read(path).replaceAll(/\/\*[\s\S]*?\*\//g, ""));
  return new Set(
    code.flatMap((text) => [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([^."][^"]*)"/g)])
      .map(([, specifier]) => specifier!),
  );
}

Deno.test("the library pulls in no npm package", () => {
  const std = new Set(["@std/random", "@std/text/closest-string"]);
  for (
    const entry of [
      "mod.ts",
      "envs/mod.ts",
      "envs/minigrid/mod.ts",
      "agents/mod.ts",
      "nn/mod.ts",
      "agents/onnx_policy.ts",
    ]
  ) {
    assertEquals(packagesOf(entry).difference(std), new Set(), entry);
  }
  assertEquals(packagesOf("mod.ts"), std);
  assertEquals(packagesOf("envs/box2d/mod.ts").difference(std), new Set(["planck"]));
  assert(packagesOf("scripts/plot.ts").has("vega"));
});

Deno.test("no package runs an install script, and each that has one is refused by name", () => {
  const { npm } = JSON.parse(read("deno.lock"));
  const named = Object.entries<{ scripts?: boolean }>(npm).flatMap(([key, { scripts }]) =>
    scripts === true ? [`npm:${key.slice(0, key.indexOf("@", 1))}`] : []
  );
  // Deno tells the user of those that are neither allowed nor refused.
  assertEquals(config.allowScripts, { allow: [], deny: [...new Set(named)] });
});

Deno.test("no dependency is unused", () => {
  const sources = filesBelow(fromFileUrl(ROOT)).filter((path) =>
    /^(mod\.ts|(agents|envs|nn|scripts|tests|web|\.ci)\/.*\.ts)$/.test(path) && !path.includes("web/dist/")
  );
  const text = sources.map(read).join("\n");
  for (const name of Object.keys(config.imports)) {
    assertMatch(text, new RegExp(`["']${name}(/[^"']*)?["']`), `nothing imports ${name}`);
  }
});

Deno.test("docs/licences.md lists every package of deno.lock, under a licence that goes with MIT", async () => {
  const page = read("docs/licences.md");
  const rows = [...page.matchAll(/^\| (\S+) +\| (\d\S*) +\| (.+?) +\|$/gm)]
    .map(([, name, version, licence]) => ({ name: name!, version: version!, licence: licence! }));
  const locked = lockedPackages(JSON.parse(read("deno.lock")));
  assert(locked.length > 50);
  const keys = (list: readonly { name: string; version: string }[]) =>
    new Set(list.map(({ name, version }) => `${name}@${version}`));
  assertEquals(keys(rows), keys(locked), "deno task docs:update mends it");
  const { npmCache } = JSON.parse(await deno(["info", "--json"], ROOT));
  let told = 0;
  for (const row of rows) {
    assert(COMPATIBLE.includes(row.licence), `${row.name}: ${row.licence}`);
    const licence = await licenceOf(npmCache, row);
    if (licence === undefined) continue; // not in the cache: nothing here needed it
    told++;
    assertEquals(licenceRow(row, licence), licenceRow(row, row.licence));
  }
  assert(told > 20);
});

/** Milliseconds that a command takes, the median of five. */
async function time(args: readonly string[]): Promise<number> {
  const times = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    await deno(args, ROOT);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[2]!;
}

Deno.test("start-up: loading the library, and train --help", async () => {
  const empty = await time(["eval", ""]);
  const library = await time(["eval", `import "${new URL("mod.ts", ROOT)}";`]);
  const help = await time(["run", "--no-prompt", "scripts/train.ts", "--help"]);
  // Printed, not asserted: machines differ.
  console.log(`import of mod.ts ${Math.round(library - empty)} ms, train --help ${Math.round(help)} ms`);
});
