import { assert, assertEquals } from "@std/assert";
import { Pcg32 } from "../../../agents/mod.ts";
import { startGif } from "../../../scripts/recording/gif.ts";
import { compressLzw } from "../../../scripts/recording/lzw.ts";
import { choosePalette } from "../../../scripts/recording/palette.ts";
import { decodeGif, decompress } from "../_decode_gif.ts";

const [WIDTH, HEIGHT] = [40, 30];

/** A picture of one colour with a square of another. */
function square(x: number, colour: readonly [number, number, number]): Uint8Array {
  const pixels = new Uint8Array(4 * WIDTH * HEIGHT);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const column = i % WIDTH;
    const row = Math.floor(i / WIDTH);
    const isInside = column >= x && column < x + 5 && row >= 10 && row < 15;
    pixels.set([...(isInside ? colour : [250, 251, 252]), 255], 4 * i);
  }
  return pixels;
}

const withoutAlpha = (pixels: Uint8Array) => pixels.filter((_, i) => i % 4 !== 3);

Deno.test("a GIF shows the frames it was made of, each for its time", () => {
  const frames = [0, 3, 3, 20].map((x) => square(x, [10, 90, 170]));
  const gif = startGif(WIDTH, HEIGHT, choosePalette(frames, WIDTH), "a square");
  frames.forEach((frame, i) => gif.add(frame, [4, 3, 4, 150][i]!));
  const decoded = decodeGif(gif.finish());
  assertEquals([decoded.width, decoded.height, decoded.loops, decoded.comment], [
    WIDTH,
    HEIGHT,
    0,
    "a square",
  ]);
  // What does not change is shown longer.
  assertEquals(decoded.frames.map(({ delay }) => delay), [4, 7, 150]);
  [0, 1, 3].forEach((i, j) => assertEquals(decoded.frames[j]!.pixels, withoutAlpha(frames[i]!)));
});

Deno.test("a frame is shown for its full duration, even beyond the limit of the format", () => {
  const frames = [0, 3, 3, 20].map((x) => square(x, [10, 90, 170]));
  const gif = startGif(WIDTH, HEIGHT, choosePalette(frames, WIDTH), "");
  // At 0.001 steps per second a step takes 100,000 hundredths of a second.
  [100_000, 65_535, 100_000, 150].forEach((delay, i) => gif.add(frames[i]!, delay));
  const decoded = decodeGif(gif.finish());
  assertEquals(decoded.frames.map(({ delay }) => delay), [65_535, 34_465, 65_535, 65_535, 34_465, 150]);
  [0, 0, 1, 1, 1, 3].forEach((i, j) => assertEquals(decoded.frames[j]!.pixels, withoutAlpha(frames[i]!)));
});

Deno.test("no delay fills the disk", () => {
  const frame = square(0, [1, 2, 3]);
  const gif = startGif(WIDTH, HEIGHT, choosePalette([frame], WIDTH), "");
  gif.add(frame, 1e300);
  const decoded = decodeGif(gif.finish());
  assertEquals(decoded.frames.length, 101);
  assert(decoded.frames.every(({ delay }) => delay === 65_535));
});

Deno.test("a frame stores only changed pixels", () => {
  const size = (count: number) => {
    const frames = Array.from({ length: count }, (_, i) => square(i, [10, 90, 170]));
    const gif = startGif(WIDTH, HEIGHT, choosePalette(frames, WIDTH), "");
    frames.forEach((frame) => gif.add(frame, 4));
    return gif.finish().length;
  };
  assert(size(11) - size(1) < 10 * 40, `${size(11) - size(1)} bytes for ten more frames`);
});

Deno.test("LZW gives back any indices, of every width and length", () => {
  const random = Pcg32.seeded(7n);
  for (const bits of [2, 3, 5, 8]) {
    for (const length of [1, 2, 3, 255, 4_095, 4_096, 20_000]) {
      const noise = Uint8Array.from({ length }, () => random.nextIndex(1 << bits));
      const runs = noise.map((_, i) => noise[Math.floor(i / 97)]!);
      for (const indices of [noise, runs, new Uint8Array(length)]) {
        assertEquals(decompress(bits, [...compressLzw(indices, bits)]), [...indices], `${bits} ${length}`);
      }
    }
  }
});

Deno.test("a palette keeps flat colours exactly, and maps surplus colours to the nearest", () => {
  // 400 blends of one pixel each, and two flat colours.
  const pixels = new Uint8Array(4 * 1_600).fill(255);
  for (let i = 0; i < 600; i++) pixels.set([17, 24, 39, 255], 4 * i);
  for (let i = 0; i < 400; i++) {
    pixels.set([8 * (i % 20) + 40, 8 * Math.floor(i / 20) + 40, 120, 255], 4 * (600 + i));
  }
  const palette = choosePalette([pixels], 40);
  assertEquals(palette.colours.length, 3 * 255);
  const shown = (red: number, green: number, blue: number) => {
    const index = palette.indexOf(red + 256 * green + 65536 * blue);
    return [...palette.colours.subarray(3 * index, 3 * index + 3)];
  };
  assertEquals(shown(255, 255, 255), [255, 255, 255]);
  assertEquals(shown(17, 24, 39), [17, 24, 39]);
  for (let i = 0; i < 400; i++) {
    const wanted = [8 * (i % 20) + 40, 8 * Math.floor(i / 20) + 40, 120] as const;
    const off = shown(...wanted).map((value, j) => Math.abs(value - wanted[j]!));
    assert(Math.max(...off) <= 90, `${wanted} is shown as ${shown(...wanted)}`);
  }
});
