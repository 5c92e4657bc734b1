/**
 * The cost of control.
 *
 * @module
 */

/**
 * A weight times the sum of an action's squares, in float32 as NumPy 2 computes it: actions are float32, and a Python
 * number is converted to their type. From eight elements on, NumPy adds in pairs.
 */
export function controlCost(weight: number, action: Float32Array): number {
  return Math.fround(Math.fround(weight) * sumOfSquares(action));
}

function sumOfSquares(action: Float32Array): number {
  if (action.length === 8) {
    return sum(
      sum(sum(square(action, 0), square(action, 1)), sum(square(action, 2), square(action, 3))),
      sum(sum(square(action, 4), square(action, 5)), sum(square(action, 6), square(action, 7))),
    );
  }
  let total = 0;
  for (let i = 0; i < action.length; i++) total = sum(total, square(action, i));
  return total;
}

const square = (action: Float32Array, i: number): number => Math.fround(action[i]! * action[i]!);
const sum = (a: number, b: number): number => Math.fround(a + b);
