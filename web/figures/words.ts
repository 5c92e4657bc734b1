/**
 * Words in the languages of the course.
 *
 * @module
 */

import { shownNumber } from "../../scripts/values/shown_number.ts";
import { holdParticles } from "../site/hold_particles.ts";
import { type Language, LANGUAGES } from "../site/languages.ts";

/** Texts by key, each in all languages; `{name}` in a text is replaced by a value, numbers as {@linkcode shownNumber} writes them. */
export type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** Gives the text of a key, with its values filled in. */
export type Translate<W extends Words> = (
  key: keyof W & string,
  values?: Readonly<Record<string, string | number>>,
) => string;

/**
 * The texts of one language.
 *
 * @param words All texts.
 * @param language The language.
 * @returns A function from keys to texts; it throws a TypeError if a value is missing.
 */
export function wordsIn<W extends Words>(words: W, language: Language): Translate<W> {
  return (key, values = {}) =>
    holdParticles(words[key]![language]).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new TypeError(`Cannot write "${key}": ${name} must be given, got none`);
      return shownNumber(value);
    });
}

/** The language that a page declares, English if it is none of ours. */
export function languageOf(declared: string): Language {
  return LANGUAGES.find((language) => declared === language || declared.startsWith(`${language}-`)) ?? "en";
}
