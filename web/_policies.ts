/**
 * The policies that come with the page.
 *
 * @module
 */

/** The environments that have one, `policies/ID.onnx`, as `deno task train --env ID` leaves it. */
export const POLICIES: readonly string[] = ["CartPole-v1", "MountainCar-v0"];
