import type { Layer } from "./_layer_path.ts";
import { unreadable } from "./_protobuf_reader.ts";

/** The layers of a dueling network. */
export interface StreamLayers {
  /** Those that both streams pass; none with fewer than two hidden layers. */
  readonly torso: readonly Layer[];
  /** Those of the value alone. */
  readonly value: readonly Layer[];
  /** Those of the advantages alone. */
  readonly advantage: readonly Layer[];
}

/**
 * Parts the layers on the ways to the value and to the advantages into a torso and two streams.
 *
 * @param value The layers on the way to the value.
 * @param advantage Those on the way to the advantages.
 * @throws {SyntaxError} If they are not of this library's kind: each stream has the last hidden layer by itself, of the same size.
 */
export function streamLayers(value: readonly Layer[], advantage: readonly Layer[]): StreamLayers {
  const differs = value.findIndex(({ node }, i) => node !== advantage[i]?.node);
  const shared = differs === -1 ? value.length : differs;
  const [ownValue, ownAdvantage] = [value.slice(shared), advantage.slice(shared)];
  const sizes = [ownValue, ownAdvantage].map((layers) => layers.map(({ weight }) => weight.shape[1]!));
  const [valueSizes = [], advantageSizes = []] = sizes;
  const expected = value.length === 1 ? 1 : 2;
  const fits = valueSizes.length === expected && advantageSizes.length === expected &&
    valueSizes.slice(0, -1).join() === advantageSizes.slice(0, -1).join();
  if (!fits) {
    const got = sizes.map((list) => list.join("-") || "none").join(" and ");
    throw unreadable("graph", `must have dueling streams with one hidden layer of the same size, got ${got}`);
  }
  if (valueSizes.at(-1) !== 1) {
    throw unreadable(
      "graph",
      `must have a value of one number beside the advantages, got ${valueSizes.at(-1)}`,
    );
  }
  return { torso: value.slice(0, shared), value: ownValue, advantage: ownAdvantage };
}
