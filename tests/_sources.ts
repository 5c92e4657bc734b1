/** Root of the repository. */
export const ROOT: URL = new URL("../", import.meta.url);

/** A source file. */
export interface Source {
  /** Below the root, as in `envs/env.ts`. */
  name: string;
  /** Without comments, whose examples may use anything. */
  code: string;
}

/**
 * The modules of a folder, or the one module of a path; benchmarks beside the code are left out.
 *
 * @param path Below the root; a folder's ends in a slash.
 */
export function sourcesOf(path: string): Source[] {
  const url = new URL(path, ROOT);
  if (path.endsWith("/")) {
    return [...Deno.readDirSync(url)].flatMap(({ name, isDirectory }) =>
      sourcesOf(path + name + (isDirectory ? "/" : ""))
    );
  }
  if (!path.endsWith(".ts") || path.endsWith("_bench.ts")) return [];
  const code = Deno.readTextFileSync(url).replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
  return [{ name: path, code }];
}

/** What a module imports, type-only and dynamic imports included; undefined for a computed name. */
export function importsOf({ code }: Source): (string | undefined)[] {
  return [...code.matchAll(/\b(?:from|import)\s*"([^"]+)"|\bimport\s*\(\s*(?:"([^"]+)")?/g)].map((
    [, still, dynamic],
  ) => still ?? dynamic);
}

/** The modules that a module imports or starts as a process, by their paths below the root. */
export function filesNamedBy(source: Source): string[] {
  const addressed = [...source.code.matchAll(/new URL\("([^"]+\.ts)", import\.meta\.url\)/g)].map((
    [, path],
  ) => `./${path}`);
  return [...importsOf(source), ...addressed].flatMap((specifier) => {
    if (specifier?.startsWith(".") !== true) return [];
    const { href } = new URL(specifier, new URL(source.name, ROOT));
    return href.endsWith(".ts") ? [href.slice(ROOT.href.length)] : [];
  });
}
