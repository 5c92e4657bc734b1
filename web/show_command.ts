/**
 * Commands that break between their words.
 *
 * @module
 */

/**
 * Shows commands, each word in an element of its own with the class `word`, so that no line ends at a dash of a flag.
 *
 * @param code The element; it keeps nothing else.
 * @param text One command a line.
 */
export function showCommand(code: HTMLElement, text: string): void {
  code.replaceChildren();
  for (const part of text.split(/([ \n])/)) {
    if (/^[ \n]$/.test(part)) {
      code.append(part);
      continue;
    }
    const word = document.createElement("span");
    word.className = "word";
    word.textContent = part;
    code.append(word);
  }
}
