import { AddRenderObservation, type Env, FrameStackObservation } from "../../envs/mod.ts";

/** The most rows, and the most columns, of `--pixels`. */
const MOST_ROWS = 1_024;

/** The settings of {@linkcode withPixels}. */
export interface PixelSettings {
  readonly pixels: string | null;
  readonly blackBackground: boolean;
  readonly frameStack: number;
}

/** The images that `--pixels` describes. */
export interface Pixels {
  readonly rows: number;
  readonly columns: number;
  /** Whether they have one gray channel instead of red, green and blue. */
  readonly gray: boolean;
}

/** Reads `48x64`, rows and columns of gray images, or `48x64x3` for colour; undefined if a text is something else. */
export function parsePixels(text: string): Pixels | undefined {
  const match = /^([1-9]\d{0,3})x([1-9]\d{0,3})(x3)?$/.exec(text);
  if (match === null) return undefined;
  const [rows, columns] = [Number(match[1]), Number(match[2])];
  return Math.max(rows, columns) > MOST_ROWS ? undefined : { rows, columns, gray: match[3] === undefined };
}

/**
 * Shows pictures in place of observations.
 *
 * @param env The environment.
 * @param settings `pixels`, as {@linkcode parsePixels} reads it, or null for the environment as it is; whether their background is black;
 * and how many images are stacked.
 * @returns The environment with images, the stack as channels.
 * @throws {RangeError} If a stack is too large.
 */
export function withPixels(env: Env, { pixels, blackBackground, frameStack }: PixelSettings): Env {
  const images = pixels === null ? undefined : parsePixels(pixels);
  if (images === undefined) return env;
  const { rows, columns, gray } = images;
  const drawn = new AddRenderObservation(env, [rows, columns], { gray, blackBackground });
  return frameStack === 1 ? drawn : new FrameStackObservation(drawn, frameStack);
}
