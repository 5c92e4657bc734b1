/**
 * Commands that break between their flags.
 *
 * @module
 */

/** A flag with its value, a word, or the space after one. */
const PART = /(--\S+ (?!--)\S+|\S+|[ \n])/g;

/**
 * Shows commands, each word in an element of its own with the class `word`, so that no line ends at a dash of a flag, and each flag with
 * its value in one with the class `flag`, so that none ends between the two where both fit.
 *
 * @param code The element; it keeps nothing else.
 * @param text One command a line.
 */
export function showCommand(code: HTMLElement, text: string): void {
  code.replaceChildren();
  for (const [part] of text.matchAll(PART)) appendWords(code, part);
}

function appendWords(parent: HTMLElement, text: string): void {
  if (/^[ \n]$/.test(text)) return parent.append(text);
  const isFlag = text.includes(" ");
  const element = document.createElement("span");
  element.className = isFlag ? "flag" : "word";
  if (isFlag) { for (const part of text.split(/( )/)) appendWords(element, part); }
  else element.textContent = text;
  parent.append(element);
}
