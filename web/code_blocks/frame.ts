/**
 * A frame without an origin, under a content security policy of its own: it runs one program in a worker, which
 * inherits the policy.
 *
 * @module
 */

import { type FrameProgram, type ProgramMessage, READY } from "./messages.ts";

const report = (message: ProgramMessage | typeof READY) => parent.postMessage(message, "*");

addEventListener("message", ({ source, data }: MessageEvent<FrameProgram>) => {
  if (source !== parent) return;
  const { worker: text, code, wasm } = data;
  const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  worker.onmessage = ({ data }: MessageEvent<ProgramMessage>) => report(data);
  worker.onerror = ({ message }) => report({ kind: "failed", reason: message, line: undefined });
  worker.postMessage({ code, ...(wasm === undefined ? {} : { wasm }) }, wasm === undefined ? [] : [wasm]);
});
report(READY);
