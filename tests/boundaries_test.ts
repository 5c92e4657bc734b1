import { assert, assertEquals } from "@std/assert";
import { AGENTS } from "../scripts/settings/settings.ts";
import { importsOf, ROOT, sourcesOf } from "./_sources.ts";

/** What arithmetic may use of `Math`: exact in every engine. */
const EXACT = ["sqrt", "fround", "imul", "abs", "floor", "ceil", "trunc", "min", "max", "clz32", "PI"];

/** Lends planck this library's sine and cosine, and so has to touch `Math` itself. */
const LENDER = "envs/box2d/_lend_math.ts";

/** What each folder may import, besides its own files: packages by name, files by their paths below the root. */
const MAY_IMPORT: Readonly<Record<string, RegExp>> = {
  "mod.ts": /^(agents|envs|nn)\/mod\.ts$/,
  "nn": /^@std\/random$/,
  "envs/box2d": /^planck$|^nn\/math\//,
  "envs/mujoco": /^@mujoco\/mujoco$|^nn\/math\//,
  "envs": /^@std\/text\/closest-string$|^nn\/math\//,
  "agents": /^@std\/random$|^(envs|nn)\//,
};

const LIBRARY = ["mod.ts", "agents/", "envs/", "nn/"].flatMap(sourcesOf);

/** The rooms that use a physics engine: nothing else in the library imports them. */
const ENGINES = ["envs/box2d", "envs/mujoco"];

/** The folder whose row of {@linkcode MAY_IMPORT} holds for a file. */
const folderOf = (name: string) => ENGINES.find((room) => name.startsWith(`${room}/`)) ?? name.split("/")[0]!;

Deno.test("the library uses only arithmetic that is exact in every engine", () => {
  assert(LIBRARY.length > 60);
  for (const { name, code } of LIBRARY) {
    if (name === LENDER) continue;
    const members = [...code.matchAll(/\bMath\.(\w+)/g)].map(([, member]) => member!);
    const taken = [...code.matchAll(/\{([^}]*)\}\s*=\s*Math\b/g)].flatMap(([, list]) => list!.split(","));
    for (const member of [...members, ...taken.map((text) => text.trim())]) {
      assert(EXACT.includes(member), `${name} uses Math.${member}`);
    }
    const rest = code.replaceAll(/\bMath\.\w+|\}\s*=\s*Math\b/g, "");
    assert(!/\bMath\b/.test(rest), `${name} hands Math around`);
    // A power of a constant, or of a bigint, is exact.
    assert(!/\*\*(?!\s*(-?\d|BigInt))/.test(code), `${name} uses the power operator`);
  }
});

Deno.test("the library uses no clock, no entropy, no locale and nothing of Deno", () => {
  const forbidden =
    /\bDeno\b|\bDate\b|\bperformance\b|\bcrypto\b|\bprocess\b|\bglobalThis\b|\bsetTimeout\b|\btoLocale\w+|\bIntl\b/;
  for (const { name, code } of LIBRARY) assertEquals(code.match(forbidden)?.[0], undefined, name);
});

Deno.test("each folder imports only what it may", () => {
  for (const source of LIBRARY) {
    const folder = folderOf(source.name);
    assert(!/\bimport\s*\(/.test(source.code), `${source.name} imports dynamically`);
    for (const specifier of importsOf(source)) {
      const name = nameOf(specifier!, source.name);
      const isOwn = name.startsWith(`${folder.split("/")[0]}/`) &&
        (folderOf(name) === folder || !ENGINES.includes(folderOf(name)));
      assert(isOwn || MAY_IMPORT[folder]!.test(name), `${source.name} imports ${specifier}`);
    }
  }
});

/** What an import names: a file by its path below the root, or a package. */
function nameOf(specifier: string, importer: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return new URL(specifier, new URL(importer, ROOT)).href.slice(ROOT.href.length);
}

/** Everything that a source file loads, directly or not: files by name, packages by specifier. */
function reachedFrom(name: string, reached = new Set<string>()): Set<string> {
  if (reached.has(name)) return reached;
  reached.add(name);
  for (const source of sourcesOf(name)) {
    for (const [, specifier] of source.code.matchAll(/\b(?:from|import)\s*"([^"]+)"/g)) {
      reachedFrom(nameOf(specifier!, name), reached);
    }
  }
  return reached;
}

Deno.test("nothing loads a physics engine but its own room", () => {
  const library = reachedFrom("mod.ts");
  assert(library.has("envs/classic_control/cart_pole.ts"));
  for (const [room, engine] of [["envs/box2d", "planck"], ["envs/mujoco", "@mujoco/mujoco"]] as const) {
    assert(!library.has(engine), engine);
    for (const other of ENGINES) {
      assertEquals(reachedFrom(`${other}/mod.ts`).has(engine), other === room, engine);
    }
  }
});

Deno.test("the NATS client is loaded only with --queue", () => {
  const isOfServer = (name: string) => name.startsWith("@nats-io/");
  const commands = [...Deno.readDirSync(new URL("scripts/", ROOT))].map(({ name }) => `scripts/${name}`)
    .filter((name) => name.endsWith(".ts") && name !== "scripts/bench_queue.ts");
  assert(commands.includes("scripts/sweep.ts") && commands.includes("scripts/train.ts"));
  for (const name of ["mod.ts", ...commands]) {
    assertEquals([...reachedFrom(name)].filter(isOfServer), [], name);
  }
  assert([...reachedFrom("scripts/nats/open_queue.ts")].some(isOfServer));
});

Deno.test("the page, values, settings and a run in memory use nothing of Deno", () => {
  const page = sourcesOf("web/").filter(({ name }) =>
    !/^web\/(dist\/|site\/|build\.ts|serve\w*\.ts|static_files\.ts)/.test(name)
  );
  const plain = ["scripts/values/", "scripts/settings/", "scripts/run/"].flatMap(sourcesOf);
  assert(page.length > 10 && plain.length > 15);
  const reached = new Set<string>();
  for (const { name } of [...page, ...plain]) reachedFrom(name, reached);
  assert(reached.has("scripts/run/run.ts") && reached.has("scripts/cli/option.ts"));
  for (const { name, code } of [...reached].flatMap(sourcesOf)) {
    assertEquals(code.match(/\bDeno\b|"node:/)?.[0], undefined, name);
  }
});

/** A comparison with the name of an agent. */
const AGENT_QUESTION = new RegExp(
  `(?:[!=]==?|case|includes\\(|has\\() ?"(?:${AGENTS.join("|")})"|"(?:${AGENTS.join("|")})" [!=]==?`,
);

Deno.test("no code compares agents by name: the tables of agents define them", () => {
  const sources = ["scripts/", "web/", ".ci/"].flatMap(sourcesOf).filter(({ name }) =>
    !name.startsWith("web/dist/")
  );
  assert(sources.length > 150);
  for (const { name, code } of sources) assertEquals(code.match(AGENT_QUESTION)?.[0], undefined, name);
  for (const code of ['agent === "random"', 'case "dqn"', 'includes("rainbow")', '"q-learning" !== agent']) {
    assert(AGENT_QUESTION.test(code), code);
  }
});

Deno.test("the scan finds violations", () => {
  const [train] = sourcesOf("scripts/train.ts");
  assert(train !== undefined);
  assert(/\bDeno\b/.test(train.code) && /\bperformance\b/.test(train.code));
  assert(importsOf(train).includes("./run/run.ts"));
  assert(LIBRARY.some((source) => importsOf(source).includes("@std/random")));
  assert(LIBRARY.some((source) => importsOf(source).includes("./_lend_math.ts")));
});
