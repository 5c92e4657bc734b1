/**
 * Episodes of CartPole on a canvas.
 *
 * @module
 */

import { type Env, makeEnv, type StepResult } from "@bellman/dqn/envs";
import { drawScene } from "../draw_scene.ts";

/** The environment of the lecture: at most 200 steps. */
export const CART_POLE = "CartPole-v0";

/** One episode after the other, as the training loop plays them: the first is seeded, the others go on from there. */
export class CartPoleGame {
  /** The environment. */
  readonly env: Env<Float32Array, number> = makeEnv(CART_POLE);
  readonly #canvas: HTMLCanvasElement;
  /** The observations of the episode, the first from `reset`. */
  observations: Float32Array[] = [];
  /** The last action; undefined right after `reset`. */
  action: number | undefined;
  /** What `step` returned last; undefined right after `reset`. */
  result: StepResult<Float32Array> | undefined;
  /** The number of the episode, from 1. */
  episode = 0;
  /** The sum of the episode's rewards. */
  return = 0;

  /** Plays on a canvas. */
  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** The current observation. */
  get observation(): Float32Array {
    return this.observations.at(-1)!;
  }

  /** Steps of the episode. */
  get steps(): number {
    return this.observations.length - 1;
  }

  /** Whether the episode has ended. */
  get over(): boolean {
    return this.result !== undefined && (this.result.terminated || this.result.truncated);
  }

  /** Starts the first episode. */
  start(seed: number): void {
    this.episode = 0;
    this.#reset(seed);
  }

  /** Starts the next episode. */
  next(): void {
    this.#reset(undefined);
  }

  #reset(seed: number | undefined): void {
    this.observations = [this.env.reset(seed === undefined ? {} : { seed }).observation];
    this.action = this.result = undefined;
    this.episode++;
    this.return = 0;
    this.draw();
  }

  /** Takes one action. */
  step(action: number): void {
    this.action = action;
    this.result = this.env.step(action);
    this.observations.push(this.result.observation);
    this.return += this.result.reward;
    this.draw();
  }

  /** Draws the current state. */
  draw(): void {
    drawScene(this.#canvas, this.env.render());
  }
}
