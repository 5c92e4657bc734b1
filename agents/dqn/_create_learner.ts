import type { Box } from "../../envs/spaces/box.ts";
import type { BoxDtype } from "../../envs/spaces/box_dtype.ts";
import { buildWithKernels } from "../../nn/kernels/build_with_kernels.ts";
import { architectureOf } from "./architecture_of.ts";
import { DqnLearner } from "./_dqn_learner.ts";
import type { DiscreteAction } from "../../envs/env.ts";
import type { ActionRows } from "../action_rows.ts";
import { sizesText } from "../sizes_text.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";

/** Creates the networks and everything that trains them, in their own memory; throws a RangeError if that is too large. */
export function createLearner(
  observationSpace: Box<BoxDtype>,
  actions: Pick<ActionRows<DiscreteAction>, "outputs" | "shifts" | "size">,
  options: ResolvedDqnOptions,
  copies: number,
): DqnLearner {
  const architecture = architectureOf(observationSpace, actions.outputs, options);
  try {
    return buildWithKernels(
      (kernels) => new DqnLearner(kernels, architecture, actions.shifts, options, copies),
      options.kernel,
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const sizes = sizesText(architecture);
    const { batchSize, distribution, atoms } = options;
    const message = distribution === "none"
      ? `hidden and batchSize must fit into memory, got ${sizes} and ${batchSize}`
      : `hidden, batchSize and atoms must fit into memory, got ${sizes}, ${batchSize} and ${atoms}`;
    throw new RangeError(`Cannot create a Dqn: ${message}`, { cause: error });
  }
}
