/** What the controller wants: how much to turn, and how much to lift. */
function wishes(state: Float32Array): [turn: number, lift: number] {
  const [x, y, velocityX, velocityY, angle, spin, right, left] = state;
  if (right! > 0 || left! > 0) return [0, -velocityY! * 0.5];
  const wantedAngle = Math.min(Math.max(x! * 0.5 + velocityX!, -0.4), 0.4);
  const wantedHeight = 0.55 * Math.abs(x!);
  return [(wantedAngle - angle!) * 0.5 - spin!, (wantedHeight - y!) * 0.5 - velocityY! * 0.5];
}

/** The controller of `gymnasium/envs/box2d/lunar_lander.py` for four actions. */
export function heuristicAction(state: Float32Array): number {
  const [turn, lift] = wishes(state);
  if (lift > Math.abs(turn) && lift > 0.05) return 2;
  return turn < -0.05 ? 3 : turn > 0.05 ? 1 : 0;
}

/** The same for throttles. */
export function heuristicThrottles(state: Float32Array): Float32Array {
  const [turn, lift] = wishes(state);
  return Float32Array.of(lift * 20 - 1, -turn * 20).map((value) => Math.min(Math.max(value, -1), 1));
}
