import { assert, assertEquals, assertThrows } from "@std/assert";
import { withoutCodeFromText } from "../../web/mujoco_module.ts";
import { createInvoker, createMethodCaller } from "../../web/mujoco_invokers.ts";

const SOURCE = Deno.readTextFileSync(new URL(import.meta.resolve("@mujoco/mujoco")));

Deno.test("the package's module builds code from text in two places, which closures replace", () => {
  assertEquals(SOURCE.match(/\bnew Function\b/g)?.length, 2);
  const module = withoutCodeFromText(SOURCE, "./invokers.js");
  assert(module.startsWith('import { createInvoker, createMethodCaller } from "./invokers.js";\n'));
  assertEquals(module.match(/\bnew Function\b|\beval\(/g), null);
});

Deno.test("a module that is not the one it is written for is refused", () => {
  for (const source of ["", SOURCE + SOURCE, SOURCE.replace("(...closureArgs)", "(closureArgs)")]) {
    assertThrows(() => withoutCodeFromText(source, "./invokers.js"), Error, "mujoco.js must have");
  }
  const more = `${SOURCE}\nnew Function("return 1");`;
  assertThrows(() => withoutCodeFromText(more, "./invokers.js"), Error, "must build no other code from text");
});

/** A type whose values are passed in brackets; what was made for a call is written down when it is given back. */
function type(name: string, log: string[], keepsList: boolean) {
  return {
    toWireType: (list: unknown[] | null, value: unknown) => {
      list?.push(name);
      return `${name}(${value})`;
    },
    fromWireType: (value: unknown) => `from ${value}`,
    destructorFunction: keepsList ? undefined : (value: unknown) => log.push(`free ${value}`),
    readValueFromPointer: (pointer: number) => `${name} at ${pointer}`,
    argPackAdvance: 8,
  };
}

Deno.test("an invoker passes this and the arguments, frees the values it made, and returns the result", () => {
  for (const keepsList of [false, true]) {
    for (const isMethod of [false, true]) {
      const log: string[] = [];
      const counts: number[] = [];
      const invoker = createInvoker({
        types: [type("result", log, false), type("self", log, keepsList), type("a", log, keepsList)],
        isMethod,
        returns: true,
        keepsList,
        invoke: (...values) => values.join(" "),
        target: 7,
        checkCount: (count) => counts.push(count),
        release: (list) => log.push(`release ${list}`),
      });
      const self = isMethod ? "self(me) " : "";
      assertEquals(invoker.call("me", "x"), `from 7 ${self}a(x)`);
      assertEquals(counts, [1]);
      const made = [...(isMethod ? ["self"] : []), "a"];
      assertEquals(
        log,
        keepsList ? [`release ${made}`] : made.map((name) => `free ${name}(${name === "a" ? "x" : "me"})`),
      );
    }
  }
});

Deno.test("a method caller reads its arguments one after the other", () => {
  const log: unknown[] = [];
  const types = [type("a", [], false), type("b", [], false)];
  const caller = (isConstructor: boolean, passesObject: boolean) =>
    createMethodCaller(
      types,
      type("result", [], false),
      isConstructor,
      passesObject,
      (_, list, value) => [list, value],
    );
  function method(this: unknown, ...args: unknown[]): unknown {
    log.push(this, ...args);
    return "done";
  }
  assertEquals(caller(false, true)("object", method, "list", 16), ["list", "done"]);
  assertEquals(log.splice(0), ["object", "a at 16", "b at 24"]);
  assertEquals(caller(false, false)(undefined, method, "list", 16), ["list", "done"]);
  assertEquals(log.splice(0), ["a at 16", "b at 24"]);
  class Made {
    constructor(...args: unknown[]) {
      log.push(...args);
    }
  }
  const made = caller(true, false)(undefined, Made, "list", 0);
  assert(Array.isArray(made) && made[1] instanceof Made);
  assertEquals(log, ["a at 0", "b at 8"]);
  assertThrows(() => caller(false, true)("object", 3, "list", 0), TypeError, "method must be a function");
});
