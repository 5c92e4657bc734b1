import { assertEquals } from "@std/assert";
import { HAS_BROWSER, HAS_NODE, inChromium, inNode } from "./_engines.ts";
import { GOLDEN_FILE } from "./golden_runs.ts";

const golden = JSON.parse(Deno.readTextFileSync(GOLDEN_FILE));

const MODULE = new URL("golden_runs.ts", import.meta.url);

/** JavaScript that makes every golden run with both kernels; the value is their fingerprints by kernel and name. */
const FINGERPRINTS = `(async () => {
  const { fingerprint, GOLDEN_RUNS } = await import("./golden_runs.js");
  const all = {};
  for (const kernel of ["simd", "reference"]) {
    all[kernel] = {};
    for (const [name, settings] of Object.entries(GOLDEN_RUNS)) {
      all[kernel][name] = await fingerprint({ ...settings, kernel });
    }
  }
  return all;
})()`;

Deno.test(
  "the golden runs have the same bits in Node, with either kernels",
  { ignore: !HAS_NODE },
  async () => {
    const runs = await inNode(MODULE, `console.log(JSON.stringify(await ${FINGERPRINTS}));`);
    assertEquals(runs, { simd: golden, reference: golden });
  },
);

Deno.test("the golden runs have the same bits in Chromium, with either kernels", {
  ignore: !HAS_BROWSER,
}, async () => {
  assertEquals(await inChromium(MODULE, FINGERPRINTS), { simd: golden, reference: golden });
});
