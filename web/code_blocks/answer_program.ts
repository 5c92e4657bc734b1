import type { Program, ProgramMessage } from "./messages.ts";
import { valueText } from "./value_text.ts";

/** The modules that a program may import, by the names it imports them by. */
export type Modules = Readonly<Record<string, unknown>>;

/** Lines and characters of output; a program that prints without end fills no memory, and its page stays quick. */
const MOST = { lines: 1_000, characters: 100_000 };

/** What the script of a program defines. */
declare const runProgram: (require: (name: string) => unknown, exports: object) => Promise<void>;
/** Loads a script into a worker that is no module. */
declare const importScripts: (address: string) => void;

const post = (message: ProgramMessage) => self.postMessage(message);

/**
 * Makes this worker run the program that it receives.
 *
 * @param modulesFor Returns the modules that it may import.
 */
export function answerProgram(modulesFor: (program: Program) => Modules): void {
  let room: { lines: number; characters: number } | undefined = { ...MOST };
  const print = (...values: readonly unknown[]) => {
    if (room === undefined) return;
    const line = withoutColours(lineText(values, room.characters));
    const shown = room.lines === 0 ? "" : line.slice(0, room.characters);
    const isCut = room.lines === 0 || shown.length < line.length;
    post({ kind: "printed", text: isCut ? `${shown}…` : shown });
    room = isCut ? undefined : { lines: room.lines - 1, characters: room.characters - shown.length };
  };
  Object.assign(console, { log: print, info: print, debug: print, warn: print, error: print });
  let address = "";
  const fail = (error: unknown) => post({ kind: "failed", ...failureOf(error, address) });
  self.addEventListener("unhandledrejection", ({ reason }) => fail(reason));
  self.addEventListener("message", async ({ data }: MessageEvent<Program>) => {
    const modules = modulesFor(data);
    const require = (name: string): unknown => {
      if (Object.hasOwn(modules, name)) return modules[name];
      throw new TypeError(`Cannot import ${name}: a program may import ${Object.keys(modules).join(", ")}`);
    };
    // On the line of the program's first, so that its lines keep their numbers.
    const source = `self.runProgram = async (require, exports) => {${data.code}\n}`;
    address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    try {
      importScripts(address);
      await runProgram(require, {});
      post({ kind: "ended" });
    } catch (error) {
      fail(error);
    }
  });
}

/** Values as one line, of which no more is made than is needed to see that it is longer. */
function lineText(values: readonly unknown[], characters: number): string {
  let text = "";
  for (const [i, value] of values.entries()) {
    if (text.length > characters) break;
    text += `${i === 0 ? "" : " "}${valueText(value)}`;
  }
  return text;
}

/** The message of what a program threw, and the line of the program. */
function failureOf(error: unknown, address: string): { reason: string; line: number | undefined } {
  if (!(error instanceof Error)) return { reason: valueText(error), line: undefined };
  const [, after] = (error.stack ?? "").split(`${address}:`);
  const line = /^\d+/.exec(after ?? "")?.[0];
  return { reason: withoutColours(valueText(error)), line: line === undefined ? undefined : Number(line) };
}

// deno-lint-ignore no-control-regex
const withoutColours = (text: string) => text.replaceAll(/\x1b\[[\d;]*m/g, "");
