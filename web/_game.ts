/**
 * Episodes of an environment, as a page plays them.
 *
 * @module
 */

import type { BoxArray, DiscreteAction, Env, Info } from "@bellman/dqn/envs";
import { pageWord } from "./_page_words.ts";
import { drawScene } from "./draw_scene.ts";

/** An environment that a network can play. */
export type NetworkEnv = Env<BoxArray, DiscreteAction>;

/** An environment drawn on a canvas. */
export class Game {
  readonly env: NetworkEnv;
  readonly #canvas: HTMLCanvasElement;
  /** The current observation. */
  observation: BoxArray = new Float32Array(0);
  /** Which actions are allowed, 1 or 0 each; undefined if the environment has no masks. */
  actionMask: Uint8Array | undefined;
  /** Sum of the episode's rewards. */
  return = 0;
  /** Steps of the episode. */
  steps = 0;
  /** Whether the episode has ended. */
  over = true;

  constructor(env: NetworkEnv, canvas: HTMLCanvasElement) {
    this.env = env;
    this.#canvas = canvas;
  }

  /** Starts an episode. */
  reset(seed: number): void {
    this.#see(this.env.reset({ seed }));
    this.return = this.steps = 0;
    this.over = false;
    this.draw();
  }

  /** Takes one action. */
  step(action: DiscreteAction): void {
    const { reward, terminated, truncated, ...shown } = this.env.step(action);
    this.#see(shown);
    this.return += reward;
    this.steps++;
    this.over = terminated || truncated;
    this.draw();
  }

  #see({ observation, info }: { observation: BoxArray; info: Info }): void {
    this.observation = observation;
    this.actionMask = info.actionMask instanceof Uint8Array ? info.actionMask : undefined;
  }

  /** Draws the current state. */
  draw(): void {
    drawScene(this.#canvas, this.env.render());
  }

  /** A text such as `step 12, return 12`. */
  get score(): string {
    return pageWord("score", { step: this.steps, value: Number(this.return.toFixed(2)) });
  }
}
