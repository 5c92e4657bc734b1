/**
 * Targets of C51.
 *
 * @module
 */

/** Evenly spaced atoms. */
export interface AtomGrid {
  /** Number of atoms, from 2. */
  readonly atoms: number;
  /** The return of the first atom. */
  readonly vMin: number;
  /** The return of the last atom. */
  readonly vMax: number;
}

/**
 * Moves and scales a distribution of returns and adds it to one on the grid (Bellemare et al. 2017, algorithm 1). The mass of atom z
 * goes to reward + discount · (z + shift), clipped to the ends of the grid, and is shared between the two neighbouring atoms.
 * Computed in float64, with positions in units of the grid's step: atom z lands at (reward + discount · (vMin + shift) − vMin) / step +
 * discount · z. Every sum is rounded to float32.
 *
 * @param probabilities The mass of each atom, from `start` on.
 * @param start Index at which the distribution begins.
 * @param move How atoms move; `weight` multiplies all masses.
 * @param grid The atoms of both distributions.
 * @param target The distribution that receives the mass, from `at` on.
 * @param at Index at which the target begins.
 * @throws {RangeError} If the grid is invalid, a distribution does not lie within its array, or the move is not finite.
 *
 * @example A quarter of the way from one atom to the next
 * ```ts
 * import { addProjection } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const target = new Float32Array(3);
 * const grid = { atoms: 3, vMin: 0, vMax: 2 };
 * addProjection(new Float32Array([1, 0, 0]), 0, { reward: 0.25, discount: 1, shift: 0, weight: 1 }, grid, target, 0);
 * assertEquals([...target], [0.75, 0.25, 0]);
 * ```
 */
export function addProjection(
  probabilities: Float32Array,
  start: number,
  move: { reward: number; discount: number; shift: number; weight: number },
  grid: AtomGrid,
  target: Float32Array,
  at: number,
): void {
  const { atoms, vMin, vMax } = grid;
  const { reward, discount, shift, weight } = move;
  const step = (vMax - vMin) / (atoms - 1);
  const first = (reward + discount * (vMin + shift) - vMin) / step;
  const fits = start >= 0 && start + atoms <= probabilities.length && at >= 0 && at + atoms <= target.length;
  if (!(atoms >= 2 && step > 0 && fits && Number.isFinite(first + discount * atoms + weight))) {
    throw new RangeError(
      `Cannot project a distribution: reward, discount, shift and weight must be finite, on a grid within its arrays, got ${reward}, ${discount}, ${shift} and ${weight} on ${atoms} atoms from ${vMin} to ${vMax}, from ${start} to ${at}`,
    );
  }
  for (let z = 0; z < atoms; z++) {
    const mass = weight * probabilities[start + z]!;
    if (mass === 0) continue;
    const place = Math.min(atoms - 1, Math.max(0, first + discount * z));
    const lower = Math.floor(place);
    const part = place - lower;
    target[at + lower] = target[at + lower]! + mass * (1 - part);
    if (part > 0) target[at + lower + 1] = target[at + lower + 1]! + mass * part;
  }
}
