import { fstatSync } from "node:fs";

/** Every signal that asks a process to stop and can be handled. */
const STOP_SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Calls a handler at the first signal that asks this process to stop: Ctrl-C, SIGTERM, and SIGHUP when the terminal is closed.
 * A second one ends the process at once, with exit code 130. Under `nohup`, SIGHUP is ignored, as intended.
 *
 * @param handler Stops the work.
 * @returns Stops listening.
 */
export function onStopSignal(handler: () => void): () => void {
  let isStopping = false;
  return listen(STOP_SIGNALS.filter((signal) => signal !== "SIGHUP" || !isNohup()), () => {
    if (isStopping) Deno.exit(130);
    isStopping = true;
    handler();
  });
}

/** Ignores the signals that a terminal sends to all its processes: the parent process decides what to do. */
export function ignoreTerminalSignals(): void {
  listen(STOP_SIGNALS.filter((signal) => signal !== "SIGTERM"), () => {});
}

function listen(signals: readonly Deno.Signal[], handler: () => void): () => void {
  for (const signal of signals) Deno.addSignalListener(signal, handler);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, handler);
  };
}

/** Whether `nohup` started this process from a terminal: its standard input then cannot be read. */
function isNohup(): boolean {
  try {
    if (Deno.stdin.isTerminal() || !fstatSync(0).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  try {
    Deno.stdin.readSync(new Uint8Array(1));
    return false;
  } catch {
    return true;
  }
}
