import { sealOf } from "../run/seal.ts";

/** The file that lists the others of a folder with their SHA-256, as `sha256sum -c` reads it. */
export const INDEX_FILE = "SHA256SUMS";

/** The entry for a file that does not exist. */
export const NOTHING = "nothing";

/**
 * The possible contents of each file: the SHA-256 of the last saved content, then of the content if the process was killed
 * before; {@linkcode NOTHING} for no file.
 */
export type FileIndex = ReadonlyMap<string, readonly string[]>;

const OPENING = "# bellman: SHA-256 of the files beside this one, and of all lines below: ";
const FILE = /^([0-9a-f]{64}) {2}(.+)$/;
const OTHER = /^# or ([0-9a-f]{64}|nothing) {2}(.+)$/;
/** Names without spaces and control characters, of files within the folder. */
const NAME = /^(?!\.)[\w.+-]+(\/(?!\.)[\w.+-]+)*$/;

/**
 * Writes an index. Its first line has the SHA-256 of all others, so that a change of it does not go unnoticed either.
 *
 * @param index Its content.
 * @returns The text, in the order of names.
 */
export function encodeIndex(index: FileIndex): string {
  const lines = [...index].toSorted(([a], [b]) => a < b ? -1 : 1).flatMap(([name, [hash, ...others]]) => [
    `${hash}  ${name}\n`,
    ...others.map((other) => `# or ${other}  ${name}\n`),
  ]);
  const body = lines.join("");
  return `${OPENING}${sealOf(new TextEncoder().encode(body))}\n${body}`;
}

/**
 * Reads an index.
 *
 * @param text Its content.
 * @returns What it says.
 * @throws {SyntaxError} If it is damaged, or not written by {@linkcode encodeIndex}.
 */
export function decodeIndex(text: string): FileIndex {
  if (!isIndex(text)) {
    throw new SyntaxError("it must begin with the SHA-256 of its lines, got something else");
  }
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  const seal = sealOf(new TextEncoder().encode(body));
  if (end < 0 || text.slice(OPENING.length, end) !== seal) {
    throw new SyntaxError(`it is damaged: the SHA-256 of its lines must be that of its first, got ${seal}`);
  }
  const index = new Map<string, string[]>();
  for (const line of body.split("\n").slice(0, -1)) {
    const [, hash, name] = line.match(FILE) ?? [];
    const [, other, owner] = line.match(OTHER) ?? [];
    const states = index.get(owner ?? "");
    if (hash !== undefined && name !== undefined && NAME.test(name)) index.set(name, [hash]);
    else if (other !== undefined && states !== undefined) states.push(other);
    else throw new SyntaxError(`its lines must have a SHA-256 and a name, got ${JSON.stringify(line)}`);
  }
  return index;
}

/** Whether a text begins as an index does. */
export function isIndex(text: string): boolean {
  return text.startsWith(OPENING);
}
