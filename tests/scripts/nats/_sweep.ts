import { assert, assertEquals } from "@std/assert";
import { contentOf, type Outcome, runScript, startScript } from "../_process.ts";

/** Settings of a sweep whose runs take a fraction of a second. */
const TINY_RUNS = [
  ...["--halving", "2", "--rungs", "2", "--steps", "1200", "--hidden", "8"],
  ...["--learning-starts", "200", "--eval-interval", "300", "--eval-episodes", "3"],
  ...["--search", "learning-rate=log:1e-4:1e-2", "--skip-pictures"],
];
/** A sweep of them. */
export const TINY: readonly string[] = [...TINY_RUNS, "--trials", "4", "--seeds", "2"];
/** A sweep that learns: two random rounds of 5 trials, then one trial chosen by them. */
export const LEARNING: readonly string[] = [
  ...TINY_RUNS,
  ...["--sampling", "tpe", "--trials", "11", "--round-size", "5", "--seeds", "1"],
];

/** What may depend on the machines: results with their seconds, and how the sweep was begun. */
const TIMED = /^(runs\/|times\.csv$|sweep\.json$)/;

/** What the commands may do; a sweep on one machine has no network. */
const SWEEP = ["--allow-read", "--allow-write", "--allow-run"];
const NET = "--allow-net=127.0.0.1,localhost";
const WORKER = ["--allow-read", "--allow-run", NET];
const ENV = "--allow-env=NATS_USER,NATS_PASSWORD,NATS_TOKEN";

/** Sweeps on this machine. */
export function sweepHere(args: readonly string[], cwd: string): Promise<Outcome> {
  return runScript("sweep.ts", args, { cwd, permissions: SWEEP });
}

/** Sweeps on a server, or asks it for sweeps. */
export function sweepThere(args: readonly string[], cwd: string): Promise<Outcome> {
  return runScript("sweep.ts", args, { cwd, permissions: [...SWEEP, NET, ENV] });
}

/** Starts a sweep on a server, to be interfered with. */
export function startSweep(args: readonly string[], cwd: string): Deno.ChildProcess {
  return startScript("sweep.ts", args, { cwd, permissions: [...SWEEP, NET, ENV] });
}

/** Starts a worker. */
export function startWorker(url: string, args: readonly string[], cwd: string): Deno.ChildProcess {
  return startScript("worker.ts", ["--queue", url, ...args], { cwd, permissions: [...WORKER, ENV] });
}

/** Lets a worker work until it ends by itself. */
export function runWorker(
  url: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const queue = url === "" ? [] : ["--queue", url];
  return runScript("worker.ts", [...queue, ...args], { cwd, permissions: [...WORKER, ENV], env });
}

/** Ends a worker without a word. */
export async function killWorker(worker: Deno.ChildProcess): Promise<void> {
  try {
    worker.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
  await worker.output();
}

/** What a process said. */
export async function wordsOf(child: Deno.ChildProcess): Promise<Outcome> {
  const { code, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

/** Two sweeps must have left the same, byte for byte: tables, pictures, report and the best run but for its seconds. */
export function assertSameResults(cwd: string, folder: string, expected: string): void {
  const exactOf = (name: string) =>
    Object.fromEntries(Object.entries(contentOf(`${cwd}/${name}`)).filter(([file]) => !TIMED.test(file)));
  const exact = exactOf(expected);
  for (const file of ["results.csv", "report.html", "best/summary.json", "best/checkpoint.safetensors"]) {
    assert(file in exact, file);
  }
  assertEquals(exactOf(folder), exact);
}
