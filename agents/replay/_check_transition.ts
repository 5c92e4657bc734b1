import type { Transition } from "../agent.ts";

/** Fails with a TypeError where an observation or an action mask of a transition has another length, or a mask is missing. */
export function checkTransition(
  transition: Transition<Float32Array, number>,
  observationLength: number,
  maskLength: number,
): void {
  const { observation, nextObservation, actionMask, nextActionMask } = transition;
  if (observation.length !== observationLength || nextObservation.length !== observationLength) {
    throw new TypeError(
      `Cannot add a transition: its observations must have ${observationLength} elements, got ${observation.length} and ${nextObservation.length}`,
    );
  }
  if (maskLength === 0) return;
  if (actionMask?.length === maskLength && nextActionMask?.length === maskLength) return;
  const wrong = actionMask?.length === maskLength ? nextActionMask : actionMask;
  throw new TypeError(
    `Cannot add a transition: it must have action masks of ${maskLength} elements, got ${
      wrong?.length ?? "none"
    }`,
  );
}
