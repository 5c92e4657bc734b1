import { assertEquals, assertThrows } from "@std/assert";
import { jsonObject } from "../../../scripts/values/json_object.ts";

const object = jsonObject(
  JSON.parse(
    '{"steps": 3, "env": "Taxi-v4", "returns": [1, -2.5], "none": null, "evaluation": {"mean": "high"}}',
  ),
  "the summary",
);

Deno.test("fields of a JSON object are read by their types", () => {
  assertEquals([object.number("steps"), object.text("env"), object.numbers("returns")], [3, "Taxi-v4", [
    1,
    -2.5,
  ]]);
  assertEquals(object.list("returns", (value) => typeof value), ["number", "number"]);
  assertEquals([object.value("none"), object.value("absent"), object.value("toString")], [
    null,
    undefined,
    undefined,
  ]);
  assertEquals(object.optional("none", (fields) => fields.number("none")), null);
  assertEquals(object.optional("steps", (fields) => fields.number("steps")), 3);
});

Deno.test("a field of another type is refused by its name", () => {
  for (
    const [read, message] of [
      [() => object.number("env"), 'env must be a number, got "Taxi-v4"'],
      [() => object.number("toString"), "toString must be a number, got undefined"],
      [() => object.text("steps"), "steps must be text, got 3"],
      [() => object.list("none", String), "none must be a list, got null"],
      [() => object.numbers("evaluation"), "evaluation must be a list of numbers, got a Object"],
      [() => jsonObject(7, "the summary"), "it must be a JSON object, got 7"],
      [() => jsonObject({ x: NaN }, "the summary").number("x"), "x must be a number, got null"],
    ] as const
  ) assertThrows(read, TypeError, `Cannot read the summary: ${message}`);
  for (
    const [read, message] of [
      [() => object.object("returns"), "returns of the summary: it must be a JSON object, got an array"],
      [
        () => object.object("evaluation").number("mean"),
        'evaluation of the summary: mean must be a number, got "high"',
      ],
    ] as const
  ) assertThrows(read, TypeError, `Cannot read ${message}`);
});

Deno.test("an error is short, whatever the object calls itself", () => {
  const odd = jsonObject(
    JSON.parse('{"x": {"constructor": {"name": "Error"}}, "y": {"constructor": 1}}'),
    "it",
  );
  for (const name of ["x", "y"]) {
    assertThrows(() => odd.number(name), TypeError, `Cannot read it: ${name} must be a number, got a Object`);
  }
  const long = jsonObject({ text: "a".repeat(1_000) }, "it");
  const { message } = assertThrows(() => long.number("text"), TypeError);
  assertEquals(message.length < 100, true);
});
