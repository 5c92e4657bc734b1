import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import type { PqnSnapshot } from "./pqn_snapshot.ts";

/** Throws a TypeError or a RangeError if the network of a snapshot differs from an agent's. */
export function requireSameNetwork(
  architecture: NetworkArchitecture,
  snapshot: Pick<PqnSnapshot, "architecture" | "parameters">,
  length: number,
): void {
  const [own, got] = [describe(architecture), describe(snapshot.architecture)];
  if (got !== own) throw new TypeError(`Cannot restore a Pqn: the network must be ${own}, got ${got}`);
  const { parameters } = snapshot;
  if (parameters.length !== length) {
    throw new TypeError(
      `Cannot restore a Pqn: parameters must have ${length} elements, got ${parameters.length}`,
    );
  }
  const odd = parameters.find((value) => value - value !== 0);
  if (odd !== undefined) {
    throw new RangeError(`Cannot restore a Pqn: parameters must be finite, got ${odd}`);
  }
}

/** A short description of a network, such as `4-64-64-2, dueling`. */
function describe(
  { observationLength, hidden, actionCount, dueling, layerNorm, noisy, distribution }: NetworkArchitecture,
): string {
  return [
    [observationLength, ...hidden, actionCount].join("-"),
    ...(dueling ? ["dueling"] : []),
    ...(layerNorm ? ["layer norm"] : []),
    ...(noisy ? ["noisy"] : []),
    ...(distribution === "none" ? [] : [distribution]),
  ].join(", ");
}
