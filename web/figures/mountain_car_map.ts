/**
 * A grid over the states of MountainCar.
 *
 * @module
 */

import { Box, makeEnv } from "@bellman/dqn/envs";
import type { QNetwork } from "@bellman/dqn/nn";
import { makeRunEnv, normalizationOf } from "../../scripts/run/run_env.ts";
import type { Settings } from "../../scripts/settings/settings.ts";
import { NetworkCopy } from "./network_copy.ts";

/** Cells across, over the positions. */
export const COLUMNS = 36;

/** Cells from top to bottom, over the velocities, the largest first. */
export const ROWS = 28;

/** The value and the greedy action of each cell's middle, row by row. */
export interface StateMap {
  /** Cells across. */
  readonly columns: number;
  /** The largest Q-value. */
  readonly values: Float32Array;
  /** The action that has it, the first of equal ones. */
  readonly actions: Uint8Array;
}

/** The middle of each cell as an observation: position and velocity. */
export function cellObservations(): Float32Array[] {
  const { observationSpace: space } = makeEnv("MountainCar-v0");
  if (!(space instanceof Box)) throw new TypeError("Cannot make the map: observations must be a Box");
  const between = (i: number, part: number) => space.low[i]! + (space.high[i]! - space.low[i]!) * part;
  return Array.from({ length: ROWS * COLUMNS }, (_, cell) => {
    const [row, column] = [Math.floor(cell / COLUMNS), cell % COLUMNS];
    return Float32Array.of(between(0, (column + 0.5) / COLUMNS), between(1, 1 - (row + 0.5) / ROWS));
  });
}

/**
 * Reads what a network thinks of each cell.
 *
 * @param network One value per action.
 * @param settings Of its run.
 * @returns A function that reads the network as it is now.
 */
export function mapReader(network: QNetwork, settings: Settings): () => StateMap {
  const { mean, std } = normalizationOf(makeRunEnv(settings)) ?? { mean: [0, 0], std: [1, 1] };
  const observations = cellObservations().map((plain) =>
    plain.map((value, i) => (value - mean[i]!) / std[i]!)
  );
  const copy = new NetworkCopy(network, observations);
  return () => {
    const { data, stride, columns: count } = copy.forward().output;
    const values = new Float32Array(observations.length);
    const actions = new Uint8Array(observations.length);
    for (let cell = 0; cell < observations.length; cell++) {
      const qValues = data.subarray(cell * stride, cell * stride + count);
      values[cell] = qValues.reduce((a, b) => Math.max(a, b));
      actions[cell] = qValues.indexOf(values[cell]!);
    }
    return { columns: COLUMNS, values, actions };
  };
}
