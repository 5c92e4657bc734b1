import { assert, assertEquals } from "@std/assert";

/** Less than three bytes per step: less than anything kept once per step would take. */
const BOUND = 256 * 1024;

Deno.test("100,000 steps of training leave nothing on the heap", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--v8-flags=--expose-gc", new URL("_heap_probe.ts", import.meta.url).href],
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  const grown = Number(new TextDecoder().decode(stdout));
  assert(Number.isInteger(grown) && grown < BOUND, `the heap grew by ${grown} bytes`);
});
