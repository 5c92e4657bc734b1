/**
 * The architecture of a policy's network: its checks, and its tensors.
 *
 * @module
 */

import {
  DISTRIBUTIONS,
  type NetworkArchitecture,
  networkConvolutions,
  networkParts,
} from "../network_architecture.ts";
import { IMAGE_RULES, plainImage, requireImage } from "./_convolution.ts";
import { MAX_NODES } from "./_read_model.ts";

/** The metadata's key of the architecture, as JSON. */
export const ARCHITECTURE = "architecture";

/** Networks with more hidden layers could have more nodes than the reader accepts. */
const MAX_HIDDEN = MAX_NODES / 4;
const MAX_NORMALIZED = MAX_NODES / 16;
const MAX_PARTS = MAX_NODES / 16;

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;
const isSwitch = (value: unknown): boolean => typeof value === "boolean";
const isNumber = (value: unknown): boolean => Number.isFinite(value);

/** The rule for each field, in the order in which they are written. */
const RULES: Readonly<
  Record<keyof NetworkArchitecture, readonly [holds: (value: unknown) => boolean, rule: string]>
> = {
  observationLength: [isWhole, "a whole number from 1"],
  hidden: [
    (value) => Array.isArray(value) && value.length <= MAX_HIDDEN && value.every(isWhole),
    `at most ${MAX_HIDDEN} whole numbers from 1`,
  ],
  actionCount: [isWhole, "a whole number from 1"],
  dueling: [isSwitch, "true or false"],
  noisy: [isSwitch, "true or false"],
  distribution: [
    (value) => DISTRIBUTIONS.some((known) => known === value),
    `one of ${DISTRIBUTIONS.join(", ")}`,
  ],
  atoms: [isWhole, "a whole number from 1"],
  vMin: [isNumber, "a finite number"],
  vMax: [isNumber, "a finite number"],
  layerNorm: [(value) => value === undefined || isSwitch(value), "true, false or absent"],
  actionParts: [
    (value) =>
      value === undefined ||
      (Array.isArray(value) && value.length >= 1 && value.length <= MAX_PARTS && value.every(isWhole)),
    `absent or from 1 to ${MAX_PARTS} whole numbers from 1`,
  ],
  ...IMAGE_RULES,
};

/** Whether a value is an architecture; otherwise `fail` is called with the fault, and must throw. */
export function requireArchitecture(
  value: unknown,
  fail: (rule: string) => never,
): asserts value is NetworkArchitecture {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return fail("architecture must be an object");
  }
  const fields = new Map(Object.entries(value));
  for (const [name, [holds, rule]] of Object.entries(RULES)) {
    const field: unknown = fields.get(name);
    if (!holds(field)) fail(`architecture.${name} must be ${rule}, got ${JSON.stringify(field)}`);
    fields.delete(name);
  }
  for (const name of fields.keys()) fail(`architecture.${name} must be absent`);
  const { hidden, actionCount, distribution, atoms, vMin, vMax, layerNorm } = Object(value);
  const actionParts: readonly number[] = Object(value).actionParts ?? [actionCount];
  if (actionParts.reduce((sum, count) => sum + count, 0) !== actionCount) {
    fail(`architecture.actionParts must add up to actionCount, ${actionCount}, got ${actionParts}`);
  }
  requireImage(Object(value), fail);
  if (layerNorm && hidden.length > MAX_NORMALIZED) {
    fail(`architecture.hidden must be at most ${MAX_NORMALIZED} layers with layerNorm, got ${hidden.length}`);
  }
  if (distribution === "none" && atoms !== 1) {
    fail(`architecture.atoms must be 1 without a distribution, got ${atoms}`);
  }
  if (distribution === "c51" && !(atoms >= 2)) {
    fail(`architecture.atoms must be at least 2 for c51, got ${atoms}`);
  }
  if (distribution === "c51" && !(vMin < vMax)) {
    fail(`architecture.vMin must be below vMax for c51, got ${vMin} and ${vMax}`);
  }
}

/** Whether a policy may normalise its observations: vectors of float32, not images or bytes. */
export function canNormalize({ image, byteScale }: NetworkArchitecture): boolean {
  return image === undefined && byteScale === undefined;
}

/** The fields in their fixed order; the means of a noisy network form a plain network. */
export function plainArchitecture(architecture: NetworkArchitecture): NetworkArchitecture {
  const { observationLength, hidden, actionCount, dueling, distribution, atoms, vMin, vMax } = architecture;
  const { layerNorm = false, actionParts } = architecture;
  return {
    observationLength,
    hidden: [...hidden],
    actionCount,
    dueling,
    noisy: false,
    distribution,
    atoms,
    vMin,
    vMax,
    // Files without these keep their bytes.
    ...(layerNorm ? { layerNorm } : {}),
    ...(actionParts === undefined ? {} : { actionParts: [...actionParts] }),
    ...plainImage(architecture),
  };
}

/** The names and shapes of all means, in order. */
export function tensorShapes(architecture: NetworkArchitecture): { name: string; shape: number[] }[] {
  const convolutions = networkConvolutions(architecture).flatMap(({ kernel, channels, filters }, i) => [
    { name: `convolution.${i}.weight`, shape: [kernel, kernel, channels, filters] },
    { name: `convolution.${i}.bias`, shape: [filters] },
  ]);
  const dense = networkParts(architecture).flatMap(({ name, sizes, normalized }) =>
    sizes.slice(1).flatMap((outputs, i) => [
      { name: `${name}.${i}.weight`, shape: [sizes[i]!, outputs] },
      { name: `${name}.${i}.bias`, shape: [outputs] },
      ...(i < normalized
        ? [
          { name: `${name}.${i}.norm_gain`, shape: [outputs] },
          { name: `${name}.${i}.norm_bias`, shape: [outputs] },
        ]
        : []),
    ])
  );
  return [...convolutions, ...dense];
}
