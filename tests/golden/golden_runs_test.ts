import { assertEquals } from "@std/assert";
import { fingerprint, GOLDEN_FILE, GOLDEN_RUNS } from "./golden_runs.ts";

const golden = JSON.parse(Deno.readTextFileSync(GOLDEN_FILE));

for (const [name, settings] of Object.entries(GOLDEN_RUNS)) {
  for (const kernel of ["reference", "simd"] as const) {
    Deno.test(`the golden run stays as it was in every bit: ${name}, ${kernel} kernels`, async () => {
      assertEquals(await fingerprint({ ...settings, kernel }), golden[name]);
    });
  }
}

Deno.test("every golden run is pinned, and no other", () => {
  assertEquals(Object.keys(golden), Object.keys(GOLDEN_RUNS));
});
