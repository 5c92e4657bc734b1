/**
 * A peer in Python as a subject to time.
 *
 * @module
 */

import type { Workload } from "./dqn_update.ts";
import type { Subject } from "./measure.ts";

/** Settings that would choose more threads, or another code path of OpenBLAS than it chooses by itself. */
const FORBIDDEN = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];
const ONE_THREAD = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"];

/** A running peer. */
export interface PythonPeer extends Subject {
  /** Ends the process. */
  close(): Promise<void>;
}

/** The first of some Pythons that can import a module, or undefined. */
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
 * @param script Its file beside this one.
 * @param workload Network and batch.
 * @returns The peer, ready to be timed.
 */
export async function startPeer(python: string, script: string, workload: Workload): Promise<PythonPeer> {
  const env = Deno.env.toObject();
  for (const name of FORBIDDEN) delete env[name];
  for (const name of ONE_THREAD) env[name] = "1";
  const child = new Deno.Command(python, {
    args: [new URL(script, import.meta.url).pathname, workload.sizes.join("-"), String(workload.rows)],
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
  const hello: { name: string } = JSON.parse(await readLine());
  const encoder = new TextEncoder();
  return {
    name: hello.name,
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
