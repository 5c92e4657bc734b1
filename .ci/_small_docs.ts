// Makes the HTML of `deno doc` small: pages of single members are left out, since their class's page has all of
// it, and each icon is in a page once.

/** Whether a file is the page of a member, such as `~/Dqn.act.html`. */
export function isMemberPage(path: string): boolean {
  return /~\/[^/]*\.[^/]*\.html$/.test(path);
}

/** Links to pages of members as links to the pages that they are in. */
export function withoutMemberLinks(text: string): string {
  return text.replaceAll(/(~(?:\/|&#x2F;)[\w$]+)\.[-\w$.]+?\.html/g, "$1.html");
}

/** A page with each of its icons once, at its end, and references to it. */
export function withSharedIcons(html: string): string {
  const icons = new Map<string, string>();
  const referring = html.replaceAll(
    /<svg\b([^>]*)>([^]*?)<\/svg>/g,
    (svg, attributes: string, inner: string) => {
      const viewBox = /viewBox="([^"]*)"/.exec(attributes)?.[1];
      if (viewBox === undefined) return svg;
      const key = `${viewBox} ${inner}`;
      if (!icons.has(key)) {
        icons.set(
          key,
          `<symbol id="icon${icons.size}" viewBox="${viewBox}">${inner}</symbol>`,
        );
      }
      const index = [...icons.keys()].indexOf(key);
      return `<svg${attributes}><use href="#icon${index}"/></svg>`;
    },
  );
  const shared = `<svg style="display:none">${[...icons.values()].join("")}</svg>`;
  return icons.size === 0 ? html : referring.replace(/<\/body>/, `${shared}</body>`);
}

/** An entry point on the index. */
export interface EntryPoint {
  /** What an import names, such as `@bellman/dqn/nn`. */
  readonly name: string;
  /** The folder of its pages. */
  readonly path: string;
  /** What it is, in a sentence. */
  readonly summary: string;
}

/** The first page: all entry points. */
export function indexPage(title: string, entries: readonly EntryPoint[]): string {
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const rows = entries.map(({ name, path, summary }) =>
    `<tr><td><a href="${path}/index.html"><code>${escape(name)}</code></a></td><td>${
      escape(summary)
    }</td></tr>`
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
td { padding: 0.3rem 1rem 0.3rem 0; vertical-align: top; }
:root { color-scheme: light dark; }
</style>
</head>
<body>
<h1>${escape(title)}</h1>
<p><a href="all_symbols.html">All symbols</a></p>
<table>
${rows.join("\n")}
</table>
</body>
</html>
`;
}
