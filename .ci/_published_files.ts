/** Files published besides the modules, whether or not a module names them. */
export const TEXTS: readonly string[] = ["CHANGELOG.md", "LICENSE", "README.md", "deno.json"];

/** The largest total size of the published files, in bytes. */
export const SIZE_LIMIT = 2_500_000;

/** References from one module to another: an import, or the URL of a process or of a module to load later. */
const NAMES = /\b(?:from|import)\s*\(?\s*"(\.[^"]+)"|new URL\("([^"]+)", import\.meta\.url\)/g;

/**
 * The files that modules need, directly or not.
 *
 * @param entries Paths of the entry points, below the root.
 * @param read Returns the text of a path.
 * @returns Paths, including the entry points.
 */
export function filesNeededBy(entries: readonly string[], read: (path: string) => string): Set<string> {
  const needed = new Set<string>();
  const visit = (path: string) => {
    if (needed.has(path)) return;
    needed.add(path);
    if (!path.endsWith(".ts")) return;
    for (const [, imported, addressed] of read(path).matchAll(NAMES)) {
      visit(new URL(imported ?? addressed!, `file:///${path}`).pathname.slice(1));
    }
  };
  for (const entry of entries) visit(entry);
  return needed;
}

/**
 * The problems of a list of files to publish.
 *
 * @param files Paths and sizes in bytes.
 * @param needed The files that the entry points need.
 * @returns A line for each problem.
 */
export function problemsOf(files: ReadonlyMap<string, number>, needed: ReadonlySet<string>): string[] {
  const wanted = new Set([...needed, ...TEXTS]);
  const size = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  return [
    ...[...files.keys()].filter((path) => !wanted.has(path)).map((path) => `nothing needs ${path}`),
    ...[...wanted].filter((path) => !files.has(path)).map((path) => `${path} is missing`),
    ...(size > SIZE_LIMIT ? [`${size} bytes are over the limit of ${SIZE_LIMIT}`] : []),
  ];
}
