import type { FrameProgram, ProgramMessage } from "./messages.ts";
import { READY } from "./messages.ts";

/** The entry point that needs 10 MB of WebAssembly. */
const MUJOCO = "@bellman/dqn/envs/mujoco";

/**
 * Runs a program in a frame of its own, which can reach neither this page nor any server.
 *
 * @param program TypeScript.
 * @param onMessage Receives its output, and how it ended.
 * @param signal Stops it, wherever it is.
 */
export async function runProgram(
  program: string,
  onMessage: (message: ProgramMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  const { stripTypes } = await import("./strip_types.ts");
  const { code, failure } = stripTypes(program);
  if (failure !== undefined) return onMessage({ kind: "failed", ...failure });
  const usesMujoco = program.includes(MUJOCO);
  const worker = await (await fetched(usesMujoco ? "mujoco_program_worker.js" : "program_worker.js", signal))
    .text();
  const wasm = usesMujoco ? await (await fetched("../../mujoco.wasm", signal)).arrayBuffer() : undefined;
  await runInFrame({ worker, code, ...(wasm === undefined ? {} : { wasm }) }, onMessage, signal);
}

async function fetched(name: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(new URL(name, import.meta.url), { signal });
  if (!response.ok) throw new Error(`Cannot run the program: ${name} must be there, got ${response.status}`);
  return response;
}

/** Resolves when the program has ended or been stopped; its frame is gone then, and with it its worker. */
function runInFrame(
  program: FrameProgram,
  onMessage: (message: ProgramMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const frame = document.createElement("iframe");
  frame.sandbox.add("allow-scripts");
  frame.hidden = true;
  frame.src = new URL("frame.html", import.meta.url).href;
  const { promise, resolve } = Promise.withResolvers<void>();
  const receive = ({ source, data }: MessageEvent<ProgramMessage | typeof READY>) => {
    if (source !== frame.contentWindow) return;
    if (data === READY) return frame.contentWindow?.postMessage(program, "*");
    onMessage(data);
    if (data.kind !== "printed") resolve();
  };
  addEventListener("message", receive);
  signal.addEventListener("abort", () => resolve());
  document.body.append(frame);
  return promise.finally(() => {
    removeEventListener("message", receive);
    frame.remove();
  });
}
