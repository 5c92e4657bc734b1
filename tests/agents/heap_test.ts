import { assert, assertEquals } from "@std/assert";

/**
 * Half of the least that can be kept once per step, a pointer. Compiling goes on for some 140 kB after the warm-up, however many
 * steps there are.
 */
const BYTES_PER_STEP = 4;

for (
  const [agent, steps] of [["double-dqn", 100_000], ["rainbow", 50_000], ["munchausen-qr", 50_000], [
    "pqn",
    100_000,
  ], ["convolution", 30_000]] as const
) {
  Deno.test(`${steps} steps of training a ${agent} leave nothing on the heap`, async () => {
    const probe = new URL("_heap_probe.ts", import.meta.url).href;
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--v8-flags=--expose-gc", probe, agent, String(steps)],
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const grown = Number(new TextDecoder().decode(stdout));
    assert(Number.isInteger(grown) && grown < BYTES_PER_STEP * steps, `the heap grew by ${grown} bytes`);
  });
}
