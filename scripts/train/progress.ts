import { returnText } from "../values/return_text.ts";
import { clock, createTerminalLine, joinParts } from "../cli/terminal_line.ts";

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
  /** Where it stood when it was resumed; undefined for a run that was not. */
  resumedFrom?: { step: number; done: number } | undefined;
}

/** A line on the terminal that is drawn again and again. */
export interface Progress {
  /** Draws the line, if there is a terminal and the last drawing is long enough ago. */
  draw(state: () => ProgressState): void;
  /** Removes the line. */
  clear(): void;
}

/** The parts of the line, most important first. */
export function progressLine(state: ProgressState, seconds: number, columns: number): string {
  const { step, episode, meanReturn, epsilon, evaluated, done } = state;
  const { resumedFrom = { step: 0, done: 0 } } = state;
  const [newSteps, newlyDone] = [step - resumedFrom.step, done - resumedFrom.done];
  const parts = [
    `${(100 * done).toFixed(0).padStart(3)} %`,
    `step ${step.toLocaleString("en")}`,
    `episode ${episode.toLocaleString("en")}`,
    ...(meanReturn === undefined ? [] : [`return ${returnText(meanReturn)}`]),
    ...(evaluated === undefined ? [] : [`evaluated ${returnText(evaluated)}`]),
    ...(epsilon === undefined ? [] : [`ε ${epsilon.toFixed(2)}`]),
    ...(seconds > 0 ? [`${Math.round(newSteps / seconds).toLocaleString("en")} steps/s`] : []),
    ...(newlyDone > 0 ? [`ETA ${clock(seconds * (1 - done) / newlyDone)}`] : []),
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
  return {
    draw: (state) => line.draw((seconds, columns) => progressLine(state(), seconds, columns)),
    clear: line.clear,
  };
}
