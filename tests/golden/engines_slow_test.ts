import { assertEquals } from "@std/assert";
import { HAS_BROWSER, HAS_NODE, inChromium, inNode } from "./_engines.ts";
import { GOLDEN_FILE } from "./golden_runs.ts";

const golden = JSON.parse(Deno.readTextFileSync(GOLDEN_FILE));

const MODULE = new URL("golden_runs.ts", import.meta.url);

/** Runs that take long with the reference kernels, of which they call none, and with no loss, that no other run calls. */
const LONG = [
  "cartpole tuned",
  "cartpole, munchausen, 10-step, a step size that falls over steps of its own",
  "cartpole, pixels, stacked, convolution",
  "cartpole, pixels on black, munchausen",
];

const EXPECTED = {
  simd: golden,
  reference: Object.fromEntries(Object.entries(golden).filter(([name]) => !LONG.includes(name))),
};

/** JavaScript that makes the golden runs with both kernels; the value is their fingerprints by kernel and name. */
const FINGERPRINTS = `(async () => {
  const { fingerprint, GOLDEN_RUNS } = await import("./golden_runs.js");
  const all = { simd: {}, reference: {} };
  for (const [name, settings] of Object.entries(GOLDEN_RUNS)) {
    all.simd[name] = await fingerprint({ ...settings, kernel: "simd" });
    if (${JSON.stringify(LONG)}.includes(name)) continue;
    all.reference[name] = await fingerprint({ ...settings, kernel: "reference" });
  }
  return all;
})()`;

Deno.test(
  "the golden runs have the same bits in Node, with either kernels",
  { ignore: !HAS_NODE },
  async () => {
    const runs = await inNode(MODULE, `console.log(JSON.stringify(await ${FINGERPRINTS}));`);
    assertEquals(runs, EXPECTED);
  },
);

Deno.test("the golden runs have the same bits in Chromium, with either kernels", {
  ignore: !HAS_BROWSER,
}, async () => {
  assertEquals(await inChromium(MODULE, FINGERPRINTS), EXPECTED);
});
