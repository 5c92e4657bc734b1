/**
 * The command that makes the runs of sweeps on other machines.
 *
 * ```sh
 * deno task worker --queue nats://host:4222
 * deno task worker --queue tls://host:4222 --creds worker.creds --workers 4
 * ```
 *
 * It takes runs that `deno task sweep --queue` has put on a NATS server, makes each in a process without any permission, and
 * stores the results on the server; it writes no file. Any number of workers may come and go.
 *
 * @module
 */

import { printError } from "./cli/print.ts";
import { type Flag, isOn } from "./cli/command_line.ts";
import { flagValue, workersOf } from "./cli/flag_value.ts";
import { readCommand } from "./settings/read_command.ts";
import { integerOption, numberOption } from "./cli/option.ts";
import { checkName, environment, NAME_FLAG, QUEUE_FLAGS, queueAccess } from "./nats/queue_flags.ts";
import { onStopSignal } from "./cli/stop_signals.ts";
import { exitCodeOf, UsageError } from "./cli/usage_error.ts";

const FLAGS: readonly Flag[] = [
  ...QUEUE_FLAGS,
  { ...NAME_FLAG, help: "sweep to work for (default: all sweeps on the server, in turn)" },
  { name: "--workers", placeholder: "N", help: "runs in parallel (default: one per core)" },
  {
    name: "--idle-limit",
    placeholder: "S",
    help: "end after this many seconds without a run (default: wait forever)",
  },
  {
    name: "--checkpoint-seconds",
    placeholder: "S",
    help: "seconds between checkpoints of a run, from which another worker can resume it (default: 60)",
  },
  { name: "--quiet", help: "print only errors" },
];

/**
 * Makes runs until it is stopped, or has been idle for `--idle-limit`.
 *
 * @param args The arguments.
 * @returns The exit code: 0 after `--idle-limit`, 130 after Ctrl-C.
 * @throws {Error} If something on the command line is wrong, or the server does not accept this worker.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/worker";
 *
 * await main(["--queue", "nats://localhost:4222", "--idle-limit", "60"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "worker", { needs: "--queue URL" });
  if (line === undefined) return 0;
  const access = queueAccess(line, environment);
  if (access === undefined) throw new UsageError("Cannot work: --queue must be given, got none");
  const name = line.values.has("name") ? checkName(line.values.get("name")) : undefined;
  const slots = workersOf(line);
  const idleLimit = flagValue(line, "idle-limit", integerOption(1, ""), Infinity);
  const stateInterval = flagValue(line, "checkpoint-seconds", numberOption({ min: 0, open: true }, ""), 60);
  const quiet = isOn(line, "quiet");
  const log = (text: string) => {
    if (!quiet) printError(text);
  };

  const stopping = new AbortController();
  const unlisten = onStopSignal(() => {
    log("Stopping: unfinished runs are given back to the server");
    stopping.abort();
  });
  try {
    // Loaded only now: --help and usage errors do not need it.
    const { connectNats } = await import("./nats/connect_nats.ts");
    const { serveSweeps } = await import("./nats/serve_sweeps.ts");
    const { signal } = stopping;
    const connection = await connectNats(access, { name: "bellman worker", patient: true, log, signal });
    if (connection === undefined) return 130;
    log(`Connected to ${access.servers.join(", ")}; ${slots} ${slots === 1 ? "run" : "runs"} at a time`);
    await serveSweeps(connection, { name, slots, idleLimit, stateInterval, log, signal });
    const closed = connection.isClosed();
    if (!closed) await connection.drain();
    if (signal.aborted) return 130;
    if (closed) throw new UsageError("Cannot continue: the server no longer accepts this worker");
    return 0;
  } finally {
    unlisten();
  }
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
