/**
 * The command that gives a figure's numbers.
 *
 * @module
 */

import { showCommand } from "../show_command.ts";
import { commandText, type Flags } from "./command_text.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created } from "./elements.ts";
import type { Language } from "../site/languages.ts";
import { wordsIn } from "./words.ts";

/** The line with the command. */
export class CommandLine {
  readonly #code: HTMLElement;

  /** Adds the line to an element. */
  constructor(parent: Element, language: Language) {
    const t = wordsIn(COMMON_WORDS, language);
    created(parent, "p", { class: "command-title", text: t("command") });
    const pre = created(parent, "pre", { class: "command", attributes: { tabindex: "0" } });
    this.#code = created(pre, "code");
  }

  /** Shows a command, once for each set of flags. */
  show(task: string, ...flags: readonly Flags[]): void {
    this.showEach(...flags.map((set) => [task, set] as const));
  }

  /** Shows commands, each the text after `deno task` with its flags. */
  showEach(...commands: readonly (readonly [task: string, flags: Flags])[]): void {
    showCommand(this.#code, commands.map(([task, flags]) => commandText(task, flags)).join("\n"));
  }
}
