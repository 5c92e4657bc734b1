import { assert, assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/** What arithmetic may use of `Math`: exact in every engine. */
const EXACT = ["sqrt", "fround", "imul", "abs", "floor", "ceil", "trunc", "min", "max", "clz32", "PI"];

/** Lends planck this library's sine and cosine, and so has to touch `Math` itself. */
const LENDER = "envs/box2d/_lend_math.ts";

/** What each folder may import, besides its own files. */
const MAY_IMPORT: Readonly<Record<string, RegExp>> = {
  "mod.ts": /^\.\/(agents|envs|nn)\/mod\.ts$/,
  "nn": /^@std\/random$/,
  "envs/box2d": /^planck$|^\.\.\/\.\.\/nn\/math\//,
  "envs": /^@std\/text\/closest-string$|^\.\.\/nn\/math\//,
  "agents": /^@std\/random$|^\.\.\/(envs|nn)\//,
};

/** A source file of the library. */
interface Source {
  name: string;
  folder: string;
  /** Without comments, whose examples may use anything. */
  code: string;
}

function sourcesOf(path: string): Source[] {
  const url = new URL(path, ROOT);
  if (path.endsWith("/")) {
    return [...Deno.readDirSync(url)].flatMap(({ name, isDirectory }) =>
      sourcesOf(path + name + (isDirectory ? "/" : ""))
    );
  }
  if (!path.endsWith(".ts") || path.endsWith("_bench.ts")) return [];
  const code = Deno.readTextFileSync(url).replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
  const folder = path.startsWith("envs/box2d/") ? "envs/box2d" : path.split("/")[0]!;
  return [{ name: path, folder, code }];
}

const LIBRARY = ["mod.ts", "agents/", "envs/", "nn/"].flatMap(sourcesOf);

const importsOf = ({ code }: Source): (string | undefined)[] =>
  [...code.matchAll(/\b(?:from|import)\s*"([^"]+)"|\bimport\s*\(/g)].map(([, specifier]) => specifier);

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

Deno.test("each folder imports only what it may know", () => {
  for (const source of LIBRARY) {
    for (const specifier of importsOf(source)) {
      assert(specifier !== undefined, `${source.name} imports dynamically`);
      const own = specifier.startsWith(".") &&
        new URL(specifier, new URL(source.name, ROOT)).href.startsWith(
          new URL(`${source.folder.split("/")[0]}/`, ROOT).href,
        ) && (source.folder === "envs/box2d" || !/\bbox2d\//.test(specifier));
      assert(own || MAY_IMPORT[source.folder]!.test(specifier), `${source.name} imports ${specifier}`);
    }
  }
});

/** Everything that a source file loads, directly or not: files by name, packages by specifier. */
function reachedFrom(name: string, reached = new Set<string>()): Set<string> {
  if (reached.has(name)) return reached;
  reached.add(name);
  for (const specifier of sourcesOf(name).flatMap(importsOf)) {
    const isFile = specifier?.startsWith(".") === true;
    const next = isFile ? new URL(specifier!, new URL(name, ROOT)).href.slice(ROOT.href.length) : specifier;
    if (next !== undefined) reachedFrom(next, reached);
  }
  return reached;
}

Deno.test("nothing loads the physics engine but envs/box2d", () => {
  const library = reachedFrom("mod.ts");
  assert(library.has("envs/classic_control/cart_pole.ts") && !library.has("planck"));
  assert(reachedFrom("envs/box2d/mod.ts").has("planck"));
});

Deno.test("nothing loads what speaks to a server of sweeps until it is asked for", () => {
  const isOfServer = (name: string) => name.startsWith("@nats-io/") || name.startsWith("scripts/nats/");
  const commands = [...Deno.readDirSync(new URL("scripts/", ROOT))].map(({ name }) => `scripts/${name}`)
    .filter((name) => name.endsWith(".ts") && name !== "scripts/bench_queue.ts");
  assert(commands.includes("scripts/sweep.ts") && commands.includes("scripts/train.ts"));
  for (const name of ["mod.ts", ...commands]) {
    assertEquals([...reachedFrom(name)].filter(isOfServer), [], name);
  }
  assert([...reachedFrom("scripts/nats/open_queue.ts")].some((name) => name.startsWith("@nats-io/")));
});

Deno.test("the page uses nothing of Deno, and of the scripts only what a browser runs", () => {
  const page = sourcesOf("web/").filter(({ name }) => !/^web\/(dist\/|build\.ts|serve\.ts)/.test(name));
  assert(page.length > 10);
  for (const { name, code } of page) assertEquals(code.match(/\bDeno\b/)?.[0], undefined, name);
  const reached = new Set<string>();
  for (const { name } of page) reachedFrom(name, reached);
  reachedFrom("scripts/run/checkpoint.ts", reached); // so that a page or a worker can save runs, too
  const scripts = [...reached].filter((name) => name.startsWith("scripts/"));
  assert(scripts.includes("scripts/run/run.ts"));
  for (const { name, code } of scripts.flatMap(sourcesOf)) {
    assertEquals(code.match(/\bDeno\b/)?.[0], undefined, name);
  }
});

Deno.test("the scan sees what it looks for", () => {
  const [train] = sourcesOf("scripts/train.ts");
  assert(train !== undefined);
  assert(/\bDeno\b/.test(train.code) && /\bperformance\b/.test(train.code));
  assert(importsOf(train).includes("./run/run.ts"));
  assert(LIBRARY.some((source) => importsOf(source).includes("@std/random")));
  assert(LIBRARY.some((source) => importsOf(source).includes("./_lend_math.ts")));
});
