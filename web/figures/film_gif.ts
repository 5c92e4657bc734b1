/**
 * Films as GIFs.
 *
 * @module
 */

import { sceneToPixels } from "@bellman/dqn/envs";
import { startGif } from "../../scripts/recording/gif.ts";
import { choosePalette } from "../../scripts/recording/palette.ts";
import type { Film } from "./greedy_film.ts";

/** Width of the pictures in pixels. */
const WIDTH = 360;
/** How long the last picture is shown, in hundredths of a second. */
const HOLD = 150;
/** Pictures that the colours are chosen from. */
const SAMPLES = 12;

/** A film as an animated GIF at real speed; the same film gives the same bytes. */
export function filmGif({ scenes, rate }: Film): Uint8Array {
  const [{ width, height }] = [scenes[0]!];
  const rows = Math.round(WIDTH * height / width);
  const frames = scenes.map((scene) => withAlpha(sceneToPixels(scene, [rows, WIDTH])));
  const every = Math.ceil(frames.length / SAMPLES);
  const palette = choosePalette(frames.filter((_, i) => i % every === 0), WIDTH);
  const gif = startGif(WIDTH, rows, palette, "bellman");
  const time = (i: number) => Math.round(100 * i / rate);
  frames.forEach((frame, i) => gif.add(frame, i === frames.length - 1 ? HOLD : time(i + 1) - time(i)));
  return gif.finish();
}

/** R, G, B of each pixel as R, G, B, A. */
function withAlpha(pixels: Uint8Array): Uint8Array {
  const count = pixels.length / 3;
  const result = new Uint8Array(4 * count).fill(255);
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++) result[4 * i + channel] = pixels[3 * i + channel]!;
  }
  return result;
}
