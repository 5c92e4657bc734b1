import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { renderMarkdown } from "../../../web/site/markdown.ts";

const OPTIONS = {
  link: (href: string) => href === "gone.md" ? undefined : href.replace(".md", ".html"),
  picture: (href: string) => ({ src: `../${href}`, width: 30, height: 20 }),
  words: { table: "Table", code: "Code", figure: "Live figure", noScript: "Needs JavaScript." },
};

const render = (markdown: string) => renderMarkdown(markdown, OPTIONS);

Deno.test("renderMarkdown() gives the title and the headings, under the names that links use", () => {
  const { title, headings, html } = render(
    "# 3. The `target` *network*\n\n## Is it (really) so?\n\n## 목표 신경망\n",
  );
  assertEquals(title, "3. The target network");
  assertEquals(headings, [
    { depth: 2, id: "is-it-really-so", html: "Is it (really) so?" },
    { depth: 2, id: "목표-신경망", html: "목표 신경망" },
  ]);
  assertStringIncludes(html, '<h2 id="is-it-really-so">');
});

Deno.test("renderMarkdown() resolves links and pictures, and keeps the words of a link to nowhere", () => {
  const { html } = render("# T\n\n[a](x.md) and [`b`](gone.md)\n\n![An <apple>](a.svg)\n");
  assertStringIncludes(html, '<p><a href="x.html">a</a> and <code>b</code></p>');
  assertStringIncludes(
    html,
    '<img src="../a.svg" alt="An &lt;apple&gt;" width="30" height="20" loading="lazy">',
  );
});

Deno.test("renderMarkdown() colours code and escapes it", () => {
  const { html } = render('# T\n\n```ts\nconst a = "<b>";\n```\n\n```text\n1 < 2\n```\n');
  assertStringIncludes(html, '<span class="hljs-keyword">const</span>');
  assertStringIncludes(html, "&quot;&lt;b&gt;&quot;");
  assertStringIncludes(html, "1 &lt; 2");
});

Deno.test("renderMarkdown() colours a shell's own commands, but not flags and tasks of their names", () => {
  const { html } = render("# T\n\n```sh\ncd x\ndeno task export --env X --out cd\n```\n");
  assertStringIncludes(html, '<span class="hljs-built_in">cd</span> x\ndeno task export --env X --out ');
});

Deno.test("renderMarkdown() keeps the words of code within text together, also at dashes", () => {
  const { html } = render("# T\n\nWith `train --n-step 3` and `a < b`.\n");
  assertStringIncludes(
    html,
    '<code>train <span class="word">--n-step</span> 3</code> and <code>a &lt; b</code>',
  );
  assertStringIncludes(
    render("# T\n\nIn `runs/CartPole-v1/report.html`.\n").html,
    '<code>runs/<span class="word">CartPole-v1/</span>report.html</code>',
  );
  assertStringIncludes(render("# T\n\n`a`(`b`)은\n").html, "<code>a</code><wbr>(<code>b</code>)\u2060은");
  const long = `--${"long-".repeat(6)}`;
  assertStringIncludes(render(`# T\n\nWith \`${long}\`.\n`).html, `<code>${long}</code>`);
});

Deno.test("renderMarkdown() keeps a Korean particle on the line of the bracket before it", () => {
  const { title, html } = render("# 과대추정(overestimation)과\n\n[논문](x.md)(2016)은 (그래서) 다릅니다.\n");
  assertEquals(title, "과대추정(overestimation)과");
  assertStringIncludes(html, ">과대추정(overestimation)\u2060과</h1>");
  assertStringIncludes(html, "(2016)\u2060은 (그래서) 다릅니다.");
});

Deno.test("renderMarkdown() aligns columns of numbers without inline styles, and shows them as everywhere", () => {
  const { html } = render("# T\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n");
  assertStringIncludes(html, '<tr><th>a</th><th class="number">b</th></tr>');
  assertStringIncludes(html, '<tr><td>1</td><td class="number">2</td></tr>');
  assertEquals(html.includes("style="), false);
  assertStringIncludes(
    render("# T\n\n| a | b |\n| - | -: |\n| 2000 | -1214.8 |\n| 1 | `10000` |\n").html,
    '<tr><td>2000</td><td class="number">−1,214.8</td></tr>\n<tr><td>1</td><td class="number"><code>10000</code></td></tr>',
  );
});

Deno.test("renderMarkdown() puts a live figure in the place of its comment", () => {
  const { html, hasFigures } = render("# T\n\nBefore.\n\n<!-- figure: double_dqn -->\n\nAfter.\n");
  assertEquals(hasFigures, true);
  assertStringIncludes(
    html,
    '<section class="figure" data-figure="double_dqn" aria-label="Live figure 1"><noscript><p>Needs JavaScript.</p></noscript></section>',
  );
  assertEquals(render("# T\n").hasFigures, false);
});

Deno.test("renderMarkdown() refuses what the site cannot show", () => {
  const refused = (markdown: string, message: string) => {
    assertThrows(() => render(markdown), Error, message);
  };
  refused("Words.\n", "it must start with a title");
  refused(
    "# T\n\n<script>alert(1)</script>\n",
    "its HTML must be a figure's comment, got <script>alert(1)</script>",
  );
  refused("# T\n\nA <b>word</b>.\n", "its HTML must be a figure's comment, got <b>");
  refused("# T\n\n<!-- figure: A b -->\n", "its HTML must be a figure's comment, got <!-- figure: A b -->");
  refused("# T\n\n```klingon\nx\n```\n", "its language must be one that the site knows, got klingon");
});
