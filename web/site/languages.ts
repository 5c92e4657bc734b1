/** The languages of the course, the first one complete in any case. */
export const LANGUAGES = ["en", "ko"] as const;

/** A language of the course. */
export type Language = typeof LANGUAGES[number];

/** The folder of a language's pages, below the root of the repository. */
export const FOLDERS: Readonly<Record<Language, string>> = { en: "docs/", ko: "docs/ko/" };

/** The page that plays and trains, in the root of the site. */
export const PLAY_PAGES: Readonly<Record<Language, string>> = { en: "index.html", ko: "index.ko.html" };
