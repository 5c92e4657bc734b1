/**
 * Builds the course with the page that plays and trains: `deno task site:build` writes a folder that any static
 * host can serve, under any path.
 *
 * @module
 */

import { print } from "../../scripts/cli/print.ts";
import { exitCodeOf } from "../../scripts/cli/usage_error.ts";
import { reasonOf } from "../../scripts/values/reason_of.ts";
import { readCommand } from "../../scripts/settings/read_command.ts";
import { build } from "../build.ts";
import { buildFigures } from "./build_figures.ts";
import { buildPrograms } from "./build_programs.ts";
import { type Language, LANGUAGES, PLAY_PAGES } from "./languages.ts";
import { type Content, renderMarkdown } from "./markdown.ts";
import { pageHtml } from "./page_html.ts";
import { INDEX, isChapter, type Page, readPages } from "./pages.ts";
import { pictureSize } from "./picture_size.ts";
import { wordsOf } from "./words.ts";

const ROOT = new URL("../../", import.meta.url);
const SITE = new URL("./", import.meta.url);

/** The folder of the built site. */
export const SITE_DIST: URL = new URL("dist/", SITE);

/**
 * Empties a folder and builds the site in it.
 *
 * @param folder Its address, with a slash at the end.
 */
export async function buildSite(folder: URL = SITE_DIST): Promise<void> {
  const pages = readPages(ROOT);
  const pictures = new Map<string, string>();
  const contents = new Map(pages.map((page) => [page, contentOf(page, pages, pictures)]));
  await build(folder);
  const names = Object.fromEntries(LANGUAGES.map((language) => [
    language,
    new Set(pages.filter((page) => page.language === language).map(({ name }) => name)),
  ])) as Record<Language, Set<string>>;
  await linkToCourse(folder);
  for (const [{ language, name }, content] of contents) {
    const chapters = [...contents].filter(([page]) => page.language === language && isChapter(page.name))
      .map(([page, { title }]) => ({ name: page.name, title }));
    await Deno.mkdir(new URL(`${language}/`, folder), { recursive: true });
    await Deno.writeTextFile(
      new URL(`${language}/${name}.html`, folder),
      pageHtml({ language, name, content, chapters, names }),
    );
  }
  for (const [path, name] of pictures) await copyTo(new URL(name, folder), new URL(path, ROOT));
  await Deno.mkdir(new URL("course/figures/", folder), { recursive: true });
  await buildPrograms(new URL("course/code/", folder));
  await Deno.copyFile(new URL("style.css", SITE), new URL("course/style.css", folder));
  await buildFigures(new URL("course/figures/", folder));
}

/** Renders a page, with its links to other pages of the site; its pictures are added to those of the site, by their paths. */
function contentOf(page: Page, pages: readonly Page[], pictures: Map<string, string>): Content {
  const word = wordsOf(page.language);
  const at = (href: string) => new URL(href, new URL(page.path, ROOT)).href.slice(ROOT.href.length);
  const link = (href: string) => {
    if (/^([a-z]+:|#)/.test(href)) return href;
    const [path, anchor] = at(href).split("#");
    const target = pages.find((other) => other.path === path);
    if (target === undefined) return undefined;
    const folder = target.language === page.language ? "" : `../${target.language}/`;
    return `${folder}${target.name}.html${anchor === undefined ? "" : `#${anchor}`}`;
  };
  const picture = (href: string) => {
    const path = at(href);
    const name = `pictures/${path.replace(/^docs\/(pictures\/)?/, "")}`;
    pictures.set(path, name);
    return { src: `../${name}`, ...pictureSize(path, Deno.readFileSync(new URL(path, ROOT))) };
  };
  const words = {
    table: word("table"),
    code: word("code"),
    figure: word("figure"),
    noScript: word("noScript"),
  };
  try {
    return renderMarkdown(page.markdown, { link, picture, words });
  } catch (error) {
    throw new Error(`Cannot build the site: ${page.path}: ${reasonOf(error)}`);
  }
}

/** Puts a link to the course into the page that plays and trains, in each language. */
async function linkToCourse(folder: URL): Promise<void> {
  for (const language of LANGUAGES) {
    const name = PLAY_PAGES[language];
    const url = new URL(name, folder);
    const [before, after, ...more] = (await Deno.readTextFile(url)).split("<!-- course -->");
    if (after === undefined || more.length > 0) {
      throw new Error(`Cannot build the site: web/${name} must have one comment for the link to the course`);
    }
    const link = `<a href="${language}/${INDEX}.html">${wordsOf(language)("start")}</a>`;
    await Deno.writeTextFile(url, before + link + after);
  }
}

async function copyTo(target: URL, file: URL): Promise<void> {
  await Deno.mkdir(new URL("./", target), { recursive: true });
  await Deno.copyFile(file, target);
}

async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, [], "site:build", { more: () => "\n\nThe site is built in web/site/dist." });
  if (line === undefined) return 0;
  await buildSite();
  print("web/site/dist");
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
