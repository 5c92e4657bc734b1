import { escapeHtml } from "./escape_html.ts";
import { type Language, LANGUAGES, PLAY_PAGES } from "./languages.ts";
import type { Content } from "./markdown.ts";
import { INDEX } from "./pages.ts";
import { wordsOf } from "./words.ts";

/** A page as the navigation names it. */
export interface Entry {
  readonly name: string;
  readonly title: string;
}

/** What a page of the site shows. */
export interface PageParts {
  readonly language: Language;
  readonly name: string;
  readonly content: Content;
  /** The chapters of the course in this language, in their order. */
  readonly chapters: readonly Entry[];
  /** The names of all pages, by language. */
  readonly names: Readonly<Record<Language, ReadonlySet<string>>>;
}

/** What a page of the site may load: its own host alone, and no code from text. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; " +
  "frame-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** The page that plays and trains, seen from the folder of a language. */
const playPage = (language: Language) => `../${PLAY_PAGES[language]}`;

/** Writes a page of the site as HTML. */
export function pageHtml(parts: PageParts): string {
  const { language, name, content } = parts;
  const word = wordsOf(language);
  return `<!DOCTYPE html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${POLICY}">
    <meta name="color-scheme" content="light dark">
    <meta name="description" content="${escapeHtml(word("description"))}">
    <title>${escapeHtml(content.title)} · bellman</title>
    <link rel="icon" href="../icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="../course/style.css">${alternates(parts)}${live(content)}
  </head>
  <body>
    <a class="skip" href="#content">${word("skip")}</a>
    <header class="top">
      <a class="name" href="index.html">bellman</a>
      <nav class="languages" aria-label="${word("otherLanguage")}">${languageLinks(parts)}</nav>
      <a href="${playPage(language)}">${word("play")}</a>
    </header>
    <div class="sides">
      <nav class="course" aria-label="${word("course")}">
        <details>
          <summary>${word("course")}</summary>
          ${contents(parts)}
        </details>
      </nav>
      <main id="content" class="page" data-page="${name}">
${content.html}
${neighbours(parts)}
      </main>
    </div>
    <footer><p>${word("local")}</p></footer>
  </body>
</html>
`;
}

/** What makes figures and programs run. */
function live({ hasFigures, hasPrograms }: Content): string {
  const script = (folder: string) => `<script type="module" src="../course/${folder}/main.js"></script>`;
  const figures = ['<link rel="stylesheet" href="../course/figures/figures.css">', script("figures")];
  return [...hasFigures ? figures : [], ...hasPrograms ? [script("code")] : []]
    .map((element) => `\n    ${element}`).join("");
}

/** The same page in another language: undefined if there is none. */
function addressIn(language: Language, { name, names }: PageParts): string | undefined {
  return names[language].has(name) ? `../${language}/${name}.html` : undefined;
}

function alternates(parts: PageParts): string {
  return LANGUAGES.flatMap((language) => {
    const address = addressIn(language, parts);
    const isOther = language !== parts.language && address !== undefined;
    return isOther ? [`\n    <link rel="alternate" hreflang="${language}" href="${address}">`] : [];
  }).join("");
}

/** Links to this page in the other languages; where it is missing, to their first page. */
function languageLinks(parts: PageParts): string {
  return LANGUAGES.filter((language) => language !== parts.language)
    .map((language) => {
      const address = addressIn(language, parts) ?? `../${language}/${INDEX}.html`;
      return `<a href="${address}" lang="${language}" hreflang="${language}">${
        wordsOf(language)("language")
      }</a>`;
    }).join("");
}

/** The chapters, with the headings of the current one below it, and the page that plays and trains at the end. */
function contents({ language, name, content, chapters }: PageParts): string {
  const word = wordsOf(language);
  const item = (entry: Entry) => {
    const isHere = entry.name === name;
    const link = `<a href="${entry.name}.html"${isHere ? ' aria-current="page"' : ""}>${
      escapeHtml(entry.title)
    }</a>`;
    return `<li>${link}${isHere ? headingList(content) : ""}</li>`;
  };
  return `<ul>
            ${[{ name: INDEX, title: word("start") }, ...chapters].map(item).join("\n            ")}
            <li><a href="${playPage(language)}">${word("play")}</a></li>
          </ul>`;
}

function headingList({ headings }: Content): string {
  const items = headings.filter(({ depth }) => depth === 2)
    .map(({ id, html }) => `<li><a href="#${encodeURIComponent(id)}">${withoutLinks(html)}</a></li>`);
  return items.length === 0 ? "" : `<ul>${items.join("")}</ul>`;
}

const withoutLinks = (html: string) => html.replaceAll(/<\/?a\b[^>]*>/g, "");

/** Links to the previous and the next page of the course. */
function neighbours({ language, name, chapters }: PageParts): string {
  const word = wordsOf(language);
  const course = [
    { name: INDEX, title: word("start"), address: `${INDEX}.html` },
    ...chapters.map((chapter) => ({ ...chapter, address: `${chapter.name}.html` })),
    { name: "", title: word("play"), address: playPage(language) },
  ];
  const here = course.findIndex((entry) => entry.name === name);
  if (here < 0) return "";
  const link = (kind: "previous" | "next", offset: number) => {
    const entry = course[here + offset];
    if (entry === undefined) return "";
    const rel = kind === "previous" ? "prev" : "next";
    return `<a class="${kind}" rel="${rel}" href="${entry.address}"><span>${word(kind)}</span> ${
      escapeHtml(entry.title)
    }</a>`;
  };
  return `<nav class="neighbours" aria-label="${word("pages")}">${link("previous", -1)}${
    link("next", 1)
  }</nav>`;
}
