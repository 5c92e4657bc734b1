import { convolutionText } from "../nn/convolution_layers.ts";
import type { NetworkArchitecture } from "../nn/network_architecture.ts";

/** The sizes of a network's layers, such as `4-64-64-2`, or `10x10x4-16x3s1-128-6` with convolutions. */
export function sizesText(architecture: NetworkArchitecture): string {
  const { observationLength, image, convolution = [], hidden, actionCount } = architecture;
  const input = image === undefined ? observationLength : image.join("x");
  const layers = convolution.map((layer) => convolutionText([layer]));
  return [input, ...layers, ...hidden, actionCount].join("-");
}
