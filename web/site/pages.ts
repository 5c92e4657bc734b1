import { FOLDERS, type Language, LANGUAGES } from "./languages.ts";

/** A page of the guide in one language. */
export interface Page {
  readonly language: Language;
  /** Its file below the root of the repository, as in `docs/ko/04_dqn.md`. */
  readonly path: string;
  /** Its name in the site, the same in every language, as in `04_dqn`; `index` for the first page. */
  readonly name: string;
  readonly markdown: string;
}

/** The first page of a language. */
export const INDEX = "index";

/** Whether a page's name is that of a chapter of the course. */
export function isChapter(name: string): boolean {
  return /^\d\d_/.test(name);
}

/** Whether a page's name is that of a page that every language has: the index or a chapter. */
const isOfCourse = (name: string) => name === INDEX || isChapter(name);

/**
 * Reads the pages of the guide in all languages.
 *
 * @param root The root of the repository, with a slash at the end.
 * @returns The pages of each language in the order of their names, the index first.
 * @throws {Error} If a language lacks a chapter that another has.
 */
export function readPages(root: URL): Page[] {
  const pages = LANGUAGES.flatMap((language) => pagesOf(root, language));
  for (const { name, path } of pages.filter(({ name }) => isOfCourse(name))) {
    for (const language of LANGUAGES) {
      if (pages.some((page) => page.language === language && page.name === name)) continue;
      throw new Error(`Cannot build the site: ${FOLDERS[language]} must have a page for ${path}, got none`);
    }
  }
  return pages;
}

function pagesOf(root: URL, language: Language): Page[] {
  const folder = FOLDERS[language];
  return [...Deno.readDirSync(new URL(folder, root))].filter(({ name }) => name.endsWith(".md"))
    .map(({ name: file }): Page => ({
      language,
      path: folder + file,
      name: file === "README.md" ? INDEX : file.slice(0, -".md".length),
      markdown: Deno.readTextFileSync(new URL(folder + file, root)),
    }))
    .sort((a, b) => order(a.name) < order(b.name) ? -1 : 1);
}

/** The index comes first. */
const order = (name: string) => name === INDEX ? "" : name;
