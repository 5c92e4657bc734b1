/**
 * Starts the figures of a chapter.
 *
 * @module
 */

import { reasonOf } from "../../scripts/values/reason_of.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { FIGURES } from "./figures.ts";
import { Status } from "./status.ts";
import { languageOf, wordsIn } from "./words.ts";

/** Fills the section of one figure; a reason why it cannot is shown there. */
async function start(root: HTMLElement): Promise<void> {
  const context = { root, language: languageOf(document.documentElement.lang) };
  const name = root.dataset.figure ?? "";
  root.replaceChildren();
  try {
    const load = Object.hasOwn(FIGURES, name) ? FIGURES[name] : undefined;
    if (load === undefined) throw new Error(wordsIn(COMMON_WORDS, context.language)("unknown", { name }));
    const figure = await load();
    figure.mount(context);
  } catch (error) {
    new Status(context).failed(reasonOf(error));
  }
}

/** Starts a figure, and so loads its code, shortly before it comes into view. */
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting || !(target instanceof HTMLElement)) continue;
    observer.unobserve(target);
    start(target);
  }
}, { rootMargin: "300px" });

for (const root of document.querySelectorAll("section.figure[data-figure]")) observer.observe(root);
