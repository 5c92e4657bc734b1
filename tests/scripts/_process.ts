import { sealOf } from "../../scripts/run/seal.ts";
import { fromFileUrl } from "../../.ci/from_file_url.ts";

/** What a command left behind. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** How long a command may take: one that waits for something that never comes fails its test, and no other. */
const LIMIT_MS = 300_000;
const ROOT = new URL("../../", import.meta.url);

/** Runs a script of this repository as a user would, in a folder, with permissions. */
export async function runScript(
  script: string,
  args: readonly string[],
  options: {
    cwd: string;
    permissions?: readonly string[];
    input?: string;
    env?: Readonly<Record<string, string>>;
  },
): Promise<Outcome> {
  const { cwd, permissions = ["--allow-read", "--allow-write"], input, env } = options;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, fromFileUrl(new URL(`scripts/${script}`, ROOT)), ...args],
    cwd,
    env: { ...env, NO_COLOR: "1" },
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const typed = input === undefined ? undefined : new Blob([input]).stream().pipeTo(child.stdin).catch(() => {
    // A command need not read all that is typed.
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  const { code, stdout, stderr } = await child.output();
  clearTimeout(limit);
  await typed;
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

/** Starts the train script with a run folder `x`, to be interfered with. */
export function startTraining(args: readonly string[], cwd: string): Deno.ChildProcess {
  return startScript("train.ts", ["--out", "x", ...args], { cwd });
}

/** Starts a script of this repository, to be interfered with. */
export function startScript(
  script: string,
  args: readonly string[],
  options: { cwd: string; permissions?: readonly string[] },
): Deno.ChildProcess {
  const { cwd, permissions = ["--allow-read", "--allow-write"] } = options;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, new URL(`scripts/${script}`, ROOT).href, ...args],
    cwd,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits until a file is there. */
export async function appearance(cwd: string, file: string | RegExp): Promise<void> {
  const isIt = (name: string) => typeof file === "string" ? name === file : file.test(name);
  while (!filesBelow(cwd).some(isIt)) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Lines of an index that change with the time: of a run's summary and log for TensorBoard, of a sweep's times and command. */
const TIMED = / {2}(summary\.json|events\..*|times\.csv|sweep\.json)$/;

/** All that a run or a sweep leaves, by file, but for the time it took. */
export function contentOf(folder: string): Record<string, unknown> {
  return Object.fromEntries(
    filesBelow(folder).map((name) => {
      const base = name.slice(name.lastIndexOf("/") + 1);
      if (base === "SHA256SUMS") {
        // Neither the lines of what has the time in it, nor the hash of all lines.
        const lines = Deno.readTextFileSync(`${folder}/${name}`).split("\n").slice(1);
        return [name, lines.filter((line) => !TIMED.test(line))];
      }
      // A fingerprint of binary files: nobody reads how so many bytes differ.
      if (/\.(safetensors|onnx|gif)$/.test(name)) {
        return [name, sealOf(Deno.readFileSync(`${folder}/${name}`))];
      }
      if (/\.(csv|html|json|svg)$/.test(name) && base !== "summary.json") {
        return [name, Deno.readTextFileSync(`${folder}/${name}`)];
      }
      if (base !== "summary.json") return [name, Deno.readFileSync(`${folder}/${name}`)];
      const summary = JSON.parse(Deno.readTextFileSync(`${folder}/${name}`));
      return [name, { ...summary, wall_seconds: undefined, steps_per_second: undefined }];
    }),
  );
}

/** Gives a body a folder of its own, and removes it afterwards. */
export async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The paths of all files below a folder, in order. */
export function filesBelow(folder: string, prefix = ""): string[] {
  return [...Deno.readDirSync(folder)].flatMap((entry) =>
    entry.isDirectory
      ? filesBelow(`${folder}/${entry.name}`, `${prefix}${entry.name}/`)
      : [`${prefix}${entry.name}`]
  ).sort();
}

/** What is said on stderr while something is done. */
export async function saidBy(action: () => unknown): Promise<string> {
  const { error } = console;
  const said: string[] = [];
  console.error = (...words: unknown[]) => said.push(words.join(" "));
  try {
    await action();
  } finally {
    console.error = error;
  }
  return said.join("\n");
}
