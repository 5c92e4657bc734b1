import { visibleLine } from "../values/visible_text.ts";
import { returnText } from "../values/return_text.ts";
import { fittingColumns, textTable } from "../cli/table.ts";
import { clock, joinParts } from "../cli/terminal_line.ts";
import { rankTrials } from "./rank_trials.ts";
import type { SweepListener } from "./run_sweep.ts";
import { budgetPart, roundSizes, rungSizes, searchedNames, type SweepPlan } from "./sweep_plan.ts";
import { rungText } from "./sweep_report.ts";
import type { TrialResult } from "./trial_result.ts";

const ROWS = 10;
const INTERVAL_MS = 250;

/** The progress of a sweep. */
export interface SweepState {
  /** The current rung, from 0. */
  rung: number;
  /** Number of trials in it. */
  trials: number;
  /** Number of its trials that have ended. */
  ended: number;
  /** The completed part of its runs. */
  done: number;
  /** The part of the whole sweep that an earlier process completed. */
  free: number;
  /** Seconds since the sweep began. */
  seconds: number;
  /** The results of all trials. */
  results: readonly TrialResult[];
}

/**
 * The table as drawn: a line with the sweep's progress, and the best trials so far.
 *
 * @param plan The plan, with the trials of all rounds up to this one.
 * @param state The progress.
 * @param columns Characters in a line.
 */
export function liveTable(plan: SweepPlan, state: SweepState, columns: number): string[] {
  const { rung, trials, ended, done, free, seconds, results } = state;
  const failed = results.filter(({ rungs }) => rungs.at(-1)?.failure !== undefined).length;
  const shares = rungShares(plan);
  const { before, rounds, number } = roundOf(plan);
  const part = before + shares.slice(0, rung).reduce((sum, share) => sum + share, 0) + done * shares[rung]!;
  const head = joinParts([
    `${(100 * part).toFixed(0).padStart(3)} %`,
    ...(rounds > 1 ? [`round ${number} of ${rounds}`] : []),
    `rung ${rung + 1} of ${plan.rungs}`,
    `${ended} of ${trials} trials`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(part > free ? [`ETA ${clock(seconds * (1 - part) / (part - free))}`] : []),
  ], columns);
  const ranked = rankTrials(results).filter(({ rungs }) => rungs.at(-1)!.failure === undefined).slice(
    0,
    ROWS,
  );
  if (ranked.length === 0) return [head];
  const names = searchedNames(plan);
  const rows = ranked.map((result) => {
    const last = result.rungs.at(-1)!;
    return [
      `trial ${result.trial + 1}`,
      returnText(last.score!),
      rungText(plan, last),
      ...plan.trials[result.trial]!,
    ];
  });
  // A wrapped line could not be drawn over.
  const table = fittingColumns([["best so far", "score", "rung", ...names], ...rows], columns - 1, 1);
  return [head, ...textTable(table).split("\n").map((line) => line.slice(0, columns - 1))];
}

/** The current round: the last one drawn. */
function roundOf(plan: SweepPlan) {
  const sizes = roundSizes(plan);
  const number = Math.ceil(plan.trials.length / plan.roundSize);
  const size = sizes[number - 1]!;
  return { rounds: sizes.length, number, size, before: (plan.trials.length - size) / plan.count };
}

/**
 * The share of all steps in each rung of the current round if no trial fails; later rungs have fewer trials with larger
 * budgets.
 */
function rungShares(plan: SweepPlan): number[] {
  const { size } = roundOf(plan);
  const costs = rungSizes(plan, size).map((trials, rung) => {
    const [part, parts] = budgetPart(plan, rung);
    return trials * part / parts;
  });
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  return costs.map((cost) => size / plan.count * cost / total);
}

/** Shows a sweep on stderr, if that is a terminal. */
export function watchSweep(begin: SweepPlan, quiet: boolean): { listener: SweepListener; clear: () => void } {
  if (quiet || !Deno.stderr.isTerminal()) return { listener: {}, clear: () => {} };
  let plan = begin;
  const start = performance.now();
  const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  const state: SweepState = { rung: 0, trials: 0, ended: 0, done: 0, free: 0, seconds: 0, results: [] };
  const done = new Map<string, number>();
  let height = 0;
  let last = -Infinity;
  const clear = () => {
    if (height > 0) write(`\x1b[${height}A\r\x1b[J`);
    height = 0;
  };
  const draw = () => {
    const now = performance.now();
    if (now - last < INTERVAL_MS) return;
    last = now;
    state.seconds = (now - start) / 1000;
    state.done = [...done.values()].reduce((sum, value) => sum + value, 0) / (state.trials * plan.seeds);
    const { columns, rows } = windowSize();
    const lines = liveTable(plan, state, columns).slice(0, rows - 1);
    clear();
    write(lines.map(visibleLine).join("\n") + "\n");
    height = lines.length;
  };
  const listener: SweepListener = {
    onRung(now, rung, trials) {
      plan = now;
      Object.assign(state, { rung, trials: trials.length, ended: 0 });
      done.clear();
      draw();
    },
    onProgress(trial, seed, part) {
      const run = `${trial} ${seed}`;
      // A run that ends without any progress was done by an earlier process.
      if (part === 1 && !done.has(run)) {
        state.free += rungShares(plan)[state.rung]! / (state.trials * plan.seeds);
      }
      done.set(run, part);
      draw();
    },
    onTrial(results) {
      state.results = results;
      state.ended++;
      draw();
    },
  };
  return { listener, clear };
}

function windowSize(): { columns: number; rows: number } {
  try {
    return Deno.consoleSize();
  } catch {
    return { columns: 80, rows: 24 };
  }
}
