import type { Matrix } from "./matrix.ts";
import type { Tensor } from "./tensor.ts";
import type { LinearLayer } from "./mlp_layout.ts";

/**
 * The tensors of layers without padding: weight, bias, then gain and bias of a normalisation. Their names are `layers.0.weight`,
 * `layers.0.norm_gain` and so on, followed by the suffix.
 */
export function layerTensors(name: string, layers: readonly LinearLayer[], suffix = ""): Tensor[] {
  return layers.flatMap(({ weight, bias, norm, kernel }, i) => {
    const data = new Float32Array(weight.rows * weight.columns);
    for (let r = 0; r < weight.rows; r++) {
      const start = r * weight.stride;
      data.set(weight.data.subarray(start, start + weight.columns), r * weight.columns);
    }
    const vector = (kind: string, values: Float32Array): Tensor => (
      {
        name: `${name}.${i}.${kind}${suffix}`,
        shape: [weight.columns],
        data: values.slice(0, weight.columns),
      }
    );
    return [
      { name: `${name}.${i}.weight${suffix}`, shape: weightShape(weight, kernel), data },
      vector("bias", bias),
      ...norm === undefined ? [] : [vector("norm_gain", norm.gain), vector("norm_bias", norm.bias)],
    ];
  });
}

/** (inputs, outputs), or (kernel row, kernel column, channel, filter). */
function weightShape({ rows, columns }: Matrix, kernel: number | undefined): number[] {
  return kernel === undefined ? [rows, columns] : [kernel, kernel, rows / (kernel * kernel), columns];
}

/**
 * Writes tensors into layers.
 *
 * @param tensors The new tensors.
 * @param own The current tensors of all layers, from {@linkcode layerTensors}.
 * @param layers All layers, in the same order.
 * @param what The name of the network in errors, such as `an Mlp`.
 * @throws {TypeError} If a name or a shape differs; nothing is changed then.
 * @throws {RangeError} If an element is not finite; nothing is changed then.
 */
export function setLayerTensors(
  tensors: readonly Tensor[],
  own: readonly Tensor[],
  layers: readonly LinearLayer[],
  what: string,
): void {
  const describe = (list: readonly Tensor[]) => list.map((t) => `${t.name} (${t.shape.join(", ")})`);
  const expected = describe(own);
  const got = describe(tensors);
  const wrong = expected.findIndex((text, i) =>
    text !== got[i] || tensors[i]!.data.length !== own[i]!.data.length
  );
  if (wrong !== -1 || got.length !== expected.length) {
    const at = wrong === -1 ? expected.length : wrong;
    throw new TypeError(
      `Cannot set the tensors of ${what}: tensor ${at} must be ${expected[at] ?? "absent"}, got ${
        got[at] ?? "nothing"
      }`,
    );
  }
  for (const { name, data } of tensors) {
    const odd = data.find((value) => value - value !== 0);
    if (odd === undefined) continue;
    throw new RangeError(`Cannot set the tensors of ${what}: ${name} must be finite, got ${odd}`);
  }
  let next = 0;
  for (const { weight, bias, norm } of layers) {
    const { data } = tensors[next++]!;
    for (let r = 0; r < weight.rows; r++) {
      weight.data.set(data.subarray(r * weight.columns, (r + 1) * weight.columns), r * weight.stride);
    }
    bias.set(tensors[next++]!.data);
    norm?.gain.set(tensors[next++]!.data);
    norm?.bias.set(tensors[next++]!.data);
  }
}
