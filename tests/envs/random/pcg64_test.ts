import { assertEquals, assertThrows } from "@std/assert";
import { Pcg64 } from "../../../envs/mod.ts";
import { numbers, STREAMS } from "../_streams.ts";

Deno.test("Pcg64 has NumPy's state and draws", () => {
  for (const stream of STREAMS) {
    const bits = new Pcg64(BigInt(stream.seed));
    const { state, increment, buffered } = bits.snapshot();
    assertEquals(BigInt(`0x${state}`), BigInt(stream.pcg64_state));
    assertEquals(BigInt(`0x${increment}`), BigInt(stream.pcg64_inc));
    assertEquals(buffered, null);
    for (const raw of stream.random_raw_20) assertEquals(bits.nextBigUint64(), BigInt(raw));
    assertEquals(BigInt(`0x${bits.snapshot().state}`), BigInt(stream.pcg64_state_after_20));
  }
});

Deno.test("Pcg64 gives the same bits in every form", () => {
  for (const stream of STREAMS) {
    const seed = BigInt(stream.seed);
    const [big, words, halves] = [new Pcg64(seed), new Pcg64(seed), new Pcg64(seed)];
    const out = new Uint32Array(2);
    for (let i = 0; i < 1000; i++) {
      const draw = big.nextBigUint64();
      words.nextUint64(out);
      assertEquals(BigInt(out[1]!) << 32n | BigInt(out[0]!), draw);
      assertEquals(BigInt(halves.nextUint32()) | BigInt(halves.nextUint32()) << 32n, draw);
    }
    const doubles = new Pcg64(seed);
    for (const value of numbers(stream, "random_20")) assertEquals(doubles.nextDouble(), value);
  }
});

Deno.test("Pcg64 follows the recurrence over many steps", () => {
  const bits = new Pcg64(7);
  const { state, increment } = bits.snapshot();
  let wide = BigInt(`0x${state}`);
  for (let i = 0; i < 20_000; i++) {
    wide = BigInt.asUintN(128, wide * 0x2360ed051fc65da44385df649fccf645n + BigInt(`0x${increment}`));
    const folded = BigInt.asUintN(64, wide ^ (wide >> 64n));
    const by = wide >> 122n;
    assertEquals(bits.nextBigUint64(), BigInt.asUintN(64, folded >> by | folded << (64n - by)));
  }
});

Deno.test("Pcg64 keeps half a draw through doubles and snapshots", () => {
  const bits = new Pcg64(5);
  const other = new Pcg64(5);
  const first = bits.nextBigUint64();
  assertEquals(BigInt(other.nextUint32()), first & 0xffffffffn);
  assertEquals(other.nextDouble(), bits.nextDouble());
  const restored = Pcg64.from(JSON.parse(JSON.stringify(other.snapshot())));
  assertEquals(BigInt(restored.nextUint32()), first >> 32n);
  assertEquals(restored.nextBigUint64(), bits.nextBigUint64());
});

Deno.test("Pcg64.from() refuses invalid snapshots", () => {
  const good = new Pcg64(1).snapshot();
  const from = (snapshot: unknown) => Reflect.apply(Pcg64.from, Pcg64, [snapshot]);
  for (const snapshot of [null, undefined, 1, "x"]) {
    assertThrows(() => from(snapshot), TypeError, "Cannot restore a stream: snapshot must be an object");
  }
  for (const state of [1, "12", `${good.state}0`, good.state.replace(/^./, "g")]) {
    assertThrows(() => from({ ...good, state }), TypeError, "state must be 32 hexadecimal digits");
  }
  for (const increment of [undefined, "", "0".repeat(32)]) {
    assertThrows(
      () => from({ ...good, increment }),
      TypeError,
      "increment must be 32 hexadecimal digits of an odd",
    );
  }
  for (const buffered of [undefined, -1, 0.5, 2 ** 32, "1"]) {
    assertThrows(
      () => from({ ...good, buffered }),
      TypeError,
      "buffered must be null or a whole number below 2^32",
    );
  }
});
