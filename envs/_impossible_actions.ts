import type { Action } from "./env.ts";
import { Box } from "./spaces/box.ts";
import { Discrete } from "./spaces/discrete.ts";
import { MultiDiscrete } from "./spaces/multi_discrete.ts";
import type { Space } from "./spaces/space.ts";

/** Actions that a step must refuse, each with its description. */
export function impossibleActions(actionSpace: Space<Action>): [action: unknown, what: string][] {
  if (actionSpace instanceof Discrete) {
    const { start, n } = actionSpace;
    return [start - 1, start + n, start + 0.5].map((action) => [action, String(action)]);
  }
  if (actionSpace instanceof MultiDiscrete) {
    const { start, nvec } = actionSpace;
    const [least, first] = [Int32Array.from(start), actionSpace.start[0]!];
    return [
      [Int32Array.of(...start, 0), `a vector of length ${nvec.length + 1}`],
      ...[first - 1, first + nvec[0]!].map((
        value,
      ): [unknown, string] => [least.with(0, value), `${value} in its first part`]),
    ];
  }
  if (!(actionSpace instanceof Box)) return [];
  const { length } = actionSpace.low;
  return [
    [new Float32Array(length + 1), `a vector of length ${length + 1}`],
    [new Float32Array(length).fill(NaN), "a vector of NaN"],
  ];
}
