import { type Distribution, DISTRIBUTIONS, type NetworkArchitecture } from "../../nn/network_architecture.ts";
import type { ImageShape } from "../../nn/convolution_layers.ts";
import type { SnapshotReader } from "./snapshot_reader.ts";

/** The architecture in a snapshot. */
export function readArchitecture(architecture: SnapshotReader): NetworkArchitecture {
  return {
    observationLength: architecture.number("observationLength"),
    hidden: architecture.numbers("hidden"),
    actionCount: architecture.number("actionCount"),
    dueling: architecture.boolean("dueling"),
    noisy: architecture.boolean("noisy"),
    distribution: architecture.choice<Distribution>("distribution", DISTRIBUTIONS),
    atoms: architecture.number("atoms"),
    vMin: architecture.number("vMin"),
    vMax: architecture.number("vMax"),
    ...(architecture.has("actionParts") ? { actionParts: architecture.numbers("actionParts") } : {}),
    ...(architecture.has("image") ? { image: readImage(architecture.numbers("image")) } : {}),
    ...(architecture.has("convolution")
      ? {
        convolution: architecture.objects("convolution").map((layer) => ({
          filters: layer.number("filters"),
          kernel: layer.number("kernel"),
          stride: layer.number("stride"),
        })),
      }
      : {}),
    ...(architecture.has("byteScale") ? { byteScale: architecture.number("byteScale") } : {}),
    ...(architecture.has("layerNorm") ? { layerNorm: architecture.boolean("layerNorm") } : {}),
  };
}

/** Rows, columns and channels; NaN where there are fewer. */
function readImage([rows = NaN, columns = NaN, channels = NaN]: readonly number[]): ImageShape {
  return [rows, columns, channels];
}
