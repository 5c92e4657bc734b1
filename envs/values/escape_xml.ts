/**
 * Text in XML.
 *
 * @module
 */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Characters that no XML document may contain, even escaped: most control characters, lone surrogates, U+FFFE and U+FFFF. */
const UNSUITABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** A text as content or attribute of XML or HTML; invalid characters become U+FFFD. */
export function escapeXml(text: string): string {
  return suitableForXml(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** A text, or a whole document, without the characters that make XML ill-formed: they become U+FFFD. */
export function suitableForXml(text: string): string {
  return text.replace(UNSUITABLE, "\ufffd");
}
