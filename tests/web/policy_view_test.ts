import { assertEquals } from "@std/assert";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { policyView } from "../../web/_policy_view.ts";

const outline = (config: object) => ({
  inputs: [],
  outputs: [],
  operators: [],
  opset: 13,
  metadata: { config: JSON.stringify(config) },
  producer: "",
});

Deno.test("policyView() has every setting that decides what a policy sees, of those in its file", () => {
  const seen = {
    actionBins: 7,
    actionParts: true,
    pixels: "6x8",
    blackBackground: true,
    frameStack: 3,
    convolution: [{ filters: 2, kernel: 3, stride: 1 }],
  };
  const settings = { ...presetSettings({ env: "Pendulum-v1", agent: "dqn" }), ...seen };
  assertEquals(policyView(outline(settings)), seen);
  // A file that was written before one of them existed leaves it out.
  const { blackBackground: _, ...older } = settings;
  const { blackBackground: __, ...rest } = seen;
  assertEquals(policyView(outline(older)), rest);
});
