import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { indexPage, isMemberPage, withoutMemberLinks, withSharedIcons } from "../../.ci/_small_docs.ts";

Deno.test("pages of members are known by their names, and links to them lead to the pages they are in", () => {
  assert(isMemberPage("api/agents/~/Dqn.act.html") && isMemberPage("api/agents/~/Dqn.prototype.act.html"));
  assert(!isMemberPage("api/agents/~/Dqn.html") && !isMemberPage("api/agents/index.html"));
  assertEquals(
    withoutMemberLinks(
      '<a href="../~/Dqn.act.html">a</a> <a href="..&#x2F;~&#x2F;Box.low.html">b</a> ~/Dqn.html ~/Known.Pole-v1.html',
    ),
    '<a href="../~/Dqn.html">a</a> <a href="..&#x2F;~&#x2F;Box.html">b</a> ~/Dqn.html ~/Known.html',
  );
});

Deno.test("each icon is in a page once, and referred to", () => {
  const icon = (d: string) => `<svg width="16" viewBox="0 0 9 9"><path d="${d}"/></svg>`;
  const page = withSharedIcons(`<body>${icon("M1")}${icon("M2")}${icon("M1")}</body>`);
  assertEquals(page.match(/d="M1"/g)?.length, 1);
  assertEquals([...page.matchAll(/href="#(icon\d)"/g)].map(([, id]) => id), ["icon0", "icon1", "icon0"]);
  assertStringIncludes(page, '<symbol id="icon1" viewBox="0 0 9 9"><path d="M2"/></symbol>');
  assertEquals(withSharedIcons("<body>none</body>"), "<body>none</body>");
});

Deno.test("the index links every entry point but the main one, whose exports the others have", () => {
  const entries = Object.keys(config.exports).filter((name) => name !== ".").map((name) => ({
    name: config.name + name.slice(1),
    path: name.slice(2),
    summary: "a < b & c",
  }));
  const page = indexPage("x", entries);
  for (const { name, path } of entries) {
    assertStringIncludes(page, `<a href="${path}/index.html"><code>${name}</code></a>`);
  }
  assertStringIncludes(page, "a &lt; b &amp; c");
});
