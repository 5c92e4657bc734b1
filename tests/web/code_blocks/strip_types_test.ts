import { assertEquals, assertStringIncludes } from "@std/assert";
import { stripTypes } from "../../../web/code_blocks/strip_types.ts";

Deno.test("stripTypes() keeps every line at its place, and imports by require", () => {
  const program = [
    'import { makeEnv } from "@bellman/dqn";',
    'import type { Env } from "@bellman/dqn";',
    "interface Point {",
    "  x: number;",
    "}",
    "const p = { x: 1 } satisfies Point as Point;",
    'await Promise.resolve(makeEnv<Env>("a")!);',
    "throw p;",
  ];
  const { code = "", failure } = stripTypes(program.join("\n"));
  assertEquals(failure, undefined);
  const lines = code.split("\n");
  assertEquals(lines.length, program.length);
  assertStringIncludes(lines[0]!, "require('@bellman/dqn')");
  assertEquals(lines[7], "throw p;");
  assertEquals(code.includes("interface"), false);
});

Deno.test("stripTypes() gives the reason and the line where a program does not parse", () => {
  assertEquals(stripTypes("let a = 1;\nlet b: = 2;").failure, {
    reason: "SyntaxError: Unexpected token",
    line: 2,
  });
  assertEquals(stripTypes('const s = "open').failure?.line, 1);
});
