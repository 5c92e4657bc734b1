import { encodeBase64 } from "./base64.ts";
import { escapeXml } from "../../envs/values/escape_xml.ts";
import { REPORT_STYLE } from "./report_style.ts";

/**
 * A self-contained page: one file with its pictures, without scripts.
 *
 * @param title The title of the page.
 * @param sections Its sections, as HTML.
 * @param language Its language.
 * @returns An HTML document.
 */
export function reportPage(title: string, sections: readonly string[], language = "en"): string {
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  return [
    `<!DOCTYPE html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}</title>`,
    `<style>${REPORT_STYLE}</style>\n</head>\n<body>`,
    ...sections,
    "</body>\n</html>\n",
  ].join("\n");
}

/** A picture that can be scrolled in a window too narrow for it. */
export function chart(name: string, svg: string): string {
  return `<div class="wide" role="group" aria-label="${name}" tabindex="0">${svg}</div>`;
}

/**
 * A recording as a figure.
 *
 * @param gif The file.
 * @param text The text alternative.
 * @param caption The caption below it.
 */
export function film(gif: Uint8Array, text: string, caption: string): string {
  return `<figure><img src="data:image/gif;base64,${encodeBase64(gif)}" alt="${escapeXml(text)}">` +
    `<figcaption>${escapeXml(caption)}</figcaption></figure>`;
}

/** Key figures, each with its name and a note. */
export function figures(items: readonly (readonly [name: string, value: string, note: string])[]): string {
  return `<dl class="figures">${
    items.map(([name, value, note]) => `<div><dt>${name}</dt><dd>${value}<small>${note}</small></dd></div>`)
      .join("")
  }</dl>`;
}

/**
 * A table whose first column names the rows; in a narrow window each row becomes a list of its cells.
 *
 * @param header The name of each column.
 * @param rows The rows, with one cell per column.
 */
export function cards(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = header.map((text) => `<th scope="col">${escapeXml(text)}</th>`).join("");
  const cell = (text: string, i: number) => {
    const [tag, scope] = i === 0 ? ["th", ' scope="row"'] : ["td", ""];
    return `<${tag}${scope} data-name="${escapeXml(header[i]!)}">${escapeXml(text)}</${tag}>`;
  };
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n");
  return `<div class="wide"><table class="cards"><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>`;
}
