import { Marked, type Tokens } from "marked";
import { shownNumber } from "../../scripts/values/shown_number.ts";
import { escapeHtml } from "./escape_html.ts";
import { highlight } from "./highlight.ts";
import { holdParticles } from "./hold_particles.ts";
import type { PictureSize } from "./picture_size.ts";

/** A heading below the title. */
export interface Heading {
  readonly depth: number;
  readonly id: string;
  readonly html: string;
}

/** A page's content. */
export interface Content {
  readonly title: string;
  readonly html: string;
  readonly headings: readonly Heading[];
  /** Whether the page has a live figure. */
  readonly hasFigures: boolean;
  /** Whether the page has a program that can be run. */
  readonly hasPrograms: boolean;
}

/** How a page's Markdown becomes part of the site. */
export interface MarkdownOptions {
  /** Returns the address of a link on the page; undefined if the site does not have its target. */
  readonly link: (href: string) => string | undefined;
  /** Returns the address and the size of a picture. */
  readonly picture: (href: string) => PictureSize & { readonly src: string };
  /** The names of tables and blocks of code for people who do not see them, and what stands in a figure's place. */
  readonly words: {
    readonly table: string;
    readonly code: string;
    readonly figure: string;
    readonly noScript: string;
  };
}

/** The comment that a live figure replaces. */
const FIGURE = /^<!-- figure: ([a-z_]+) -->\s*$/;

/**
 * Renders a page of the guide.
 *
 * @param markdown The page.
 * @param options Where its links and pictures are.
 * @returns Its title and its HTML, without scripts and inline styles.
 * @throws {SyntaxError} If it has no title, HTML other than a figure's comment, or a block in an unknown language.
 */
export function renderMarkdown(markdown: string, options: MarkdownOptions): Content {
  const { words } = options;
  const headings: Heading[] = [];
  let title: string | undefined;
  let figures = 0;
  let hasPrograms = false;
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const html = this.parser.parseInline(tokens);
        const id = anchorOf(text);
        if (depth === 1) title ??= this.parser.parseInline(tokens, this.parser.textRenderer);
        else headings.push({ depth, id, html });
        return `<h${depth} id="${escapeHtml(id)}">${html}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const html = this.parser.parseInline(tokens);
        const address = options.link(href);
        return address === undefined ? html : `<a href="${escapeHtml(address)}">${html}</a>`;
      },
      image({ href, text }) {
        const { src, width, height } = options.picture(href);
        return `<img src="${escapeHtml(src)}" alt="${
          escapeHtml(text)
        }" width="${width}" height="${height}" loading="lazy">`;
      },
      code({ text, lang = "" }) {
        const [language = ""] = lang.split(" ");
        const html = highlight(text, language);
        const isProgram = lang === "ts"; // "ts ignore" is a part of one, or needs more than the library
        hasPrograms ||= isProgram;
        return `<pre tabindex="0" role="group" aria-label="${words.code}"${
          isProgram ? " data-program" : ""
        }><code class="${language}">${html}</code></pre>\n`;
      },
      codespan: ({ text }) => `<code>${text.split(" ").map(codeWord).join(" ")}</code>`,
      table({ header, rows }) {
        const row = (cells: readonly Tokens.TableCell[]) =>
          `<tr>${
            cells.map(({ tokens, align, header }) => {
              const tag = header ? "th" : "td";
              const html = this.parser.parseInline(tokens);
              return align === "right"
                ? `<${tag} class="number">${shownNumber(html)}</${tag}>`
                : `<${tag}>${html}</${tag}>`;
            }).join("")
          }</tr>`;
        return `<div class="table" tabindex="0" role="group" aria-label="${words.table}"><table>\n<thead>${
          row(header)
        }</thead>\n<tbody>${rows.map(row).join("\n")}</tbody>\n</table></div>\n`;
      },
      html({ text }) {
        const name = FIGURE.exec(text)?.[1];
        if (name === undefined) {
          throw new SyntaxError(
            `Cannot render the page: its HTML must be a figure's comment, got ${text.trim()}`,
          );
        }
        figures++;
        return `<section class="figure" data-figure="${name}" aria-label="${words.figure} ${figures}"><noscript><p>${words.noScript}</p></noscript></section>\n`;
      },
    },
  });
  const html = holdParticles(marked.parse(markdown, { async: false })).replaceAll(
    CODES,
    "</code><wbr>(<code>",
  );
  if (title === undefined) throw new SyntaxError("Cannot render the page: it must start with a title");
  return { title, html, headings, hasFigures: figures > 0, hasPrograms };
}

/** Code that explains code without a space between, as Korean writes it: a line may end before the bracket. */
const CODES = "</code>(<code>";

/** The longest word that certainly fits a phone, in characters. */
const LONGEST_WORD = 30;

/** A word of code within text as HTML; a line may end after a slash of a path, and not at the dashes of a flag or a name. */
function codeWord(word: string): string {
  return word.split(/(?<=\/)/).map((part) =>
    part.includes("-") && part.length <= LONGEST_WORD
      ? `<span class="word">${escapeHtml(part)}</span>`
      : escapeHtml(part)
  ).join("");
}

/** The name under which Markdown viewers link to a heading. */
function anchorOf(text: string): string {
  return text.trim().toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");
}
