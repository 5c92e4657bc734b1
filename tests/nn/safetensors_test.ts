import { assertEquals, assertThrows } from "@std/assert";
import { randomSeeded } from "@std/random";
import { decodeSafetensors, encodeSafetensors, float32Tensors } from "../../nn/mod.ts";

const CONTENT = {
  tensors: [
    { name: "layers.0.weight", shape: [2, 3], data: new Float32Array([1, -0, 3e-45, 4, 5, 6]) },
    { name: "layers.0.bias", shape: [3], data: new Float32Array([-1, 0.5, 3.4e38]) },
    { name: "scalar", shape: [], data: new Float32Array([7]) },
  ],
  metadata: { env: "CartPole-v1", note: "ε, “quoted”" },
};

/** The texts that are parsed as JSON while something is done. */
function parsedBy(action: () => void): string[] {
  const { parse } = JSON;
  const texts: string[] = [];
  JSON.parse = (text: string) => {
    texts.push(text);
    return parse(text);
  };
  try {
    action();
  } finally {
    JSON.parse = parse;
  }
  return texts;
}

Deno.test("a header that is too long, too deep or has too many tensors is refused before it costs anything", () => {
  for (
    const [header, message] of [
      ["[".repeat(10_000_001), "the header must have at most 10000000 bytes, got 10000001"],
      ["[".repeat(9_000_000), "the header must be a JSON object"],
      ['{"a":{"dtype":"F32","shape":[[]],"data_offsets":[0,4]}}', "the header must be a JSON object"],
    ] as const
  ) {
    const parsed = parsedBy(() =>
      assertThrows(() => decodeSafetensors(fileOf(header)), SyntaxError, message)
    );
    assertEquals(parsed, []);
  }
  const tensors = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `${i}`, shape: [0], data: new Uint8Array(0) }));
  const many = tensors(65_536);
  assertEquals(decodeSafetensors(encodeSafetensors({ tensors: many, metadata: {} })).tensors.length, 65_536);
  const entries = tensors(65_537).map((
    { name },
  ) => [name, { dtype: "U8", shape: [0], data_offsets: [0, 0] }]);
  assertThrows(
    () => decodeSafetensors(fileOf(JSON.stringify(Object.fromEntries(entries)))),
    SyntaxError,
    "there must be at most 65536 tensors, got 65537",
  );
  // Nothing is written that would not be read.
  const more = tensors(65_537);
  assertThrows(() => encodeSafetensors({ tensors: more, metadata: {} }), RangeError, "at most 65536 tensors");
  const metadata = { text: "x".repeat(1e7) };
  assertThrows(
    () => encodeSafetensors({ tensors: [], metadata }),
    RangeError,
    "10000000 bytes of header, got 0 and",
  );
});

/** A file with any header. */
function fileOf(header: string, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(body, 8 + json.length);
  return bytes;
}

Deno.test("content survives a round trip, bit for bit", () => {
  const bytes = encodeSafetensors(CONTENT);
  assertEquals(decodeSafetensors(bytes), CONTENT);
  assertEquals(Object.is(decodeSafetensors(bytes).tensors[0]!.data[1], -0), true);
  assertEquals(encodeSafetensors(decodeSafetensors(bytes)), bytes);
});

Deno.test("the bytes are laid out as the format says", () => {
  const bytes = encodeSafetensors({
    tensors: [{ name: "a", shape: [1], data: new Float32Array([1]) }],
    metadata: {},
  });
  const view = new DataView(bytes.buffer);
  const headerSize = Number(view.getBigUint64(0, true));
  assertEquals(headerSize % 8, 0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerSize)));
  assertEquals(header, { __metadata__: {}, a: { dtype: "F32", shape: [1], data_offsets: [0, 4] } });
  assertEquals([...bytes.subarray(8 + headerSize)], [0, 0, 0x80, 0x3f]);
});

Deno.test("files that lie are refused before anything is allocated", () => {
  const bad: [Uint8Array, string][] = [
    [new Uint8Array(3), "at least 8 bytes, got 3"],
    [
      new Uint8Array([255, 255, 255, 255, 255, 255, 255, 127]),
      "the header must fit into the file of 8 bytes",
    ],
    [fileOf("[]"), "the header must be a JSON object"],
    [fileOf("{"), "the header must be a JSON object"],
    [
      fileOf('{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}', new Uint8Array(2)),
      "tensor a must have dtype F32, F64, I8, U8, I16, U16, I32, U32, got BF16",
    ],
    [fileOf('{"a":{"dtype":"toString","shape":[0],"data_offsets":[0,0]}}'), "got toString"],
    [
      fileOf('{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,4]}}', new Uint8Array(4)),
      "tensor a must lie in bytes 0 to 8 of 4, got 0 to 4",
    ],
    [
      fileOf('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}', new Uint8Array(1)),
      "tensor a must lie in",
    ],
    [
      fileOf('{"a":{"dtype":"U8","shape":[0,1e15,1e15],"data_offsets":[0,1]}}', new Uint8Array(1)),
      "tensor a must lie in",
    ],
    [
      fileOf('{"a":{"dtype":"F32","shape":[1e15],"data_offsets":[0,4]}}', new Uint8Array(4)),
      "tensor a must lie in",
    ],
    [
      fileOf('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', new Uint8Array(4)),
      "tensor a must lie in",
    ],
    [
      fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', new Uint8Array(8)),
      "tensor a must lie in",
    ],
    [
      fileOf('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', new Uint8Array(4)),
      "whole numbers from 0",
    ],
    [
      fileOf('{"a":{"dtype":"F32","shape":"x","data_offsets":[0,4]}}', new Uint8Array(4)),
      "whole numbers from 0",
    ],
    [
      fileOf('{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}', new Uint8Array(4)),
      "whole numbers from 0",
    ],
    [fileOf('{"a":{"dtype":"F32"}}'), "whole numbers from 0"],
    [fileOf('{"a":null}'), "tensor a must have dtype"],
    [
      fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', new Uint8Array(8)),
      "must fill the 8 bytes",
    ],
    [fileOf('{"__metadata__":{"a":1}}'), "object of texts, got a: 1"],
    [fileOf('{"__metadata__":[]}'), "object of texts"],
  ];
  for (const [bytes, message] of bad) assertThrows(() => decodeSafetensors(bytes), SyntaxError, message);
});

Deno.test("damaged files give the documented error or other content, never anything else", () => {
  const random = randomSeeded(9n);
  const original = encodeSafetensors(CONTENT);
  for (let round = 0; round < 2_000; round++) {
    const bytes = original.slice(
      0,
      random() < 0.3 ? Math.floor(random() * original.length) : original.length,
    );
    for (let i = 0; i < 3; i++) {
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    }
    try {
      decodeSafetensors(bytes);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
});

Deno.test("content that makes no file is refused", () => {
  const tensor = (name: string, shape: number[], length: number) => ({
    name,
    shape,
    data: new Float32Array(length),
  });
  const encode = (...tensors: ReturnType<typeof tensor>[]) => () =>
    encodeSafetensors({ tensors, metadata: {} });
  assertThrows(
    encode(tensor("a", [2, 2], 3)),
    TypeError,
    "tensor a of shape (2, 2) must have 4 elements, got 3",
  );
  assertThrows(encode(tensor("a", [1], 1), tensor("a", [1], 1)), TypeError, "must differ, got a twice");
  assertThrows(encode(tensor("__metadata__", [1], 1)), TypeError, "must differ, got __metadata__ twice");
});

Deno.test("every type of element survives a round trip, wherever the file begins in memory", () => {
  const tensors = [
    new Uint8Array([0, 255, 7]), // which leaves what follows at odd bytes
    new Float64Array([Math.PI, -0, NaN, -Infinity]),
    new Int32Array([-(2 ** 31), 2 ** 31 - 1]),
    new Uint32Array([2 ** 32 - 1]),
    new Int16Array([-(2 ** 15), 1]),
    new Uint16Array([2 ** 16 - 1]),
    new Int8Array([-128, 127]),
    new Float32Array([3e-45]),
    new Float32Array(0),
    new Uint8Array(0),
  ].map((data, i) => ({ name: `tensor.${i}`, shape: [data.length], data }));
  const content = { tensors, metadata: { "__proto__.x": "1" } };
  const bytes = encodeSafetensors(content);
  assertEquals(decodeSafetensors(bytes), content);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  assertEquals(decodeSafetensors(shifted.subarray(3)), content);
});

Deno.test("a view of a longer array is written as the view", () => {
  const data = new Float64Array([1, 2, 3]).subarray(1, 2);
  const { tensors } = decodeSafetensors(
    encodeSafetensors({ tensors: [{ name: "a", shape: [1], data }], metadata: {} }),
  );
  assertEquals(tensors[0]!.data, new Float64Array([2]));
});

Deno.test("a network's file must be of float32 alone", () => {
  assertEquals(float32Tensors(CONTENT), CONTENT.tensors);
  const tensors = [...CONTENT.tensors, { name: "odd", shape: [1], data: new Float64Array(1) }];
  assertThrows(
    () => float32Tensors({ tensors, metadata: {} }),
    SyntaxError,
    "tensor odd must have dtype F32, got F64",
  );
});

Deno.test("the order of the header does not matter, the order of the bytes does", () => {
  const content = {
    tensors: [
      { name: "b", shape: [1], data: new Float32Array([1]) },
      { name: "1", shape: [1], data: new Float32Array([2]) }, // which JSON puts first
    ],
    metadata: {},
  };
  assertEquals(decodeSafetensors(encodeSafetensors(content)), content);
});

Deno.test("a file whose length an engine wraps at 32 bits is read all the same", () => {
  const bytes = encodeSafetensors(CONTENT);
  // As V8's optimised code sees it from 2 GiB on.
  Object.defineProperty(bytes, "length", { value: bytes.length - 2 ** 32 });
  assertEquals(decodeSafetensors(bytes), CONTENT);
});
