/**
 * A Python peer as a subject to time.
 *
 * @module
 */

import { encodeBase64 } from "../plots/base64.ts";
import type { Workload } from "./workload.ts";
import type { Subject } from "./measure.ts";

const ONE_THREAD = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"];

/** What a peer is to do. */
export interface PeerTask {
  /** Its file, in this folder. */
  readonly script: string;
  /** The work to repeat: a name that the file knows. */
  readonly work: string;
  /** Network and batch, for works that need them. */
  readonly workload?: Workload;
  /** The workload's data, from `encodeWorkload`. */
  readonly data?: Uint8Array;
}

/** A running peer. */
export interface PythonPeer extends Subject {
  /** Its BLAS with version and kernels, such as `OpenBLAS 0.3.21 Haswell`. */
  readonly blas: string;
  /** Whether that BLAS is known to be an optimised one. */
  readonly isOptimised: boolean;
  /** Values of `OPENBLAS_CORETYPE` that the processor can run. */
  readonly coreTypes: readonly string[];
  /** Stops the process. */
  close(): Promise<void>;
}

/** The first Python interpreter that can import a module, or undefined. */
export async function findPython(candidates: readonly string[], module: string): Promise<string | undefined> {
  for (const python of candidates) {
    try {
      const command = new Deno.Command(python, {
        args: ["-c", `import ${module}`],
        stdout: "null",
        stderr: "null",
      });
      if ((await command.output()).success) return python;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}

/**
 * Starts a peer.
 *
 * @param python The interpreter.
 * @param task What it is to do.
 * @param coreType The kernels for OpenBLAS; undefined leaves the choice to OpenBLAS and the process's environment.
 * @returns The peer, ready to be timed.
 */
export async function startPeer(
  python: string,
  { script, work, workload, data }: PeerTask,
  coreType?: string,
): Promise<PythonPeer> {
  const env = Deno.env.toObject();
  for (const name of ONE_THREAD) env[name] = "1";
  if (coreType !== undefined) env.OPENBLAS_CORETYPE = coreType;
  const child = new Deno.Command(python, {
    args: [
      decodeURIComponent(new URL(script, import.meta.url).pathname),
      work,
      ...(workload === undefined ? [] : [workload.sizes.join("-"), String(workload.rows)]),
    ],
    clearEnv: true,
    env,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const readLine = async (): Promise<string> => {
    while (!text.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`Cannot time ${script}: it must answer, got the end of its output`);
      text += value;
    }
    const end = text.indexOf("\n");
    const line = text.slice(0, end);
    text = text.slice(end + 1);
    return line;
  };
  const encoder = new TextEncoder();
  if (data !== undefined) await writer.write(encoder.encode(`${encodeBase64(data)}\n`));
  const hello: { name: string; blas: string; optimised: boolean; cores: string[] } = JSON.parse(
    await readLine(),
  );
  return {
    name: hello.name,
    blas: hello.blas,
    isOptimised: hello.optimised,
    coreTypes: hello.cores,
    async run(count) {
      await writer.write(encoder.encode(`${count}\n`));
      return Number(await readLine());
    },
    async close() {
      await writer.close();
      await child.status;
      await reader.cancel();
    },
  };
}

/**
 * The OpenBLAS kernels with which a peer is fastest on this machine. If `OPENBLAS_CORETYPE` is set, it is left unchanged.
 *
 * @param python The interpreter.
 * @param task The task to time.
 * @param coreTypes Values of `OPENBLAS_CORETYPE` to try besides OpenBLAS's own choice.
 * @returns A value of `OPENBLAS_CORETYPE`, or undefined for OpenBLAS's own choice.
 */
export async function fastestCoreType(
  python: string,
  task: PeerTask,
  coreTypes: readonly string[],
): Promise<string | undefined> {
  if (Deno.env.get("OPENBLAS_CORETYPE") !== undefined) return undefined;
  const candidates = [undefined, ...coreTypes];
  const peers = await Promise.all(candidates.map((core) => startPeer(python, task, core)));
  const best = await fastest(peers);
  for (const peer of peers) await peer.close();
  return candidates[best];
}

/** Index of the fastest subject, timed in turn. */
async function fastest(subjects: readonly Subject[]): Promise<number> {
  const least = subjects.map(() => Infinity);
  for (let round = 0; round < TRIAL_ROUNDS; round++) {
    for (const [i, subject] of subjects.entries()) {
      least[i] = Math.min(least[i]!, await subject.run(TRIAL_UPDATES));
    }
  }
  return least.indexOf(Math.min(...least));
}

const TRIAL_ROUNDS = 5;
const TRIAL_UPDATES = 50;
