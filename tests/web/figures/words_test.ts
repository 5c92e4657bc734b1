import { assertEquals, assertThrows } from "@std/assert";
import { languageOf, wordsIn } from "../../../web/figures/words.ts";

const WORDS = { steps: { en: "{count} steps of {total}", ko: "{total}스텝 중 {count}" } } as const;

Deno.test("words are chosen by language, and values filled in", () => {
  assertEquals(wordsIn(WORDS, "en")("steps", { count: 3, total: 9 }), "3 steps of 9");
  assertEquals(wordsIn(WORDS, "ko")("steps", { count: 3, total: 9 }), "9스텝 중 3");
  assertEquals(wordsIn(WORDS, "en")("steps", { count: -3, total: "-1.5" }), "−3 steps of −1.5");
  assertEquals(wordsIn(WORDS, "ko")("steps", { count: 500, total: 10_000 }), "10,000스텝 중 500");
});

Deno.test("a Korean particle stays with the bracket before it", () => {
  const words = wordsIn({ range: { en: "to {high} (bright)", ko: "{high}(밝음)까지 (밝음)" } }, "ko");
  assertEquals(words("range", { high: 4 }), "4(밝음)\u2060까지 (밝음)");
});

Deno.test("a value that is missing is an error", () => {
  assertThrows(
    () => wordsIn(WORDS, "en")("steps", { count: 3 }),
    TypeError,
    'Cannot write "steps": total must be given, got none',
  );
});

Deno.test("a page's language is one of ours, or English", () => {
  assertEquals(["en", "ko", "ko-KR", "de", "", "kok"].map(languageOf), ["en", "ko", "ko", "en", "en", "en"]);
});
