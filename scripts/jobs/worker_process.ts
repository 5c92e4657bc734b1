import { MOST_SECONDS } from "../cli/option.ts";

/** The module and the limits of a worker process. */
export interface WorkerOptions {
  /** A module that calls `serveJob`. */
  readonly module: URL;
  /** Whether it may read files: to load an environment from one. @default {false} */
  readonly mayRead?: boolean;
  /** Seconds that a job may take: at most `MOST_SECONDS`, or Infinity. @default {Infinity} */
  readonly timeLimit?: number;
  /** Arguments of its module. @default {[]} */
  readonly args?: readonly string[];
  /** Receives files of a job as they arrive. */
  readonly onFile?: (name: string, content: Uint8Array) => void;
  /** Largest size of JavaScript's heap, in megabytes, without typed arrays. @default {1024} */
  readonly heapLimit?: number;
}

/** How a worker ended. */
export type Ending =
  /** It completed its job. */
  | { readonly kind: "output"; readonly output: unknown }
  /** Its job reported an error. */
  | { readonly kind: "error"; readonly reason: string }
  /** It ended without an answer: it crashed, ran out of memory, or was stopped for taking too long. */
  | { readonly kind: "lost"; readonly reason: string };

/** A job in its own process. */
export interface WorkerProcess {
  /** How it ended. */
  readonly ending: Promise<Ending>;
  /** Stops it. */
  kill(): void;
}

/**
 * Starts a worker with a job.
 *
 * @param input The job, plain JSON.
 * @param options The module and its limits.
 * @param onProgress Called with the completed part, in [0, 1].
 * @returns The worker.
 */
export function startWorker(
  input: unknown,
  options: WorkerOptions,
  onProgress: (done: number) => void,
): WorkerProcess {
  const { module, mayRead = false, timeLimit = Infinity, heapLimit = 1024, args = [], onFile } = options;
  if (timeLimit !== Infinity && !(timeLimit > 0 && timeLimit <= MOST_SECONDS)) {
    throw new RangeError(
      `Cannot start a worker: timeLimit must be in (0, ${MOST_SECONDS}] or Infinity, got ${timeLimit}`,
    );
  }
  const permissions = mayRead ? ["--allow-read"] : [];
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      ...permissions,
      `--v8-flags=--max-old-space-size=${heapLimit}`,
      module.href,
      ...args,
    ],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const kill = () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  let late = false;
  const timer = timeLimit === Infinity ? undefined : setTimeout(() => {
    late = true;
    kill();
  }, timeLimit * 1000);

  const finish = async (): Promise<Ending> => {
    let answer: Ending | undefined;
    const listen = async () => {
      for await (const message of messages(child.stdout)) {
        if ("done" in message && typeof message.done === "number") onProgress(message.done);
        if ("file" in message && "content" in message) {
          onFile?.(String(message.file), Uint8Array.fromBase64(String(message.content)));
        }
        if ("output" in message) answer = { kind: "output", output: message.output };
        if ("error" in message) answer = { kind: "error", reason: String(message.error) };
      }
    };
    const [errors, status] = await Promise.all([
      lastWords(child.stderr),
      child.status,
      listen(),
      hand(child.stdin, input),
    ]);
    clearTimeout(timer);
    if (answer !== undefined && !late) return answer;
    return { kind: "lost", reason: late ? `took longer than ${timeLimit} s` : reasonOf(status, errors) };
  };
  return { ending: finish(), kill };
}

/** Writes the job; if the worker has already ended, its status tells the reason. */
async function hand(stdin: WritableStream<Uint8Array>, input: unknown): Promise<void> {
  try {
    await new Blob([JSON.stringify(input)]).stream().pipeTo(stdin);
  } catch {
    // Its status tells the reason.
  }
}

/** The messages of a worker: one JSON object per line. */
async function* messages(stdout: ReadableStream<Uint8Array>): AsyncGenerator<object> {
  let parts: string[] = []; // the parts of a line, which may be long
  for await (const text of stdout.pipeThrough(new TextDecoderStream())) {
    parts.push(text);
    if (!text.includes("\n")) continue;
    const lines = parts.join("").split("\n");
    parts = [lines.pop()!];
    for (const line of lines) {
      const message = parse(line);
      if (typeof message === "object" && message !== null) yield message;
    }
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // Not a message of the worker protocol: other code printed it.
  }
}

/** The end of a stream's text; the rest is dropped. */
async function lastWords(stream: ReadableStream<Uint8Array>): Promise<string> {
  let words = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) words = (words + text).slice(-10_000);
  return words;
}

function reasonOf(status: Deno.CommandStatus, errors: string): string {
  if (/out of memory/i.test(errors)) return "ran out of memory";
  if (status.signal !== null) return `was ended by ${status.signal}`;
  const line = errors.split("\n").find((text) => text.trim() !== "")?.trim();
  return `ended with exit code ${status.code}${line === undefined ? "" : `: ${line}`}`;
}
