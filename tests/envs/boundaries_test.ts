import { assert, assertEquals } from "@std/assert";

/** What arithmetic may use of `Math`: exact in every engine. */
const EXACT = new Set([
  "sqrt",
  "fround",
  "imul",
  "abs",
  "floor",
  "ceil",
  "trunc",
  "min",
  "max",
  "clz32",
  "PI",
]);

const FOLDERS = ["../../envs/", "../../nn/math/"];

/** The sources of envs and what it uses of nn, by file name, without comments. */
function sources(): [name: string, text: string][] {
  return FOLDERS.flatMap((folder) => {
    const url = new URL(folder, import.meta.url);
    return [...Deno.readDirSync(url)].filter(({ name }) =>
      name.endsWith(".ts") && !name.endsWith("_bench.ts")
    )
      .map(({ name }): [string, string] => {
        const text = Deno.readTextFileSync(new URL(name, url));
        return [`${folder.slice(6)}${name}`, text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "")];
      });
  });
}

Deno.test("envs use only what is exact in every engine", () => {
  const files = sources();
  assert(files.length > 20);
  for (const [name, text] of files) {
    for (const [, member] of text.matchAll(/\bMath\.(\w+)/g)) {
      assert(EXACT.has(member!), `${name} uses Math.${member}`);
    }
    assert(!/\bMath\s*[[;,)]/.test(text), `${name} hands Math around`);
    assert(!text.includes("**"), `${name} uses the power operator`);
  }
});

Deno.test("envs use no clock, no entropy and nothing of Deno", () => {
  for (const [name, text] of sources()) {
    const found = text.match(/\bDeno\b|\bDate\b|\bperformance\b|\bcrypto\b|\bprocess\b|\bglobalThis\b/);
    assertEquals(found?.[0], undefined, name);
  }
});

Deno.test("envs import only one another and the arithmetic of nn", () => {
  for (const [name, text] of sources()) {
    for (const [, path] of text.matchAll(/\bfrom\s*"([^"]+)"|\bimport\(/g)) {
      assert(path !== undefined, `${name} imports dynamically`);
      const allowed = /^\.\/[a-z0-9_]+\.ts$|^\.\.\/nn\/math\/[a-z]+\.ts$/.test(path);
      assert(allowed && !(name.startsWith("nn/") && path.startsWith("../")), `${name} imports ${path}`);
    }
  }
});

Deno.test("envs/mod.ts exports every public file", () => {
  const files = sources().map(([name]) => name).filter((name) => /^envs\/(?!_|mod\.ts)/.test(name));
  const mod = Deno.readTextFileSync(new URL("../../envs/mod.ts", import.meta.url));
  for (const name of files) assert(mod.includes(`"./${name.slice(5)}"`), `${name} is not exported`);
});
