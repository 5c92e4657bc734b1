/** Where a run stands. */
export interface ProgressState {
  /** Environment steps taken. */
  step: number;
  /** Episodes ended. */
  episode: number;
  /** Mean return of the last 100 episodes; undefined before the first has ended. */
  meanReturn: number | undefined;
  /** Probability of a random action; undefined for agents without. */
  epsilon: number | undefined;
  /** Mean return of the last evaluation; undefined before the first. */
  evaluated: number | undefined;
  /** The part of the budget that is used, in [0, 1]. */
  done: number;
}

/** A line on the terminal that is drawn again and again. */
export interface Progress {
  /** Draws the line, if there is a terminal and the last drawing is long enough ago. */
  draw(state: () => ProgressState): void;
  /** Removes the line. */
  clear(): void;
}

const INTERVAL_MS = 100;
const SEPARATOR = " · ";

/** The parts of the line, most important first. */
export function progressLine(state: ProgressState, seconds: number, columns: number): string {
  const { step, episode, meanReturn, epsilon, evaluated, done } = state;
  const parts = [
    `${(100 * done).toFixed(0).padStart(3)} %`,
    `step ${step.toLocaleString("en")}`,
    `episode ${episode.toLocaleString("en")}`,
    ...(meanReturn === undefined ? [] : [`return ${meanReturn.toFixed(1)}`]),
    ...(evaluated === undefined ? [] : [`evaluated ${evaluated.toFixed(1)}`]),
    ...(epsilon === undefined ? [] : [`ε ${epsilon.toFixed(2)}`]),
    ...(seconds > 0 ? [`${Math.round(step / seconds).toLocaleString("en")} steps/s`] : []),
    ...(done > 0 ? [`ETA ${clock(seconds * (1 / done - 1))}`] : []),
  ];
  // What does not fit into the window is left out from the end; a wrapped line could not be drawn over.
  while (parts.length > 1 && parts.join(SEPARATOR).length >= columns) parts.pop();
  return parts.join(SEPARATOR);
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const rest = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

/**
 * Shows progress on stderr, if that is a terminal.
 *
 * @param quiet Whether to show nothing at all.
 * @returns The line.
 */
export function createProgress(quiet: boolean): Progress {
  if (quiet || !Deno.stderr.isTerminal()) return { draw: () => {}, clear: () => {} };
  const start = performance.now();
  const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  let last = -Infinity;
  return {
    draw(state) {
      const now = performance.now();
      if (now - last < INTERVAL_MS) return;
      last = now;
      write(`\r\x1b[2K${progressLine(state(), (now - start) / 1000, columnsOfTerminal())}`);
    },
    clear: () => write("\r\x1b[2K"),
  };
}

function columnsOfTerminal(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}
