/**
 * Films on a canvas.
 *
 * @module
 */

import { drawScene } from "../draw_scene.ts";
import { Ticker } from "../ticker.ts";
import { button } from "./button.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created } from "./elements.ts";
import type { Film } from "./greedy_film.ts";
import type { Language } from "../site/languages.ts";
import { mayMove } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

/** A canvas that plays a film over and over, with a button to pause it; hidden without a film. */
export class FilmPlayer {
  readonly #box: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #caption: HTMLElement;
  readonly #ticker: Ticker;
  readonly #setRunning: (on: boolean) => void;
  #film: Film | undefined;
  #index = 0;

  /** Adds the canvas to an element. */
  constructor(parent: Element, language: Language) {
    const t = wordsIn(COMMON_WORDS, language);
    this.#box = created(parent, "div", { class: "film" });
    this.#box.hidden = true;
    this.#caption = created(this.#box, "p", { class: "numbers" });
    this.#canvas = created(this.#box, "canvas", { attributes: { role: "img" } });
    const controls = created(this.#box, "div", { class: "controls" });
    const pause = button(controls, t("pause"), () => this.#setRunning(!this.#ticker.running));
    this.#ticker = new Ticker(() => {
      const count = this.#film?.scenes.length ?? 1;
      this.#draw((this.#index + 1) % count);
      return Promise.resolve();
    });
    this.#setRunning = (on) => {
      if (on) this.#ticker.start(this.#film?.rate ?? 1);
      else this.#ticker.stop();
      pause.textContent = t(on ? "pause" : "play");
    };
    addEventListener("resize", () => this.#draw(this.#index));
  }

  /** Shows a film, or none. */
  show(film: Film | undefined, caption = ""): void {
    this.#film = film;
    this.#box.hidden = film === undefined;
    this.#caption.textContent = caption;
    this.#canvas.setAttribute("aria-label", caption);
    this.#draw(0);
    this.#setRunning(film !== undefined && mayMove());
  }

  #draw(index: number): void {
    this.#index = index;
    const scene = this.#film?.scenes[index];
    if (scene !== undefined) drawScene(this.#canvas, scene);
  }
}
