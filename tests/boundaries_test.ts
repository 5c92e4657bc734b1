import { assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/** Every library source below a folder, benchmarks left out. */
function sourcesOf(folder: string): URL[] {
  const base = new URL(`${folder}/`, ROOT);
  return [...Deno.readDirSync(base)].flatMap((entry) => {
    if (entry.isDirectory) return sourcesOf(`${folder}/${entry.name}`);
    return entry.name.endsWith(".ts") && !entry.name.endsWith("_bench.ts") ? [new URL(entry.name, base)] : [];
  });
}

/** A source without its comments, whose examples may use anything. */
function codeOf(file: URL): string {
  return Deno.readTextFileSync(file).replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}

const nameOf = (file: URL) => file.href.slice(ROOT.href.length);
const importsOf = (code: string) =>
  [...code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);

const LIBRARY = [new URL("mod.ts", ROOT), ...["envs", "agents", "nn"].flatMap(sourcesOf)];

Deno.test("the library uses nothing that differs from engine to engine or from run to run", () => {
  const forbidden =
    /\bDeno\.|\bMath\.(random|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|exp|expm1|log|log2|log10|log1p|pow|cbrt|hypot)\b|\bDate\b|\bperformance\b|\*\*(?!\s*(-?\d|BigInt))|\bsetTimeout\b|\bprocess\.|\blocale/;
  const found = LIBRARY.flatMap((file) => {
    const match = codeOf(file).match(forbidden);
    return match === null ? [] : [`${nameOf(file)}: ${match[0]}`];
  });
  assertEquals(found, []);
});

Deno.test("each folder imports only what it may know", () => {
  const allowed: Record<string, RegExp> = {
    "mod.ts": /^\.\/(agents|envs|nn)\/mod\.ts$/,
    "envs": /^@std\/random$|^\.\.?\/(?!.*(agents|scripts)\/)(?!.*nn\/(?!math\/))/,
    "nn": /^@std\/random$|^\.\.?\/(?!.*(agents|envs|scripts)\/)/,
    "agents": /^@std\/random$|^\.\.?\/(?!.*scripts\/)/,
  };
  const found = LIBRARY.flatMap((file) => {
    const name = nameOf(file);
    const rule = allowed[name.split("/")[0]!]!;
    return importsOf(codeOf(file)).filter((specifier) => !rule.test(specifier)).map((specifier) =>
      `${name}: ${specifier}`
    );
  });
  assertEquals(found, []);
});

Deno.test("the scan sees code and imports", () => {
  const code = codeOf(new URL("scripts/train.ts", ROOT));
  assertEquals(/\bDeno\./.test(code), true);
  assertEquals(importsOf(code).includes("./_run.ts"), true);
});
