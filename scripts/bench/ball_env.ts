/**
 * A game of images for the benchmarks.
 *
 * @module
 */

import { EnvCore, NO_INFO } from "../../envs/env_core.ts";
import { Box, Discrete, type Env, type EnvSnapshot, type ResetOptions } from "../../envs/mod.ts";

/** Rows and columns of the field. */
const SIZE = 10;
/** Pixels of a place, and of the margin, where the field is shown as pixels. */
const PIXELS = 8;
const MARGIN = 2;
const SIDE = SIZE * PIXELS + 2 * MARGIN;
const FRAMES = 4;
const [BACKGROUND, PADDLE, BALL] = [87, 200, 255];

/** How the field is shown: as planes of bits, as in MinAtar, or as the last four frames of 84 × 84 gray pixels, as in DQN on Atari. */
export type BallView = { readonly planes: number } | "pixels";

/** Rows of bricks, which nothing breaks. */
const BRICKS = 3;

/** Balls fall, bouncing off the walls, and a paddle at the bottom catches the first of them. */
export class BallEnv implements Env<Uint8Array, number> {
  readonly id = "Ball-v0";
  readonly observationSpace: Box<"uint8">;
  readonly actionSpace: Discrete = new Discrete(3);
  readonly #core: EnvCore;
  readonly #planes: number;
  /** The paddle's column, then row, column and direction of each ball. */
  readonly #state: Float64Array;
  #frames: Uint8Array[] = [];

  /** Planes, at least three: the paddle's, one for each ball, and that of the bricks. */
  constructor(view: BallView) {
    this.#planes = view === "pixels" ? 0 : view.planes;
    this.observationSpace = view === "pixels"
      ? new Box(0, 255, { shape: [SIDE, SIDE, FRAMES], dtype: "uint8" })
      : new Box(0, 1, { shape: [SIZE, SIZE, view.planes], dtype: "uint8" });
    this.#core = new EnvCore(this.id, {}, this.observationSpace, this.actionSpace);
    this.#state = new Float64Array(1 + 3 * Math.max(1, this.#planes - 2));
  }

  reset(options: ResetOptions = {}) {
    this.#core.begin(options);
    this.#state[0] = SIZE >> 1;
    for (let at = 1; at < this.#state.length; at += 3) this.#drop(at);
    this.#frames = [];
    return { observation: this.#show(), info: NO_INFO };
  }

  step(action: number) {
    const state = this.#state;
    state[0] = Math.max(0, Math.min(SIZE - 1, state[0]! + (action === 1 ? -1 : action === 2 ? 1 : 0)));
    let reward = 0, terminated = false;
    for (let at = 1; at < state.length; at += 3) {
      const column = state[at + 1]! + state[at + 2]!;
      if (column < 0 || column >= SIZE) state[at + 2] = -state[at + 2]!;
      else state[at + 1] = column;
      state[at]!++;
      if (state[at]! < SIZE - 1) continue;
      if (at === 1) {
        const isCaught = Math.abs(state[2]! - state[0]!) <= 1;
        reward = isCaught ? 1 : -1;
        terminated = !isCaught;
      }
      this.#drop(at);
    }
    if (terminated) this.#core.phase = "ended";
    return { observation: this.#show(), reward, terminated, truncated: false, info: NO_INFO };
  }

  #drop(at: number): void {
    const { generator } = this.#core;
    this.#state[at] = generator.integers(BRICKS, BRICKS + 3);
    this.#state[at + 1] = generator.integers(0, SIZE);
    this.#state[at + 2] = 2 * generator.integers(0, 2) - 1;
  }

  #show(): Uint8Array {
    const state = this.#state;
    if (this.#planes === 0) return this.#pixels();
    const image = new Uint8Array(SIZE * SIZE * this.#planes);
    image[((SIZE - 1) * SIZE + state[0]!) * this.#planes] = 1;
    for (let place = 0; place < BRICKS * SIZE; place++) image[(place + 1) * this.#planes - 1] = 1;
    for (let plane = 1; plane < this.#planes - 1; plane++) {
      const at = 3 * plane - 2;
      image[(state[at]! * SIZE + state[at + 1]!) * this.#planes + plane] = 1;
    }
    return image;
  }

  #pixels(): Uint8Array {
    const [paddle, row, column] = this.#state;
    const frame = new Uint8Array(SIDE * SIDE).fill(BACKGROUND);
    fill(frame, SIZE - 1, paddle!, PADDLE);
    fill(frame, row!, column!, BALL);
    this.#frames = [...this.#frames.slice(1 - FRAMES), frame];
    while (this.#frames.length < FRAMES) this.#frames.push(frame);
    const image = new Uint8Array(SIDE * SIDE * FRAMES);
    this.#frames.forEach((shown, k) => {
      for (let i = 0; i < shown.length; i++) image[i * FRAMES + k] = shown[i]!;
    });
    return image;
  }

  render(): never {
    throw new Error("Cannot render Ball-v0: it is for benchmarks");
  }

  snapshot(): EnvSnapshot {
    return this.#core.snapshot(this.#state);
  }

  restore(): never {
    throw new Error("Cannot restore Ball-v0: it is for benchmarks");
  }
}

/** Paints one place of the field. */
function fill(frame: Uint8Array, row: number, column: number, brightness: number): void {
  const left = MARGIN + column * PIXELS;
  for (let y = MARGIN + row * PIXELS; y < MARGIN + (row + 1) * PIXELS; y++) {
    frame.fill(brightness, y * SIDE + left, y * SIDE + left + PIXELS);
  }
}
