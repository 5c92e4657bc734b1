import { assert, assertEquals } from "@std/assert";
import { ROOT } from "../.ci/_package_copy.ts";

const read = (path: string) => Deno.readTextFileSync(new URL(path, ROOT));

const pagesOf = (folder: string) =>
  [...Deno.readDirSync(new URL(folder, ROOT))].filter(({ name }) => name.endsWith(".md")).map(({ name }) =>
    name
  );

const ENGLISH_PAGES = pagesOf("docs/");
const KOREAN_PAGES = pagesOf("docs/ko/");

/** Each English page that has a Korean one, and the Korean page. */
const TWINS = new Map([
  ["README.md", "README.ko.md"],
  ...KOREAN_PAGES.map((name) => [`docs/${name}`, `docs/ko/${name}`] as const),
]);
/** The page in the other language. */
const OTHER = new Map([...TWINS, ...[...TWINS].map(([english, korean]) => [korean, english] as const)]);

const BLOCKS = /^```[\s\S]*?^```$/gm;

/** The path below the root of what a page links to. */
const resolve = (page: string, target: string) => new URL(target, `root:///${page}`).pathname.slice(1);

const PARTS = /^```[\s\S]*?^```$|^#+ |!\[[^\]]*\]\([^)]+\)|^<!--.*-->$|^\|.*\|$|^(?:-|\d+\.) |(?<=\n\n)\S/gm;

/**
 * What a page is built of, in order: headings by their level, code blocks, pictures, comments that place figures,
 * items of lists, rows of tables, paragraphs.
 */
function skeletonOf(path: string): string[] {
  return [...read(path).matchAll(PARTS)].map(([part]) => {
    const picture = /^!\[.*\]\((.*)\)$/.exec(part);
    if (picture !== null) return `picture ${resolve(path, picture[1]!)}`;
    if (part.startsWith("|")) return `row of ${part.split("|").length - 2}`;
    return part.length === 1 ? "paragraph" : part;
  });
}

/** The name under which Markdown viewers link to a title. */
const anchorOf = (title: string) =>
  title.trim().toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");

/** The number of the heading that an anchor leads to. */
function headingOf(path: string, anchor: string): number {
  const titles = [...read(path).replaceAll(BLOCKS, "").matchAll(/^#+ (.*)$/gm)].map(([, title]) => title!);
  return titles.map(anchorOf).indexOf(anchor);
}

/** Where the links of a page lead, sorted; a link to a page of two languages as `translate` gives it. */
function linksOf(path: string, translate: (page: string) => string): string[] {
  const links = [...read(path).replaceAll(BLOCKS, "").matchAll(/(?<!!\[[^\]]*)\]\(([^)\s]+)\)/g)];
  return links.map(([, target]) => {
    if (/^[a-z]+:/.test(target!)) return target!;
    const [file, anchor] = target!.split("#");
    const page = file === "" ? path : resolve(path, file!);
    const place = anchor === undefined ? "" : ` heading ${headingOf(page, anchor)}`;
    return translate(page) + place;
  }).sort();
}

/** The distinct matches of a pattern in a page's text, without its blocks and the targets of its links, sorted. */
function wordsOf(path: string, pattern: RegExp): string[] {
  const text = read(path).replaceAll(BLOCKS, "").replaceAll(/\]\([^)\s]+\)/g, "]");
  return [...new Set([...text.matchAll(pattern)].map(([word]) => word))].sort();
}

Deno.test("every chapter is there in English and in Korean", () => {
  const chapters = ENGLISH_PAGES.filter((name) => /^(\d\d_|README)/.test(name));
  assert(chapters.length >= 11);
  assertEquals(chapters.filter((name) => !KOREAN_PAGES.includes(name)), []);
  assertEquals(KOREAN_PAGES.filter((name) => !ENGLISH_PAGES.includes(name)), []);
});

for (const [english, korean] of TWINS) {
  Deno.test(`${korean} is built like ${english}`, () => {
    assertEquals(skeletonOf(korean), skeletonOf(english));
  });

  Deno.test(`${korean} has the links of ${english}, to Korean pages where there are some`, () => {
    assertEquals(linksOf(korean, (page) => page), linksOf(english, (page) => OTHER.get(page) ?? page));
  });

  Deno.test(`${korean} has the code words and numbers of ${english}`, () => {
    for (const pattern of [/`[^`]+`/g, /(?<![\w`])[−-]?\d+(?:[,.]\d+)*/g]) {
      assertEquals(wordsOf(korean, pattern), wordsOf(english, pattern));
    }
  });

  Deno.test(`every paragraph of ${korean} is Korean`, () => {
    const paragraphs = read(korean).replaceAll(BLOCKS, "").split(/\n\n+/).filter((part) =>
      /^[\p{L}*`(]/u.test(part)
    );
    assert(paragraphs.length >= 3);
    for (const paragraph of paragraphs) assert(/\p{Script=Hangul}/u.test(paragraph), paragraph);
  });
}
