import { assertEquals } from "@std/assert";
import { ProtobufWriter } from "../../../nn/onnx/protobuf_writer.ts";

Deno.test("fields are laid out as the specification's examples", () => {
  // protobuf.dev/programming-guides/encoding: Test1 { a: 150 }, Test2 { b: "testing" }, Test3 { c: Test1 { a: 150 } }
  const test1 = new ProtobufWriter().integer(1, 150);
  assertEquals([...test1.finish()], [0x08, 0x96, 0x01]);
  const testing = [0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67];
  assertEquals([...new ProtobufWriter().text(2, "testing").finish()], [0x12, 0x07, ...testing]);
  assertEquals([...new ProtobufWriter().bytes(2, Uint8Array.from(testing)).finish()], [0x12, 7, ...testing]);
  assertEquals([...new ProtobufWriter().message(3, test1).finish()], [0x1a, 0x03, 0x08, 0x96, 0x01]);
});

Deno.test("floats are eight or four bytes, the lowest first", () => {
  assertEquals([...new ProtobufWriter().double(1, -2).finish()], [0x09, 0, 0, 0, 0, 0, 0, 0, 0xc0]);
  assertEquals([...new ProtobufWriter().float(2, 1.5).finish()], [0x15, 0, 0, 0xc0, 0x3f]);
  assertEquals([...new ProtobufWriter().float(2, 0.1).finish()], [0x15, 0xcd, 0xcc, 0xcc, 0x3d]);
});

Deno.test("whole numbers up to 2⁵³ − 1 and fields beyond 15 take as many bytes as they need", () => {
  assertEquals([...new ProtobufWriter().integer(16, 0).finish()], [0x80, 0x01, 0]);
  const most = new ProtobufWriter().integer(1, Number.MAX_SAFE_INTEGER).finish();
  assertEquals([...most], [0x08, ...new Array(7).fill(0xff), 0x0f]);
});
