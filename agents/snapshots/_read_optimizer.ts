import type { AdamSnapshot } from "../../nn/adam_options.ts";
import type { SnapshotReader } from "./snapshot_reader.ts";

/** The state of an optimizer in a snapshot. */
export function readOptimizer(optimizer: SnapshotReader): AdamSnapshot {
  return {
    steps: optimizer.number("steps"),
    beta1Power: optimizer.number("beta1Power"),
    beta2Power: optimizer.number("beta2Power"),
    firstMoments: optimizer.float32("firstMoments"),
    secondMoments: optimizer.float32("secondMoments"),
  };
}
