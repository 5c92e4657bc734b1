/**
 * The picture of LunarLander.
 *
 * @module
 */

import type { Scene, Shape } from "../scenes/scene.ts";
import { HEIGHT, type LanderWorld, PAD, PAD_HEIGHT, WIDTH } from "./_lander_world.ts";

const SKY = "#0f172a";
const GROUND = "#d1d5db";
const FLAG = "#eab308";
const BODY = "#8066e6";
const EDGE = "#4d4d80";
const FLAME = "#f97316";

/** Draws the current state of an episode; before the first one, the sky and an even ground. */
export function drawLander(world: LanderWorld | undefined): Scene {
  const heights = world?.terrain ?? [PAD_HEIGHT, PAD_HEIGHT];
  const step = WIDTH / (heights.length - 1);
  const surface = heights.flatMap((height, i) => [i * step, height]);
  return {
    x: 0,
    y: 0,
    width: WIDTH,
    height: HEIGHT,
    background: SKY,
    description: world === undefined ? "The surface of the moon" : describeLander(world),
    shapes: [
      { kind: "polygon", points: [0, 0, ...surface, WIDTH, 0], fill: GROUND },
      ...PAD.flatMap(drawFlag),
      ...(world === undefined ? [] : drawCraft(world)),
    ],
  };
}

function drawFlag(x: number): Shape[] {
  const top = PAD_HEIGHT + 50 / 30;
  return [
    { kind: "line", points: [x, PAD_HEIGHT, x, top], stroke: "#ffffff", strokeWidth: 0.05 },
    { kind: "polygon", points: [x, top, x, top - 10 / 30, x + 25 / 30, top - 5 / 30], fill: FLAG },
  ];
}

function drawCraft(world: LanderWorld): Shape[] {
  const parts = world.outlines.map((points): Shape => (
    { kind: "polygon", points, fill: BODY, stroke: EDGE, strokeWidth: 0.06 }
  ));
  return [...drawFlames(world), ...parts];
}

/** A flame below for the main engine, one to the side for the others. */
function drawFlames(world: LanderWorld): Shape[] {
  const flame = (corners: readonly (readonly [x: number, y: number])[]): Shape => (
    { kind: "polygon", points: corners.flatMap(([x, y]) => world.pointAt(x, y)), fill: FLAME }
  );
  const { mainPower, sidePower } = world;
  // The left engine turns the lander to the left, so it is on the right side.
  const side = sidePower < 0 ? 1 : -1;
  return [
    ...(mainPower > 0 ? [flame([[-6, -10], [6, -10], [0, -10 - 24 * mainPower]])] : []),
    ...(sidePower !== 0
      ? [flame([[side * 16, 8], [side * 16, 14], [side * (17 + 12 * Math.abs(sidePower)), 11]])]
      : []),
  ];
}

function describeLander({ observation, mainPower, sidePower, over }: LanderWorld): string {
  const [x, y] = [observation[0]! * WIDTH / 2, observation[1]! * HEIGHT / 2];
  const legs = observation[6]! + observation[7]!;
  const engines = [
    ...(mainPower > 0 ? ["the main engine"] : []),
    ...(sidePower < 0 ? ["the left engine"] : sidePower > 0 ? ["the right engine"] : []),
  ];
  const ground = legs === 2 ? "on both legs" : legs === 1 ? "on one leg" : `${y.toFixed(1)} m above the pad`;
  const firing = engines.length === 0 ? "" : `, firing ${engines.join(" and ")}`;
  const side = `${Math.abs(x).toFixed(1)} m to the ${x < 0 ? "left" : "right"}`;
  return `A lunar lander ${ground}, ${side}${firing}${over ? ", at the end of its flight" : ""}`;
}
