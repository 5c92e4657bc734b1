import { INITIALIZERS } from "../../nn/initializers.ts";
import { KERNEL_NAMES } from "../../nn/kernels/create_kernels.ts";
import { DISTRIBUTIONS } from "../../nn/network_architecture.ts";
import type { DqnOptions, ResolvedDqnOptions } from "./dqn_options.ts";

const NUMBERS = [
  "seed",
  "gamma",
  "learningRate",
  "batchSize",
  "bufferSize",
  "learningStarts",
  "trainInterval",
  "gradientSteps",
  "targetUpdateInterval",
  "targetUpdateEpisodes",
  "tau",
  "maxGradNorm",
  "nStep",
  "priorityAlpha",
  "priorityEpsilon",
  "atoms",
  "vMin",
  "vMax",
  "munchausenAlpha",
  "munchausenTau",
  "munchausenClip",
] as const;

const SWITCHES = [
  "double",
  "dueling",
  "noisy",
  "prioritized",
  "munchausen",
  "truncatedAsTerminated",
] as const;

const COUNTS = [
  "batchSize",
  "bufferSize",
  "learningStarts",
  "trainInterval",
  "gradientSteps",
  "nStep",
] as const;

/** Fails with a TypeError or a RangeError where an option has another type, is out of range, or contradicts another. */
export function checkDqnOptions(options: ResolvedDqnOptions): void {
  checkTypes(options);
  checkRanges(options);
  checkExtensions(options);
}

function fail(
  Kind: ErrorConstructor,
  options: ResolvedDqnOptions,
  name: keyof DqnOptions,
  rule: string,
): never {
  const value = options[name];
  const got = Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
  throw new Kind(`Cannot create a Dqn: ${name} must be ${rule}, got ${got}`);
}

function checkTypes(options: ResolvedDqnOptions): void {
  for (const name of NUMBERS) {
    if (!["number", "undefined"].includes(typeof options[name])) fail(TypeError, options, name, "a number");
  }
  for (const name of SWITCHES) {
    if (typeof options[name] !== "boolean") fail(TypeError, options, name, "true or false");
  }
  if (!["boolean", "undefined"].includes(typeof options.actionMask)) {
    fail(TypeError, options, "actionMask", "true, false or absent");
  }
  if (!Array.isArray(options.hidden)) fail(TypeError, options, "hidden", "an array of whole numbers from 1");
  for (const name of ["epsilon", "priorityBeta"] as const) {
    if (typeof options[name] !== "function") {
      fail(TypeError, options, name, "a schedule, a function of the step");
    }
  }
}

function isCount(value: number | undefined): boolean {
  return value !== undefined && Number.isSafeInteger(value) && value >= 1;
}

function checkRanges(options: ResolvedDqnOptions): void {
  const demand = (name: keyof DqnOptions, holds: boolean, rule: string) => {
    if (!holds) fail(RangeError, options, name, rule);
  };
  demand("seed", Number.isSafeInteger(options.seed) && options.seed >= 0, "a whole number from 0");
  demand("hidden", options.hidden.every(isCount), "whole numbers from 1");
  demand("initializer", INITIALIZERS.includes(options.initializer), `one of ${INITIALIZERS.join(", ")}`);
  demand("gamma", options.gamma >= 0 && options.gamma <= 1, "in [0, 1]");
  demand("learningRate", options.learningRate > 0 && options.learningRate < Infinity, "finite and above 0");
  for (const name of COUNTS) demand(name, isCount(options[name]), "a whole number from 1");
  const { batchSize, targetUpdateInterval, targetUpdateEpisodes, maxGradNorm, kernel } = options;
  demand("bufferSize", options.bufferSize >= batchSize, `at least the batch size of ${batchSize}`);
  const both = targetUpdateEpisodes !== undefined && targetUpdateInterval !== undefined;
  demand("targetUpdateEpisodes", !both, "absent where targetUpdateInterval is given");
  for (const name of ["targetUpdateInterval", "targetUpdateEpisodes"] as const) {
    demand(name, options[name] === undefined || isCount(options[name]), "a whole number from 1");
  }
  demand("tau", options.tau > 0 && options.tau <= 1, "in (0, 1]");
  demand("loss", options.loss === "mse" || options.loss === "huber", "mse or huber");
  demand("maxGradNorm", maxGradNorm === undefined || maxGradNorm > 0, "above 0");
  const kernelKnown = kernel === undefined || KERNEL_NAMES.includes(kernel);
  demand("kernel", kernelKnown, `one of ${KERNEL_NAMES.join(", ")}`);
}

/** The ranges of what came after DQN; where an extension is off, its numbers must be sound all the same. */
function checkExtensions(options: ResolvedDqnOptions): void {
  const demand = (name: keyof DqnOptions, holds: boolean, rule: string) => {
    if (!holds) fail(RangeError, options, name, rule);
  };
  const { nStep, priorityAlpha, priorityEpsilon, atoms, vMin, vMax, distribution } = options;
  demand("nStep", nStep <= 65_535, "at most 65535");
  demand("priorityAlpha", priorityAlpha >= 0 && priorityAlpha < Infinity, "finite and from 0");
  demand("priorityEpsilon", priorityEpsilon >= 0 && priorityEpsilon < Infinity, "finite and from 0");
  demand("distribution", DISTRIBUTIONS.includes(distribution), `one of ${DISTRIBUTIONS.join(", ")}`);
  demand("atoms", Number.isSafeInteger(atoms) && atoms >= 2, "a whole number from 2");
  demand("vMin", Number.isFinite(vMin), "finite");
  demand("vMax", Number.isFinite(vMax) && vMax > vMin, `finite and above vMin, ${vMin}`);
  demand("munchausenAlpha", options.munchausenAlpha >= 0 && options.munchausenAlpha <= 1, "in [0, 1]");
  demand(
    "munchausenTau",
    options.munchausenTau > 0 && options.munchausenTau < Infinity,
    "finite and above 0",
  );
  demand(
    "munchausenClip",
    options.munchausenClip <= 0 && options.munchausenClip > -Infinity,
    "finite and at most 0",
  );
}
