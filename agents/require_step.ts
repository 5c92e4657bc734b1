/** Fails with a RangeError where a schedule gives no probability. */
export function requireEpsilon(epsilon: number, steps: number): number {
  if (epsilon >= 0 && epsilon <= 1) return epsilon;
  throw new RangeError(`Cannot act: epsilon must be in [0, 1] after ${steps} steps, got ${epsilon}`);
}

/** Fails with a RangeError where a reward is none that float32 holds. */
export function requireReward(reward: number): void {
  if (Number.isFinite(Math.fround(reward))) return;
  throw new RangeError(`Cannot observe: reward must be finite in float32, got ${reward}`);
}
