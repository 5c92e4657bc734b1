import { assert, assertEquals } from "@std/assert";

/** One byte for each of the 40,000 steps of a copy: less than the smallest object, or one array per step of all. */
const BOUND = 40_000;

for (const id of ["CartPole-v1", "MiniGrid-DoorKey-8x8-v0"]) {
  Deno.test(`5,000 steps of eight copies of ${id} allocate nothing per step`, async () => {
    const probe = new URL("_vector_env_heap_probe.ts", import.meta.url).href;
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--v8-flags=--expose-gc", probe, id],
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const grown = Number(new TextDecoder().decode(stdout));
    assert(Number.isInteger(grown) && grown < BOUND, `the heap grew by ${grown} bytes`);
  });
}
