import { button } from "../figures/button.ts";
import { created } from "../figures/elements.ts";
import type { Language } from "../site/languages.ts";
import { wordsIn } from "../figures/words.ts";
import type { ProgramMessage } from "./messages.ts";
import { runProgram } from "./run_program.ts";
import { WORDS } from "./words.ts";

/**
 * Lets the reader change a program of the page and run it.
 *
 * @param block The block of code, whose only child has the program.
 * @param code The element with the program.
 * @param language The language of the page.
 */
export function enliven(block: HTMLElement, code: HTMLElement, language: Language): void {
  const word = wordsIn(WORDS, language);
  const original = code.innerHTML;
  makeEditable(code, word("program"));
  block.removeAttribute("tabindex");
  const parts = document.createElement("div");
  parts.className = "program";
  block.after(parts);
  const controls = created(parts, "div", { class: "controls" });
  // One button, which keeps the focus: it runs the program, then stops it.
  const start = button(controls, word("run"), () => running === undefined ? run() : running.abort());
  const restore = button(controls, word("restore"), () => {
    code.innerHTML = original;
    restore.hidden = true;
    code.focus();
  });
  const status = created(controls, "span", { class: "status", attributes: { role: "status" } });
  const output = created(parts, "pre", {
    class: "output",
    attributes: { role: "log", "aria-label": word("output"), tabindex: "0" },
  });
  const error = created(parts, "p", { class: "error", attributes: { role: "alert" } });
  restore.hidden = output.hidden = true;
  let running: AbortController | undefined;

  code.addEventListener("input", () => restore.hidden = false);
  code.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });

  const show = (isRunning: boolean, text: string) => {
    start.textContent = word(isRunning ? "stop" : "run");
    status.textContent = text;
  };

  async function run(): Promise<void> {
    if (running !== undefined) return;
    running = new AbortController();
    const { signal } = running;
    output.textContent = error.textContent = "";
    output.hidden = true;
    show(true, word("running"));
    const began = performance.now();
    let end = word("stopped");
    const receive = (message: ProgramMessage) => {
      if (message.kind === "printed") {
        output.hidden = false;
        output.append(`${message.text}\n`);
      } else if (message.kind === "ended") {
        end = word("ended", { seconds: ((performance.now() - began) / 1_000).toFixed(1) });
      } else {
        end = "";
        const { reason, line } = message;
        error.textContent = line === undefined ? reason : word("failedAt", { line, reason });
      }
    };
    try {
      await runProgram(code.innerText, receive, signal);
    } catch (reason) {
      if (!signal.aborted) receive({ kind: "failed", reason: String(reason), line: undefined });
    }
    running = undefined;
    show(false, end);
  }
}

function makeEditable(code: HTMLElement, label: string): void {
  code.contentEditable = "plaintext-only";
  code.spellcheck = false;
  code.tabIndex = 0;
  code.setAttribute("role", "textbox");
  code.setAttribute("aria-multiline", "true");
  code.setAttribute("aria-label", label);
}
