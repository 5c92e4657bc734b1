import { assertEquals, assertThrows } from "@std/assert";
import { isChapter, readPages } from "../../../web/site/pages.ts";

async function withPages(paths: readonly string[], body: (root: URL) => void): Promise<void> {
  const path = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${path}/docs/ko`, { recursive: true });
    for (const name of paths) await Deno.writeTextFile(`${path}/${name}`, `# ${name}\n`);
    body(new URL(`file://${path}/`));
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

const BOTH = ["docs/README.md", "docs/01_a.md", "docs/ko/README.md", "docs/ko/01_a.md"];

Deno.test("readPages() gives the pages of each language, the index first", () =>
  withPages([...BOTH, "docs/options.md", "docs/notes.txt"], (root) => {
    assertEquals(readPages(root).map(({ path, name }) => [path, name]), [
      ["docs/README.md", "index"],
      ["docs/01_a.md", "01_a"],
      ["docs/options.md", "options"],
      ["docs/ko/README.md", "index"],
      ["docs/ko/01_a.md", "01_a"],
    ]);
    assertEquals(readPages(root)[1]?.markdown, "# docs/01_a.md\n");
    assertEquals(["01_a", "index", "options"].map(isChapter), [true, false, false]);
  }));

Deno.test("readPages() refuses a chapter that one language lacks", async () => {
  await withPages([...BOTH, "docs/02_b.md"], (root) => {
    assertThrows(
      () => readPages(root),
      Error,
      "Cannot build the site: docs/ko/ must have a page for docs/02_b.md, got none",
    );
  });
  await withPages(BOTH.slice(1), (root) => {
    assertThrows(() => readPages(root), Error, "docs/ must have a page for docs/ko/README.md, got none");
  });
});
