/**
 * The contract of a chapter's live figures.
 *
 * A figure is a module `NAME.ts` that exports `mount`, and with a worker also `NAME_worker.ts`. A chapter names its place by the
 * comment `<!-- figure: NAME -->`, which the site makes `<section class="figure" data-figure="NAME">`.
 *
 * @module
 */

import type { Language } from "../site/languages.ts";

/** What a figure gets. */
export interface FigureContext {
  /** The section to fill, empty. */
  readonly root: HTMLElement;
  /** The language of the chapter. */
  readonly language: Language;
}

/** The module of a figure. */
export interface Figure {
  /** Fills the section and starts. It may throw: the reader then sees the reason in the section. */
  mount(context: FigureContext): void;
}
