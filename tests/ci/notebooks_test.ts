import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { notebookOf } from "../../.ci/_notebook.ts";
import { notebooks, writeNotebooks } from "../../.ci/_notebooks.ts";
import { fromFileUrl } from "../../.ci/from_file_url.ts";
import { inFolder } from "../scripts/_process.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("notebookOf() makes TypeScript cells of code, everything else text, and moves links", () => {
  const page = "# A [b](c.md#d) ![e](f.svg) [g](https://h) [i](#j)\n\n```ts\nlet k = 1;\n\nk++;\n```\n\n" +
    "```ts ignore\nl();\n```\n\n```sh\nm\n```\n\n```ts\nn();\n```\n";
  const { cells } = notebookOf(page, (target) => `../${target}`);
  assertEquals(cells.map(({ id, cell_type, source }) => [id, cell_type, source]), [
    ["cell-0", "markdown", ["# A [b](../c.md#d) ![e](../f.svg) [g](https://h) [i](#j)"]],
    ["cell-1", "code", ["let k = 1;\n", "\n", "k++;"]],
    ["cell-2", "markdown", ["```ts ignore\n", "l();\n", "```\n", "\n", "```sh\n", "m\n", "```"]],
    ["cell-3", "code", ["n();"]],
  ]);
});

Deno.test("each chapter is a notebook in each language, and its links lead somewhere", () => {
  const all = notebooks();
  const names = [...all.keys()];
  assert(names.length >= 20);
  let links = 0;
  for (const [path, { cells }] of all) {
    const text = cells.filter(({ cell_type }) => cell_type === "markdown").flatMap(({ source }) => source);
    for (const [, target] of text.join("\n").matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^([a-z]+:|#)/.test(target!)) continue;
      const url = new URL(target!.split("#")[0]!, new URL(`docs/notebooks/${path}`, ROOT));
      const notebook = url.href.split("/docs/notebooks/")[1];
      assert(notebook === undefined ? Deno.statSync(url).isFile : all.has(notebook), `${path}: ${target}`);
      links++;
    }
  }
  assert(links > 50);
});

Deno.test("writeNotebooks() keeps what somebody changed", () =>
  inFolder((folder) => {
    const url = new URL(`file://${folder}/`);
    const { count, kept } = writeNotebooks(url);
    assertEquals([count, kept], [notebooks().size, []]);
    const mine = new URL("ko/04_dqn.ipynb", url);
    Deno.writeTextFileSync(mine, "{}");
    assertEquals(writeNotebooks(url), { count, kept: ["ko/04_dqn.ipynb"] });
    assertEquals(Deno.readTextFileSync(mine), "{}");
    return Promise.resolve();
  }));

Deno.test("deno task notebooks refuses arguments", () => {
  for (
    const [args, message] of [
      [["ko"], "every argument must be a flag, got ko"],
      [["--language", "ko"], "unknown flag --language"],
    ] as const
  ) {
    const script = fromFileUrl(new URL(".ci/notebooks.ts", ROOT));
    const { code, stderr } = new Deno.Command(Deno.execPath(), { args: ["run", script, ...args] })
      .outputSync();
    assertEquals(code, 2);
    assertStringIncludes(new TextDecoder().decode(stderr), message);
  }
});
