import { assert, assertEquals } from "@std/assert";

const read = (name: string) => Deno.readTextFileSync(new URL(`../../web/${name}`, import.meta.url));
const ENGLISH = read("index.html");
const KOREAN = read("index.ko.html");

/** Everything of a page but its words, and the link to the other language. */
const markupOf = (page: string) =>
  page.replaceAll(/<a href="index[.\w]*" .*?<\/a>|<!--.*?-->/g, "")
    .replaceAll(/(?<= lang=|aria-label=|name="description"\s+content=)"[^"]*"/g, "")
    .match(/<[^>]+>/g);

/** The words of a page: its texts, names of elements, and description. */
const wordsOf = (page: string) => [
  ...[...page.matchAll(/(?:aria-label=|name="description"\s+content=)"([^"]*)"/g)].map(([, text]) => text!),
  ...page.replaceAll(/<!DOCTYPE html>|<!--.*?-->/g, "").split(/<[^>]+>/).map((text) => text.trim())
    .filter((text) => text !== ""),
];

Deno.test("the Korean page is the English one in other words", () => {
  assert(markupOf(ENGLISH)!.length > 100);
  assertEquals(markupOf(KOREAN), markupOf(ENGLISH));
  assertEquals(wordsOf(KOREAN).length, wordsOf(ENGLISH).length);
});

Deno.test("every word of the Korean page is Korean, except names", () => {
  const others = wordsOf(KOREAN).filter((text) => !/\p{Script=Hangul}/u.test(text));
  assertEquals(others, ["bellman", "English", ".onnx", "weights_sha256"]);
  assertEquals(wordsOf(ENGLISH).filter((text) => /\p{Script=Hangul}/u.test(text)), ["한국어"]);
});
