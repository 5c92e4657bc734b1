/**
 * Starts the programs of a chapter.
 *
 * @module
 */

import { languageOf } from "../figures/words.ts";
import { enliven } from "./code_block.ts";

for (const block of document.querySelectorAll<HTMLElement>("pre[data-program]")) {
  const code = block.querySelector("code");
  if (code !== null) enliven(block, code, languageOf(document.documentElement.lang));
}
