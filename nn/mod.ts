/**
 * Float32 networks with manual backpropagation: the same bits on every machine and in every engine.
 *
 * One step of regression by hand: forward, loss, backward, Adam.
 *
 * ```ts
 * import { Adam, Mlp, mlpLayers, mlpLength, ReferenceKernels } from "@bellman/dqn/nn";
 * import { assertLess } from "@std/assert";
 * import { randomSeeded } from "@std/random";
 *
 * const kernels = new ReferenceKernels();
 * const network = new Mlp([1, 16, 1], kernels);
 * network.initialize("he", randomSeeded(0n));
 * const gradients = kernels.allocate(mlpLength(network.sizes));
 * const layers = mlpLayers(network.sizes, gradients);
 * const adam = new Adam(network.parameters, kernels, { learningRate: 0.01 });
 * const activations = network.createActivations(4);
 * const workspace = network.createBackwardWorkspace(4);
 * const input = activations[0]!;
 * [-1, 0, 1, 2].forEach((x, row) => input.data[row * input.stride] = x);
 *
 * let loss = Infinity;
 * for (let step = 0; step < 500; step++) {
 *   const output = network.forward(activations);
 *   loss = kernels.tdLoss(
 *     "mse",
 *     output,
 *     new Int32Array(4), // column 0 of every row
 *     new Float32Array([1, 0, 1, 4]), // x²
 *     new Float32Array([1, 1, 1, 1]),
 *     workspace.gradients[2]!,
 *     new Float32Array(4),
 *   );
 *   network.backward(activations, workspace, layers);
 *   adam.step(gradients);
 * }
 * assertLess(loss, 0.01);
 * ```
 *
 * @module
 */

export * from "./adam.ts";
export * from "./adam_options.ts";
export * from "./clip_gradient_norm.ts";
export * from "./convolution_layers.ts";
export * from "./factorised_noise.ts";
export * from "./initializers.ts";
export * from "./kernels/build_with_kernels.ts";
export * from "./kernels/convolution_kernels.ts";
export * from "./kernels/create_kernels.ts";
export * from "./kernels/head_kernels.ts";
export * from "./kernels/kernels.ts";
export * from "./kernels/reference_kernels.ts";
export * from "./kernels/simd_kernels.ts";
export * from "./matrix.ts";
export * from "./mlp.ts";
export * from "./mlp_layout.ts";
export * from "./network_architecture.ts";
export * from "./onnx/add_onnx_metadata.ts";
export * from "./onnx/decode_onnx.ts";
export * from "./onnx/decode_onnx_mlp.ts";
export * from "./onnx/encode_onnx.ts";
export * from "./onnx/network_weights.ts";
export * from "./onnx/onnx_outline.ts";
export * from "./onnx/onnx_policy_file.ts";
export * from "./pytorch_tensors.ts";
export * from "./q_network.ts";
export * from "./q_values.ts";
export * from "./radam.ts";
export * from "./safetensors.ts";
export * from "./sha256.ts";
export * from "./tensor.ts";

export type { Prng } from "@std/random";
