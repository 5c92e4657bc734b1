import { assert, assertEquals } from "@std/assert";
import { Generator } from "../../../envs/random/generator.ts";
import { pow } from "../../../nn/math/pow.ts";
import { ulps } from "./_ulps.ts";

const RANGES: [name: string, base: readonly [number, number], exponent: readonly [number, number]][] = [
  ["priorities and exponents of replay", [-70, 70], [-1, 1]],
  ["roots of numbers near 1", [-1e-3, 1e-3], [-2, 2]],
  ["the whole range of doubles", [-700, 700], [-1, 1]],
  ["large exponents", [-1, 1], [-700, 700]],
];
for (const [name, [low, high], [least, most]] of RANGES) {
  Deno.test(`pow is within 1 ulp of Math.pow: ${name}`, () => {
    const generator = new Generator(3);
    for (let i = 0; i < 300_000; i++) {
      const x = Math.exp(generator.uniform(low, high));
      const y = generator.uniform(least, most);
      const actual = pow(x, y);
      assert(ulps(actual, Math.pow(x, y)) <= 1, `pow(${x}, ${y}) is ${actual}, not ${Math.pow(x, y)}`);
    }
  });
}

Deno.test("pow is within 1 ulp of square roots and of exact whole powers", () => {
  for (let n = 2; n < 3_000; n++) {
    assert(ulps(pow(n, 0.5), Math.sqrt(n)) <= 1, `√${n}`);
    for (const k of [2, 3, 7, 20]) assert(ulps(pow(n, k), Number(BigInt(n) ** BigInt(k))) <= 1, `${n}^${k}`);
  }
});

Deno.test("pow of special values", () => {
  const cases: [x: number, y: number, power: number][] = [
    [0, 0, 1],
    [0, 0.6, 0],
    [0, -1, Infinity],
    [5, 0, 1],
    [1, NaN, 1],
    [NaN, 0, 1],
    [NaN, 1, NaN],
    [2, NaN, NaN],
    [-1, 2, NaN],
    [Infinity, 0.5, Infinity],
    [Infinity, -0.5, 0],
    [2, Infinity, Infinity],
    [0.5, Infinity, 0],
    [0.5, -Infinity, Infinity],
    [2, 2000, Infinity],
    [2, -2000, 0],
    [4, 0.5, 2],
    [2, 10, 1024],
    [5e-324, 0.5, Math.sqrt(5e-324)],
    [1e308, 1e308, Infinity],
  ];
  for (const [x, y, power] of cases) assertEquals(pow(x, y), power, `pow(${x}, ${y})`);
});
