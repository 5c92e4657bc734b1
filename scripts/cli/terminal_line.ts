import { visibleLine } from "../values/visible_text.ts";

/** A line on the terminal that is redrawn. */
export interface TerminalLine {
  /** Draws the line, if there is a terminal and the last drawing is long enough ago. */
  draw(text: (seconds: number, columns: number) => string): void;
  /** Removes the line. */
  clear(): void;
}

const INTERVAL_MS = 100;
const SEPARATOR = " · ";

/**
 * Shows a line on stderr, if that is a terminal.
 *
 * @param quiet Whether to show nothing at all.
 * @returns The line; its text is computed from the seconds since this call and the width of the window.
 */
export function createTerminalLine(quiet: boolean): TerminalLine {
  if (quiet || !Deno.stderr.isTerminal()) return { draw: () => {}, clear: () => {} };
  const start = performance.now();
  const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  let last = -Infinity;
  return {
    draw(text) {
      const now = performance.now();
      if (now - last < INTERVAL_MS) return;
      last = now;
      write(`\r\x1b[2K${visibleLine(text((now - start) / 1000, columnsOfTerminal()))}`);
    },
    clear: () => write("\r\x1b[2K"),
  };
}

/** Joins the parts of a line, most important first, dropping the last ones if they do not fit: a wrapped line could not be redrawn. */
export function joinParts(parts: readonly string[], columns: number): string {
  let count = parts.length;
  while (count > 1 && parts.slice(0, count).join(SEPARATOR).length >= columns) count--;
  return parts.slice(0, count).join(SEPARATOR);
}

/** Seconds as minutes and seconds, with hours when there are any. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const rest = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

/** The width of the terminal's window, or the traditional 80 if it is unknown. */
export function columnsOfTerminal(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}
