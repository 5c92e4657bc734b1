import { assert, assertEquals } from "@std/assert";
import type { HeapReport } from "./_heap_probe.ts";

/** Less than the smallest object, kept once per update, would take. */
const BOUND = 256 * 1024;

Deno.test("20,000 updates leave nothing on the heap, and dropped kernels are collected", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--v8-flags=--expose-gc", new URL("_heap_probe.ts", import.meta.url).href],
    stdout: "piped",
    stderr: "piped",
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  const report: HeapReport = JSON.parse(new TextDecoder().decode(stdout));
  assert(report.grown < BOUND, `the heap grew by ${report.grown} bytes`);
  assertEquals(report.memory[0], report.memory[1]);
  assertEquals(report.collected, report.dropped);
});
