import { assertEquals, assertThrows } from "@std/assert";
import {
  buildWithKernels,
  type ConvolutionLayer,
  CONVOLUTIONS,
  convolutionShapes,
  convolutionText,
  networkConvolutions,
  parseConvolution,
  QNetwork,
} from "../../nn/mod.ts";
import { Pcg32 } from "../../agents/mod.ts";

Deno.test("convolutions are read from names and texts, and written as texts", () => {
  assertEquals(parseConvolution("nature"), CONVOLUTIONS.nature);
  for (const layers of Object.values(CONVOLUTIONS)) {
    assertEquals(parseConvolution(convolutionText(layers)), layers);
  }
  const texts = [
    "",
    "Nature",
    "none",
    "16",
    "16x3",
    "16x3s0",
    "0x3s1",
    "16x0s1",
    "16x3s1,",
    ",16x3s1",
    "16x3s1;8x2s1",
  ];
  for (const text of [...texts, " 16x3s1", "16x3s1.5", "-1x3s1", "1e3x3s1", "1234567x1s1", "toString"]) {
    assertEquals(parseConvolution(text), undefined, text);
  }
});

Deno.test("each convolution takes the output of the one before; what does not fit is refused", () => {
  const nature = convolutionShapes([84, 84, 4], CONVOLUTIONS.nature);
  assertEquals(nature.map(({ rows, channels }) => [rows, channels]), [[84, 4], [20, 32], [9, 64]]);
  const layer = { filters: 2, kernel: 3, stride: 1 };
  const bad: [[number, number, number], ConvolutionLayer[], string][] = [
    [[2, 9, 1], [layer], "the kernel of layer 0 must fit into its input of 2 × 9, got 3"],
    [[9, 4, 1], [layer, layer], "the kernel of layer 1 must fit into its input of 7 × 2, got 3"],
    [[9, 9, 0], [layer], "channels must be a whole number from 1, got 0"],
    [[9, 9, 1], [{ ...layer, filters: 0 }], "filters must be a whole number from 1, got 0"],
    [[9, 9, 1], [{ ...layer, kernel: 1.5 }], "kernel must be a whole number from 1, got 1.5"],
    [[9, 9, 1], [{ ...layer, stride: NaN }], "stride must be a whole number from 1, got NaN"],
  ];
  for (const [image, layers, message] of bad) {
    assertThrows(() => convolutionShapes(image, layers), RangeError, `Cannot make convolutions: ${message}`);
  }
  assertThrows(
    () => networkConvolutions({ convolution: [layer] }),
    RangeError,
    "must have an image, got none",
  );
  assertEquals(networkConvolutions({ image: [9, 9, 1] }), []);
});

Deno.test("a network's convolutions are its first tensors, with PyTorch's limits at the start, and without sigmas", () => {
  const architecture = {
    observationLength: 400,
    image: [10, 10, 4],
    convolution: CONVOLUTIONS.minatar,
    hidden: [128],
    actionCount: 3,
    dueling: false,
    noisy: true,
    distribution: "none",
    atoms: 1,
    vMin: 0,
    vMax: 0,
  } as const;
  const network = buildWithKernels((kernels) => new QNetwork(architecture, kernels));
  network.initialize("pytorch", Pcg32.seeded(1n).prng);
  const tensors = network.tensors();
  assertEquals(tensors.map(({ name, shape }) => `${name} ${shape}`), [
    "convolution.0.weight 3,3,4,16",
    "convolution.0.bias 16",
    "layers.0.weight 1024,128",
    "layers.0.bias 128",
    "layers.1.weight 128,3",
    "layers.1.bias 3",
    "layers.0.weight_sigma 1024,128",
    "layers.0.bias_sigma 128",
    "layers.1.weight_sigma 128,3",
    "layers.1.bias_sigma 3",
  ]);
  for (const { data } of tensors.slice(0, 2)) {
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assertEquals(largest <= 1 / 6 && largest > 0.13, true, `${largest}`); // 1 / √(3 · 3 · 4)
  }
  network.initialize("glorot", Pcg32.seeded(1n).prng);
  const largest = network.tensors()[0]!.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const limit = Math.sqrt(6 / (9 * 4 + 9 * 16));
  assertEquals(largest <= limit && largest > 0.9 * limit, true, `${largest}`);
});
