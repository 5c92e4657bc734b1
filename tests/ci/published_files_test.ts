import { assertEquals } from "@std/assert";
import { filesNeededBy, problemsOf, SIZE_LIMIT, TEXTS } from "../../.ci/_published_files.ts";

const SOURCES: Readonly<Record<string, string>> = {
  "mod.ts": 'export * from "./nn/mod.ts";\nimport config from "./deno.json" with { type: "json" };',
  "nn/mod.ts": 'export { a } from "./a.ts";',
  "nn/a.ts":
    'const job = new URL("_job.ts", import.meta.url);\nexport const later = () => import("../later.ts");',
  "nn/_job.ts": 'import "jsr:@std/assert";',
  "later.ts": "",
};

Deno.test("filesNeededBy() follows imports, dynamic ones, and the addresses of jobs", () => {
  const needed = filesNeededBy(["mod.ts"], (path) => SOURCES[path]!);
  assertEquals([...needed].sort(), [
    "deno.json",
    "later.ts",
    "mod.ts",
    "nn/_job.ts",
    "nn/a.ts",
    "nn/mod.ts",
  ]);
});

Deno.test("problemsOf() names unneeded files, missing files, and a package that is too large", () => {
  const good = ["mod.ts", ...TEXTS].map((path): [string, number] => [path, 10]);
  const needed = new Set(["mod.ts"]);
  assertEquals(problemsOf(new Map(good), needed), []);
  for (const path of ["tests/a_test.ts", "links/cli/mod.ts", "nn/a_bench.ts", "web/dist/main.js"]) {
    assertEquals(problemsOf(new Map([...good, [path, 10]]), needed), [`nothing needs ${path}`]);
  }
  assertEquals(problemsOf(new Map(good.slice(1)), needed), ["mod.ts is missing"]);
  const heavy = new Map([...good, ["mod.ts", SIZE_LIMIT] as const]);
  assertEquals(problemsOf(heavy, needed), [
    `${SIZE_LIMIT + 10 * TEXTS.length} bytes are over the limit of ${SIZE_LIMIT}`,
  ]);
});
