import { assertEquals } from "@std/assert";
import { jsonCopy } from "../../../scripts/values/json_copy.ts";

Deno.test("JSON values are copied, and survive a round trip", () => {
  const value = JSON.parse(
    '{"a": [1, -0, {"b": null}], "c": "-0", "d": true, "e": -0, "f": 1e308, "__proto__": 1}',
  );
  const copy = jsonCopy(value);
  assertEquals(JSON.parse(JSON.stringify(copy)), copy);
  assertEquals(JSON.stringify(copy), JSON.stringify(value));
});

Deno.test("values that JSON cannot carry are refused at any depth", () => {
  for (const text of ["1e400", "-1e400", "[1e309]", '{"a": {"b": [0, {"c": 1e999}]}}']) {
    assertEquals(jsonCopy(JSON.parse(text)), undefined, text);
  }
  assertEquals(jsonCopy(NaN), undefined);
});
