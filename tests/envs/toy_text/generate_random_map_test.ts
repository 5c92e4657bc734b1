import { assertEquals, assertThrows } from "@std/assert";
import { FrozenLake, generateRandomMap } from "../../../envs/mod.ts";
import { optimalReturn } from "./_value_iteration.ts";

/** Drawn with NumPy 2.4.6 by Gymnasium's algorithm; some only after unsolvable maps. */
const MAPS = [
  [
    { seed: 0 },
    ["SFFFHHFF", "FHHFHFFF", "HFFFFFFF", "FFHHFFFF", "FFFFFHHF", "FFFFFHFF", "FHFFHFFF", "FFFFFFFG"],
  ],
  [{ size: 4, seed: 42 }, ["SFHF", "FHFF", "FFFH", "FHFG"]],
  [
    { size: 8, p: 0.6, seed: 7 },
    ["SFHFFFHF", "HFFHHFFH", "FHFFFHFH", "HHHHFFFF", "FHHFHFFH", "FHFHHFFF", "HHHFHHHF", "HFFFFFFG"],
  ],
  [{ size: 5, p: 0.5, seed: 123 }, ["SFFFH", "FHHFH", "FHHFF", "FFHHF", "FHFHG"]],
  [{ size: 2, p: 0.3, seed: 3 }, ["SF", "HG"]],
  [{ size: 3, p: 1, seed: 1 }, ["SFF", "FFF", "FFG"]],
] as const;

Deno.test("generateRandomMap() draws Gymnasium's maps", () => {
  for (const [options, desc] of MAPS) assertEquals(generateRandomMap(options), [...desc]);
  assertEquals(generateRandomMap(), [...MAPS[0][1]]);
  assertEquals(
    generateRandomMap({ size: 12, p: 0.65, seed: 2n ** 70n + 5n }).slice(0, 2),
    ["SFFFFHFHFHHH", "FFFFHFFHFFFH"],
  );
});

Deno.test("generateRandomMap()'s maps can be crossed", () => {
  for (let seed = 0; seed < 25; seed++) {
    const desc = generateRandomMap({ size: 5, p: 0.55, seed });
    const env = new FrozenLake({ desc, isSlippery: false });
    assertEquals(optimalReturn(env), 1, desc.join("/"));
  }
});

Deno.test("generateRandomMap() refuses options that leave no path to the goal", () => {
  const draw = (options: unknown) => () => Reflect.apply(generateRandomMap, undefined, [options]);
  const start = "Cannot generate a random map: ";
  assertThrows(draw({ size: 1 }), RangeError, `${start}size must be from 2 to 1000, got 1`);
  assertThrows(draw({ size: 4.5 }), TypeError, `${start}size must be a whole number, got 4.5`);
  assertThrows(draw({ p: 0 }), RangeError, `${start}p must be above 0 and at most 1, got 0`);
  assertThrows(draw({ p: 1.1 }), RangeError, `${start}p must be above 0 and at most 1, got 1.1`);
  assertThrows(draw({ p: NaN }), RangeError, "got NaN");
  assertThrows(draw({ p: "0.8" }), TypeError, `${start}p must be a number, got "0.8"`);
  assertThrows(draw({ seed: -1 }), RangeError, "Cannot seed a stream");
  assertThrows(
    draw({ size: 8, p: 0.01 }),
    RangeError,
    `${start}p must be large enough for a path to the goal on 8 × 8 tiles, got 0.01`,
  );
});

Deno.test("generateRandomMap() gives up after a bounded number of tiles", () => {
  const message = (size: number) =>
    `p must be large enough for a path to the goal on ${size} × ${size} tiles`;
  for (const [size, p] of [[1000, 0.3], [30, 0.2]] as const) {
    assertThrows(() => generateRandomMap({ size, p }), RangeError, message(size));
  }
  assertEquals(generateRandomMap({ size: 1000, p: 0.8 }).length, 1000);
});

Deno.test("generateRandomMap() gives large maps, also after unsolvable ones, as it always has", async () => {
  const drawn = [{ size: 200, p: 0.65 }, { size: 64, p: 0.62, seed: 2 }, { size: 31, p: 0.55, seed: 5 }];
  const text = drawn.map((options) => generateRandomMap(options).join("/")).join();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  assertEquals(
    new Uint8Array(digest).toHex(),
    "472e10bbce6f23c8574f74ba9a0e50f6284647a0fd32760fac0af84720086e14",
  );
});
