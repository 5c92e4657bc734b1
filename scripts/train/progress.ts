import { returnText } from "../values/return_text.ts";
import { clock, createTerminalLine, joinParts } from "../cli/terminal_line.ts";
import { createTimeLeft, type TimeLeft } from "../cli/time_left.ts";

/** The progress of a run. */
export interface ProgressState {
  /** Environment steps taken. */
  step: number;
  /** Episodes ended. */
  episode: number;
  /** Mean return of the last 100 episodes; undefined before the first has ended. */
  meanReturn: number | undefined;
  /** Probability of a random action; undefined for agents without ε. */
  epsilon: number | undefined;
  /** Mean Q-value of the last mini-batch of recorded transitions; undefined for a run that acts. */
  meanQ?: number | undefined;
  /** Mean return of the last evaluation; undefined before the first. */
  evaluated: number | undefined;
  /** The used part of the budget, in [0, 1]. */
  done: number;
  /** The used part when it was resumed; undefined for a run that was not resumed. */
  resumedFrom?: { step: number; done: number } | undefined;
}

/** Seconds so far, and seconds left; undefined before they can be estimated. */
export interface ProgressTime {
  readonly seconds: number;
  readonly left: number | undefined;
}

/** A line on the terminal that is redrawn. */
export interface Progress {
  /** Draws the line, if there is a terminal and the last drawing is long enough ago. */
  draw(state: () => ProgressState): void;
  /** Removes the line. */
  clear(): void;
}

/** The parts of the line, most important first. */
export function progressLine(
  state: ProgressState,
  { seconds, left }: ProgressTime,
  columns: number,
): string {
  const { step, episode, meanReturn, epsilon, meanQ, evaluated, done } = state;
  const newSteps = step - (state.resumedFrom?.step ?? 0);
  const parts = [
    `${(100 * done).toFixed(0).padStart(3)} %`,
    ...(left === undefined ? [] : [`ETA ${clock(left)}`]),
    `step ${step.toLocaleString("en")}`,
    ...(meanQ === undefined ? [`episode ${episode.toLocaleString("en")}`] : []),
    ...(meanReturn === undefined ? [] : [`return ${returnText(meanReturn)}`]),
    ...(meanQ === undefined ? [] : [`mean Q ${returnText(meanQ)}`]),
    ...(evaluated === undefined ? [] : [`evaluated ${returnText(evaluated)}`]),
    ...(epsilon === undefined ? [] : [`ε ${epsilon.toFixed(2)}`]),
    ...(seconds > 0 ? [`${Math.round(newSteps / seconds).toLocaleString("en")} steps/s`] : []),
  ];
  return joinParts(parts, columns);
}

/**
 * Shows progress on stderr, if that is a terminal.
 *
 * @param quiet Whether to show nothing at all.
 * @returns The line.
 */
export function createProgress(quiet: boolean): Progress {
  const line = createTerminalLine(quiet);
  let timeLeft: TimeLeft | undefined;
  return {
    draw: (state) =>
      line.draw((seconds, columns) => {
        const now = state();
        timeLeft ??= createTimeLeft(now.resumedFrom?.done);
        return progressLine(now, { seconds, left: timeLeft.update(seconds, now.done) }, columns);
      }),
    clear: line.clear,
  };
}
