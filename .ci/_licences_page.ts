/** The part of deno.lock that the page uses. */
export interface Lock {
  /** The npm packages, as `name@version` or `name@version_peer@version`. */
  readonly npm: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>;
}

/** A package of the lock file. */
export interface LockedPackage {
  name: string;
  version: string;
}

/** Packages that state their licence in their own words. */
const IN_WORDS: Readonly<Record<string, string>> = { "dejavu-fonts-ttf": "Bitstream Vera" };

/** Licences that allow use and distribution together with this package, which has the MIT licence. */
export const COMPATIBLE: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BSD-3-Clause",
  "Bitstream Vera",
  "ISC",
  "MIT",
  "MPL-2.0",
  "Unlicense",
];

const BEFORE = `# Licences

This package is MIT. The library (\`.\`, \`./envs\`, \`./agents\`, \`./nn\`, \`./onnx-policy\`) uses no npm package, except for
\`./envs/box2d\`, which uses planck, and \`./envs/mujoco\`, which uses @mujoco/mujoco. Everything else below serves the commands, the page and the tests. None of it is
published on JSR with this package; the npm package contains \`closestString\` of \`@std/text\` (MIT, the Deno authors).

\`@std/assert\`, \`@std/cli\`, \`@std/csv\`, \`@std/random\` and \`@std/text\` are MIT (the Deno authors); \`deno-std\` provides them
if only npm can be reached. MPL-2.0 (resvg) asks for changes to its own files to be published; there are none.

This page is written by \`deno task docs:update\` from deno.lock and from each package's own statement.

| package | version | licence |
| --- | --- | --- |
`;

/** The packages of a lock file, once each. */
export function lockedPackages(lock: Lock): LockedPackage[] {
  return Object.keys(lock.npm).map((key) => {
    const [, name, version] = /^(@?[^@]+)@([^_]+)/.exec(key)!;
    return { name: name!, version: version! };
  });
}

/**
 * The licence of a package, by its package.json in Deno's cache.
 *
 * @param cache The folder of npm packages in Deno's cache.
 * @param npm A package of the lock file.
 * @returns Its licence; undefined if the cache does not have the package.
 */
export async function licenceOf(cache: string, npm: LockedPackage): Promise<string | undefined> {
  if (IN_WORDS[npm.name] !== undefined) return IN_WORDS[npm.name];
  try {
    const path = `${cache}/registry.npmjs.org/${npm.name}/${npm.version}/package.json`;
    return JSON.parse(await Deno.readTextFile(path)).license;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** A row of the page. */
export function licenceRow({ name, version }: LockedPackage, licence: string): string {
  return `| ${name} | ${version} | ${licence} |`;
}

/** The page. */
export function licencesPage(rows: readonly string[]): string {
  return `${BEFORE}${rows.join("\n")}\n`;
}
