// @ts-types="./highlight.d.ts"
import hljs from "highlight.js/lib/core";
// @ts-types="./highlight_language.d.ts"
import bash from "highlight.js/lib/languages/bash";
// @ts-types="./highlight_language.d.ts"
import python from "highlight.js/lib/languages/python";
// @ts-types="./highlight_language.d.ts"
import typescript from "highlight.js/lib/languages/typescript";
// @ts-types="./highlight_language.d.ts"
import yaml from "highlight.js/lib/languages/yaml";
import { escapeHtml } from "./escape_html.ts";

for (const [name, grammar] of Object.entries({ sh: bash, python, ts: typescript, yaml })) {
  hljs.registerLanguage(name, grammar);
}

/** Languages of blocks that are not coloured. */
const PLAIN = ["", "text"];

/** The name of a shell's own command within a flag, as in `--env`, or after `deno task`: it is none there. */
const BUILT_IN_ARGUMENT = /(--|deno task )<span class="hljs-built_in">(\w+)<\/span>/g;

/**
 * Colours a block of code.
 *
 * @param code The code.
 * @param language Its language, as after the fence of the block.
 * @returns HTML, whose classes name the kinds of words.
 * @throws {SyntaxError} If the language is unknown.
 */
export function highlight(code: string, language: string): string {
  if (PLAIN.includes(language)) return escapeHtml(code);
  if (hljs.getLanguage(language) === undefined) {
    throw new SyntaxError(
      `Cannot colour a block: its language must be one that the site knows, got ${language}`,
    );
  }
  const html = hljs.highlight(code, { language }).value;
  return language === "sh" ? html.replaceAll(BUILT_IN_ARGUMENT, "$1$2") : html;
}
