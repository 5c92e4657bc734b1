import { isBoxOf } from "../../envs/mod.ts";
import type { OnnxOutline } from "../../nn/mod.ts";
import type { Settings } from "../settings/settings.ts";
import { makeRunEnv, unwrapped } from "./run_env.ts";

/**
 * The bins of continuous actions that a model of another program must have been made for: those of the settings, if one of its outputs
 * has as many values; else a part per dimension, or all combinations.
 *
 * @param settings Of the environment.
 * @param outline What the model gives.
 * @param asked The name of its output, if the user gave one.
 * @returns The settings with these bins; unchanged if no bins fit.
 */
export function fittingBins(settings: Settings, outline: OnnxOutline, asked: string | undefined): Settings {
  const { actionSpace } = unwrapped(makeRunEnv({ ...settings, normalize: "none" }));
  if (!isBoxOf("float32", actionSpace)) return settings;
  const dimensions = actionSpace.low.length;
  const widths = outline.outputs.flatMap(({ name, shape }) => {
    const width = shape?.length === 2 ? shape[1] : undefined;
    return typeof width === "number" && (asked === undefined || name === asked) ? [width] : [];
  });
  const { actionParts, actionBins } = settings;
  if (widths.includes(actionParts ? dimensions * actionBins : actionBins ** dimensions)) return settings;
  for (const width of widths) {
    if (width % dimensions === 0 && width >= 2 * dimensions) {
      return { ...settings, actionParts: true, actionBins: width / dimensions };
    }
  }
  for (const width of widths) {
    for (let bins = 2; bins ** dimensions <= width; bins++) {
      if (bins ** dimensions === width) return { ...settings, actionParts: false, actionBins: bins };
    }
  }
  return settings;
}
