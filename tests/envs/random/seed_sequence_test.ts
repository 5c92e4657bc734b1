import { assertEquals, assertThrows } from "@std/assert";
import { SeedSequence } from "../../../envs/mod.ts";
import { STREAMS } from "../_streams.ts";

Deno.test("SeedSequence has NumPy's pool and words", () => {
  for (const stream of STREAMS) {
    const sequence = new SeedSequence(BigInt(stream.seed));
    assertEquals([...sequence.pool], stream.seedseq_pool);
    const words = sequence.generateState(8);
    assertEquals([...words], stream.seedseq_generate_state_8_uint32);
    const pairs = new BigUint64Array(words.buffer);
    assertEquals(Array.from(pairs, String), stream.seedseq_generate_state_4_uint64);
  }
});

Deno.test("SeedSequence takes a number as it takes a bigint", () => {
  for (const seed of [0, 42, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    assertEquals(new SeedSequence(seed).pool, new SeedSequence(BigInt(seed)).pool);
  }
});

Deno.test("SeedSequence refuses invalid seeds", () => {
  for (
    const [seed, text] of [[-1, "-1"], [1.5, "1.5"], [NaN, "NaN"], [2 ** 53, "9007199254740992"], [
      -1n,
      "-1n",
    ]] as const
  ) {
    assertThrows(
      () => new SeedSequence(seed),
      RangeError,
      `Cannot seed a stream: seed must be a whole number from 0 to 2^53 - 1 or a bigint from 0, got ${text}`,
    );
  }
  for (const seed of ["1", null, undefined, [1]]) {
    assertThrows(
      () => Reflect.construct(SeedSequence, [seed]),
      TypeError,
      "Cannot seed a stream: seed must be",
    );
  }
  assertThrows(
    () => new SeedSequence(0).generateState(-1),
    RangeError,
    "length must be a whole number from 0, got -1",
  );
});
