/**
 * MuJoCo in the page.
 *
 * @module
 */

import { loadMujoco } from "@bellman/dqn/envs/mujoco";

/** Receives the part of a download that has arrived, in [0, 1]; undefined if its size is unknown. */
export type DownloadProgress = (done: number | undefined) => void;

/**
 * Downloads and starts MuJoCo's WebAssembly, 10 MB, from beside the page's modules.
 *
 * @param onProgress Receives the progress.
 */
export async function downloadMujoco(onProgress: DownloadProgress): Promise<void> {
  const response = await fetch(new URL("mujoco.wasm", import.meta.url));
  if (!response.ok || response.body === null) {
    throw new Error(`Cannot load MuJoCo: mujoco.wasm must be there, got ${response.status}`);
  }
  // The transferred length: for a compressed file, not the length of its content.
  const isCompressed = response.headers.has("content-encoding");
  const size = isCompressed ? 0 : Number(response.headers.get("content-length"));
  let received = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        received += chunk.length;
        onProgress(size > 0 ? Math.min(received / size, 1) : undefined);
        controller.enqueue(chunk);
      },
    }),
  );
  await loadMujoco({ wasm: await new Response(counted).arrayBuffer() });
}
