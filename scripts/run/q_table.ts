import { stringify } from "@std/csv";
import { Discrete } from "../../envs/mod.ts";
import type { Tensor } from "../../nn/mod.ts";
import type { RunEnvSettings } from "./agent_behaviour.ts";
import { makeRunEnv } from "./run_env.ts";

/** A table of Q-values, one row per state. */
export interface QTable {
  /** The name of each action. */
  readonly actions: readonly string[];
  /** The values of each state. */
  readonly rows: readonly Float32Array[];
}

/**
 * The table learned by q-learning.
 *
 * @param settings Of the run.
 * @param tensors The one tensor of the table.
 * @returns Its rows, and the names of its columns.
 */
export function qTableOf(settings: RunEnvSettings, tensors: readonly Tensor[]): QTable {
  const { states, actions, data } = partsOf(settings, tensors);
  const count = actions.length;
  return { actions, rows: Array.from({ length: states }, (_, s) => data.slice(s * count, (s + 1) * count)) };
}

/** Number of states turned into text at a time. */
const CHUNK = 4096;

/** The content of `q_table.csv`: a state per line, its number first. */
export function qTableCsv(settings: RunEnvSettings, tensors: readonly Tensor[]): string {
  const { states, actions, data } = partsOf(settings, tensors);
  const count = actions.length;
  const row = (state: number) => [state, ...data.subarray(state * count, (state + 1) * count)];
  const chunks = [stringify([["state", ...actions]])];
  for (let first = 0; first < states; first += CHUNK) {
    const length = Math.min(CHUNK, states - first);
    chunks.push(stringify(Array.from({ length }, (_, i) => row(first + i))));
  }
  return chunks.join("");
}

function partsOf(
  settings: RunEnvSettings,
  tensors: readonly Tensor[],
): { states: number; actions: readonly string[]; data: Float32Array } {
  const { actionSpace } = makeRunEnv(settings);
  const { shape, data } = tensors[0]!;
  const [states = 0, count = 0] = shape;
  const meanings = actionSpace instanceof Discrete ? actionSpace.meanings : undefined;
  return { states, actions: meanings ?? Array.from({ length: count }, (_, a) => `action ${a}`), data };
}

/** The table as text for a terminal, with the best action of each state marked. */
export function qTableText({ actions, rows }: QTable): string {
  const lines = [["state", ...actions]];
  rows.forEach((row, state) => {
    const best = row.indexOf(Math.max(...row));
    lines.push([
      String(state),
      ...Array.from(row, (value, a) => `${a === best ? "*" : ""}${value.toFixed(3)}`),
    ]);
  });
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map((line) => line.map((cell, column) => cell.padStart(widths[column]!)).join("  ")).join(
    "\n",
  );
}
