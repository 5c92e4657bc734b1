/**
 * First states.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { finiteOption } from "../values/options.ts";
import type { Generator } from "../random/generator.ts";
import type { World } from "./_world.ts";

/** The option `resetNoiseScale`. */
export function noiseOption(id: string, value: unknown, fallback: number): number {
  const scale = finiteOption(id, "resetNoiseScale", value, fallback);
  if (scale >= 0) return scale;
  throw refusal(RangeError, `make ${id}`, "resetNoiseScale must be at least 0", scale);
}

/** Positions and velocities near the model's, uniformly drawn. */
export function startEvenly(generator: Generator, world: World, scale: number): void {
  movePositions(generator, world, scale);
  const velocities = world.view("qvel");
  for (let i = 0; i < velocities.length; i++) velocities[i] = generator.uniform(-scale, scale);
}

/** Positions near the model's, uniformly drawn; velocities from a normal distribution. */
export function startNormally(generator: Generator, world: World, scale: number): void {
  movePositions(generator, world, scale);
  const velocities = world.view("qvel");
  for (let i = 0; i < velocities.length; i++) velocities[i] = scale * generator.standardNormal();
}

/** Adds a number from minus to plus `scale` to each position. */
export function movePositions(generator: Generator, world: World, scale: number): void {
  const positions = world.view("qpos");
  for (let i = 0; i < positions.length; i++) {
    positions[i] = positions[i]! + generator.uniform(-scale, scale);
  }
}
