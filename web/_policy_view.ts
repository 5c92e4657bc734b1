/**
 * How a policy sees an environment, and acts in it.
 *
 * @module
 */

import type { OnnxOutline } from "@bellman/dqn/nn";
import { runConfig } from "../scripts/run_folder/run_config.ts";
import { OPTIONS, type Settings } from "../scripts/settings/settings.ts";

/** The settings of the wrappers between an environment and a policy. */
const NAMES = [
  "actionBins",
  "actionParts",
  "pixels",
  "blackBackground",
  "frameStack",
  "convolution",
] as const;

/** Their values; missing ones are the preset's. */
export type PolicyView = Partial<Pick<Settings, typeof NAMES[number]>>;

/** Any convolution: only whether there is one decides what is seen. */
const IMAGES: Settings["convolution"] = [{ filters: 1, kernel: 1, stride: 1 }];

/**
 * How a policy was trained to see environments, from its metadata; that of another program takes images if its input has
 * rows, columns and channels.
 *
 * @param outline What the file takes and gives.
 */
export function policyView({ inputs, metadata }: OnnxOutline): PolicyView {
  const config = runConfig(metadata.config);
  if (config === undefined) return inputs[0]?.shape?.length === 4 ? { convolution: IMAGES } : {};
  const view: Partial<Settings> = {};
  for (const name of NAMES) take(view, name, config[name]);
  return view;
}

function take<K extends keyof Settings>(settings: Partial<Settings>, name: K, value: unknown): void {
  const accepted = OPTIONS[name].accept(value);
  if (accepted !== undefined) settings[name] = accepted;
}
