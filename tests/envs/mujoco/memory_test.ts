import { assert, assertEquals } from "@std/assert";

/** Half a megabyte each: a gigabyte if none were given back. */
const ENVS = 2_000;

Deno.test("forgotten environments give the engine's memory back, and steps leave nothing on the heap", async () => {
  const probe = new URL("_memory_probe.ts", import.meta.url).href;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-read", "--v8-flags=--expose-gc", probe, String(ENVS)],
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  const { held, perStep } = JSON.parse(new TextDecoder().decode(stdout));
  assert(held < 150_000_000, `the engine holds ${held} bytes`);
  assert(perStep < 4, `${perStep} bytes per step`);
});
