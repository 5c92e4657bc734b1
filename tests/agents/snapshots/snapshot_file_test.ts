import { assertEquals, assertThrows } from "@std/assert";
import { decodeSnapshot, encodeSnapshot, SnapshotReader } from "../../../agents/mod.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../nn/mod.ts";

Deno.test("a snapshot survives being a file, in every bit", () => {
  const snapshot = {
    numbers: [0, -0, NaN, Infinity, -Infinity, 5e-324, 2 ** 53, 0.1],
    nothing: null,
    truth: [true, false],
    text: 'ε “"\\',
    deep: { a: [{ b: new Float64Array([NaN, -0]) }, new Uint8Array(0)] },
    ["__proto__"]: 1,
    empty: {},
    none: [],
  };
  const bytes = encodeSnapshot(snapshot, { note: "hello" });
  assertEquals(decodeSnapshot(bytes), {
    snapshot,
    metadata: { note: "hello", snapshot: decodeSafetensors(bytes).metadata["snapshot"]! },
  });
  assertEquals(encodeSnapshot(snapshot, { note: "hello" }), bytes);
  assertEquals(decodeSafetensors(bytes).tensors.map(({ name }) => name), ["deep.a.0.b", "deep.a.1"]);
  assertEquals(decodeSnapshot(encodeSnapshot({ a: undefined, b: 1 })).snapshot, { b: 1 });
});

Deno.test("only snapshots are written", () => {
  let deep: object = {};
  for (let i = 0; i < 40; i++) deep = { deep };
  for (
    const [value, message] of [
      [{ a: { b: () => 1 } }, "Cannot write a snapshot: a.b must be a snapshot's value, got a function"],
      [{ a: new Map([["b", 1]]) }, "a must be a snapshot's value, got a Map"],
      [{ a: new Date(0) }, "a must be a snapshot's value, got a Date"],
      [{ a: new BigInt64Array(2) }, "a must be a snapshot's value, got a BigInt64Array"],
      [{ a: 1n }, "a must be a snapshot's value, got a bigint"],
      [{ a: [undefined] }, "a.0 must be a snapshot's value, got a undefined"],
      [{ a: { $tensor: "x" } }, "a must have names that do not begin with $, got $tensor"],
      [deep, "must be at most 32 deep"],
    ] as const
  ) assertThrows(() => encodeSnapshot(value), TypeError, message);
});

Deno.test("files without a snapshot are refused", () => {
  const fileOf = (snapshot: string) => encodeSafetensors({ tensors: [], metadata: { snapshot } });
  for (
    const [bytes, message] of [
      [encodeSafetensors({ tensors: [], metadata: {} }), "its metadata must have a snapshot, got none"],
      [fileOf("{"), "the snapshot in its metadata must be JSON"],
      [fileOf('{"a":{"$tensor":"x"}}'), 'it holds no $tensor "x"'],
      [fileOf('{"a":{"$number":"1"}}'), 'it holds no $number "1"'],
      [fileOf('{"a":{"$date":1}}'), "it holds no $date 1"],
      [fileOf("[".repeat(40) + "]".repeat(40)), "must be JSON, at most 32 deep"],
      [fileOf("[".repeat(34) + "]".repeat(34)), "it must be at most 32 deep"],
      [fileOf("[".repeat(100_000) + "]".repeat(100_000)), "must be JSON, at most 32 deep"],
    ] as const
  ) assertThrows(() => decodeSnapshot(bytes), SyntaxError, message);
});

Deno.test("a reader reports the fault and its path", () => {
  const reader = new SnapshotReader({
    number: 1,
    text: "a",
    inner: { list: [1, "2"], objects: [{}, 3], nothing: null },
    vector: new Float32Array(2),
  });
  const inner = reader.object("inner");
  assertEquals([reader.has("number"), reader.has("toString"), reader.has("none")], [true, false, false]);
  for (
    const [read, message] of [
      [() => reader.boolean("number"), "number must be true or false, got 1"],
      [() => reader.number("text"), 'text must be a number, got "a"'],
      [() => reader.number("toString"), "toString must be a number, got undefined"],
      [() => reader.text("inner"), "inner must be a text, got a Object"],
      [() => inner.numbers("list"), "inner.list must be an array of numbers, got an array"],
      [() => inner.objects("objects"), "inner.objects.1 must be an object, got 3"],
      [() => inner.object("nothing"), "inner.nothing must be an object, got null"],
      [() => reader.object("vector"), "vector must be an object, got a Float32Array"],
      [() => reader.uint16("vector"), "vector must be a Uint16Array, got a Float32Array"],
      [() => reader.env("vector"), "vector must be an object, got a Float32Array"],
      [() => reader.choice("text", ["b", "c"]), 'text must be one of b, c, got "a"'],
      [() => new SnapshotReader([]), "it must be an object, got an array"],
    ] as const
  ) assertThrows(read, TypeError, `Cannot read a snapshot: ${message}`);
  assertEquals(reader.float32("vector"), new Float32Array(2));
});
