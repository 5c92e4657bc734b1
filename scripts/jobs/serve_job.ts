import { ignoreTerminalSignals } from "../cli/stop_signals.ts";
import { reasonOf } from "../values/reason_of.ts";

/**
 * The main function of a worker process: reads a job from stdin, runs it, and answers on stdout, one JSON object per line:
 * `{"done": 0.5}` and `{"file": "…", "content": "BASE64"}` meanwhile, and `{"output": …}` or `{"error": "…"}` at the end.
 *
 * @param work Does the job; may report progress any number of times, and pass files to the process that started it.
 */
export async function serveJob(
  work: (
    input: unknown,
    onProgress: (done: number) => void,
    leave: (name: string, content: Uint8Array) => void,
  ) => unknown,
): Promise<void> {
  // A terminal sends its signals to all its processes; the parent process decides what to do.
  ignoreTerminalSignals();
  let last = -Infinity;
  const onProgress = (done: number) => {
    const now = performance.now();
    if (now - last < 200) return;
    last = now;
    say({ done });
  };
  const leave = (name: string, content: Uint8Array) => say({ file: name, content: content.toBase64() });
  try {
    say({ output: await work(await new Response(Deno.stdin.readable).json(), onProgress, leave) });
  } catch (error) {
    say({ error: reasonOf(error) });
  }
  Deno.exit(0);
}

/** Writes a complete line; exits if the reader is gone. */
function say(message: unknown): void {
  const bytes = new TextEncoder().encode(JSON.stringify(message) + "\n");
  try {
    for (let written = 0; written < bytes.length;) {
      written += Deno.stdout.writeSync(bytes.subarray(written));
    }
  } catch {
    Deno.exit(1);
  }
}
