/**
 * CartPole in a given state.
 *
 * @module
 */

import { CartPole } from "@bellman/dqn/envs";
import { drawScene } from "../draw_scene.ts";
import { observationOf, type PoleState } from "./dueling_states.ts";
import { created } from "./elements.ts";

/** A canvas with the cart and its pole. */
export class PolePicture {
  readonly #env = new CartPole();
  readonly #canvas: HTMLCanvasElement;
  #state: PoleState | undefined;

  /** Adds the canvas to an element. */
  constructor(parent: Element, name: string) {
    this.#env.reset({ seed: 0 });
    this.#canvas = created(parent, "canvas", {
      class: "small",
      attributes: { role: "img", "aria-label": name },
    });
    addEventListener("resize", () => {
      if (this.#state !== undefined) this.#draw(this.#state);
    });
  }

  /** Shows a state. */
  show(state: PoleState): void {
    const { angle, velocity } = this.#state ?? {};
    if (angle !== state.angle || velocity !== state.velocity) this.#draw(state);
  }

  #draw(state: PoleState): void {
    this.#state = state;
    this.#env.restore({ ...this.#env.snapshot(), state: [...observationOf(state)] });
    drawScene(this.#canvas, this.#env.render());
  }
}
