import { assertEquals, assertThrows } from "@std/assert";
import { releaseConfig } from "../../.ci/_release.ts";

const config = '{ "version": "1.2.3", "links": ["./links/cli"], "imports": {} }';
const changelog = "# Changelog\n\n## 1.2.3 (2026-01-31)\n\n- All of it.\n";

Deno.test("releaseConfig() takes the links out", () => {
  const expected = { version: "1.2.3", imports: {} };
  assertEquals(JSON.parse(releaseConfig({ config, changelog }, "v1.2.3")), expected);
  assertEquals(JSON.parse(releaseConfig({ config, changelog: "" })), expected);
});

Deno.test("releaseConfig() lets tasks load from JSR instead of the links", () => {
  const tasks = { train: "deno run --no-remote --allow-read train.ts", test: "deno test" };
  const released = releaseConfig(
    { config: JSON.stringify({ version: "1.2.3", tasks }), changelog },
    "v1.2.3",
  );
  assertEquals(JSON.parse(released).tasks, { train: "deno run --allow-read train.ts", test: "deno test" });
});

Deno.test("releaseConfig() refuses another tag, and a version whose section has no date", () => {
  assertThrows(() => releaseConfig({ config, changelog }, "v1.2.4"), Error, "must be v1.2.3, got v1.2.4");
  for (const bad of ["", "## 1.2.3 (unreleased)", "## 1x2x3 (2026-01-31)", "## 1.2.3 (2026-01-31), almost"]) {
    assertThrows(() => releaseConfig({ config, changelog: bad }, "v1.2.3"), Error, "CHANGELOG.md");
  }
});
