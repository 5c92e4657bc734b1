import type { Discrete } from "../../envs/spaces/discrete.ts";
import { buildWithKernels } from "../../nn/kernels/build_with_kernels.ts";
import { architectureOf } from "./architecture_of.ts";
import { DqnLearner } from "./_dqn_learner.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";

/** Creates the networks and everything that trains them, in their own memory; throws a RangeError if that is too large. */
export function createLearner(
  observationLength: number,
  actionSpace: Discrete,
  options: ResolvedDqnOptions,
  copies: number,
): DqnLearner {
  const architecture = architectureOf(observationLength, actionSpace.n, options);
  try {
    return buildWithKernels(
      (kernels) => new DqnLearner(kernels, architecture, actionSpace.start, options, copies),
      options.kernel,
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const sizes = [observationLength, ...options.hidden, actionSpace.n].join("-");
    const { batchSize, distribution, atoms } = options;
    const message = distribution === "none"
      ? `hidden and batchSize must fit into memory, got ${sizes} and ${batchSize}`
      : `hidden, batchSize and atoms must fit into memory, got ${sizes}, ${batchSize} and ${atoms}`;
    throw new RangeError(`Cannot create a Dqn: ${message}`, { cause: error });
  }
}
