import { assertEquals } from "@std/assert";
import { GOLDEN_ONNX_FILE, onnxHashes } from "./golden_onnx.ts";

Deno.test("ONNX files stay as they were in every byte", () => {
  assertEquals(onnxHashes(), JSON.parse(Deno.readTextFileSync(GOLDEN_ONNX_FILE)));
});
