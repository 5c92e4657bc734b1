import type { NetworkArchitecture } from "../nn/network_architecture.ts";
import { sizesText } from "./sizes_text.ts";
import type { QNetwork } from "../nn/q_network.ts";

/**
 * Throws a TypeError if a snapshot's network or its parameters have another shape than an agent's, and a RangeError if a
 * parameter is not finite.
 *
 * @param what The agent, as in "a Dqn".
 * @param network The agent's network.
 * @param architecture The snapshot's architecture.
 * @param parameters The snapshot's parameters, by name.
 */
export function requireSameNetwork(
  what: string,
  network: QNetwork,
  architecture: NetworkArchitecture,
  parameters: Readonly<Record<string, Float32Array>>,
): void {
  const action = `Cannot restore ${what}`;
  const [own, got] = [describeNetwork(network.architecture), describeNetwork(architecture)];
  if (got !== own) throw new TypeError(`${action}: the network must be ${own}, got ${got}`);
  const { length } = network.parameters;
  for (const [name, values] of Object.entries(parameters)) {
    if (values.length === length) continue;
    throw new TypeError(`${action}: ${name} must have ${length} elements, got ${values.length}`);
  }
  for (const [name, values] of Object.entries(parameters)) {
    const odd = values.find((value) => value - value !== 0);
    if (odd !== undefined) throw new RangeError(`${action}: ${name} must be finite, got ${odd}`);
  }
}

/** A short description of a network, such as `4-64-64-2, dueling, c51 of 51 atoms from 0 to 200`. */
export function describeNetwork(architecture: NetworkArchitecture): string {
  const { byteScale, dueling, noisy, distribution, atoms, layerNorm } = architecture;
  const { actionParts } = architecture;
  const support = distribution === "c51" ? ` from ${architecture.vMin} to ${architecture.vMax}` : "";
  return [
    sizesText(architecture),
    ...(byteScale === undefined ? [] : [`bytes divided by ${byteScale}`]),
    ...(actionParts === undefined ? [] : [`parts of ${actionParts.join(" and ")} values`]),
    ...(dueling ? ["dueling"] : []),
    ...(noisy ? ["noisy"] : []),
    ...(layerNorm ? ["layer norm"] : []),
    ...(distribution === "none" ? [] : [`${distribution} of ${atoms} atoms${support}`]),
  ].join(", ");
}
