import { assertEquals } from "@std/assert";
import type { OnnxOutline } from "../../../nn/mod.ts";
import "../../../envs/box2d/mod.ts";
import { fittingBins } from "../../../scripts/run/fitting_bins.ts";
import { presetSettings } from "../../../scripts/settings/presets.ts";

/** A model with outputs of as many values. */
const outline = (...widths: (number | string)[]): OnnxOutline => ({
  inputs: [{ name: "x", type: "float32", shape: [1, 8] }],
  outputs: widths.map((width, i) => ({ name: `out${i}`, type: "float32", shape: [1, width] })),
  operators: [],
  opset: 13,
  metadata: {},
  producer: "",
});

Deno.test("bins of continuous actions follow from the output's width", () => {
  const fit = (env: string, outputs: OnnxOutline, asked?: string) => {
    const { actionParts, actionBins } = fittingBins(presetSettings({ env, agent: "dqn" }), outputs, asked);
    return [actionParts, actionBins];
  };
  const lander = "LunarLanderContinuous-v3";
  assertEquals(fit(lander, outline(9)), [false, 3]); // the preset's
  assertEquals(fit(lander, outline(6)), [true, 3]);
  assertEquals(fit(lander, outline(10)), [true, 5]);
  assertEquals(fit(lander, outline(25)), [false, 5]);
  assertEquals(fit(lander, outline(1, 10)), [true, 5]);
  assertEquals(fit(lander, outline(10, 25), "out1"), [false, 5]);
  for (const odd of [outline(7), outline("n"), outline(), outline(1)]) {
    assertEquals(fit(lander, odd), [false, 3]);
  }
  assertEquals(fit("CartPole-v1", outline(6)), [false, 5]); // no continuous actions
});
