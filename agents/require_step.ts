/** Throws a RangeError unless a schedule's value is a probability. */
export function requireEpsilon(epsilon: number, steps: number): number {
  if (epsilon >= 0 && epsilon <= 1) return epsilon;
  throw new RangeError(`Cannot act: epsilon must be in [0, 1] after ${steps} steps, got ${epsilon}`);
}

/** Throws a RangeError unless a reward is finite in float32. */
export function requireReward(reward: number): void {
  if (Number.isFinite(Math.fround(reward))) return;
  throw new RangeError(`Cannot observe: reward must be finite in float32, got ${reward}`);
}
