import type { Grammar } from "./highlight.d.ts";

/** A language of highlight.js. */
declare const language: () => Grammar;
export default language;
