import { assert, assertEquals, assertThrows } from "@std/assert";
import { Pcg32, SumTree } from "../../../agents/mod.ts";

const CAPACITIES = [1, 2, 7, 8, 9, 63, 64, 65, 200, 512, 513];

/** What the tree is to do, by walking over all leaves. */
class Scan {
  readonly priorities: number[];

  constructor(capacity: number) {
    this.priorities = new Array(capacity).fill(0);
  }

  get total(): number {
    return this.priorities.reduce((sum, priority) => sum + priority, 0);
  }

  find(mass: number): number {
    let before = 0;
    for (const [leaf, priority] of this.priorities.entries()) {
      if (mass < before + priority) return leaf;
      before += priority;
    }
    return Math.max(0, this.priorities.findLastIndex((priority) => priority > 0));
  }
}

/** A power of ten from 1e-30 to 1e30, or zero. */
function wild(random: Pcg32): number {
  return random.next() < 0.2 ? 0 : (0.5 + random.next()) * 10 ** (random.nextIndex(61) - 30);
}

Deno.test("the tree agrees with a scan over random operations, zeros among them", () => {
  const random = Pcg32.seeded(1n);
  for (const capacity of CAPACITIES) {
    const tree = new SumTree(capacity), scan = new Scan(capacity);
    for (let turn = 0; turn < 1_000; turn++) {
      const leaf = random.nextIndex(capacity);
      const priority = Math.max(0, random.nextIndex(12) - 3); // whole numbers, whose sums are exact
      tree.set(leaf, priority);
      scan.priorities[leaf] = priority;
      assertEquals([tree.get(leaf), tree.total], [priority, scan.total]);
      for (const mass of [0, random.next() * scan.total, random.nextIndex(scan.total + 1), scan.total + 1]) {
        assertEquals(tree.find(mass), scan.find(mass), `mass ${mass} of ${scan.total} in ${capacity}`);
      }
    }
  }
});

Deno.test("findAll() is find() for each", () => {
  const random = Pcg32.seeded(2n);
  const tree = new SumTree(100);
  for (let leaf = 0; leaf < 100; leaf++) tree.set(leaf, wild(random));
  const masses = Float64Array.from({ length: 500 }, (_, i) => i / 490 * tree.total);
  const expected = [...masses].map((mass) => tree.find(mass));
  const leaves = new Int32Array(500).fill(-1);
  tree.findAll(masses, leaves);
  assertEquals([...leaves], expected);
});

Deno.test("from 1e-30 to 1e30 sums are right, and no leaf of priority zero is found", () => {
  const random = Pcg32.seeded(3n);
  for (let turn = 0; turn < 300; turn++) {
    const capacity = CAPACITIES[turn % CAPACITIES.length]!;
    const tree = new SumTree(capacity), scan = new Scan(capacity);
    for (let i = 0; i < 2 * capacity; i++) {
      const leaf = random.nextIndex(capacity), priority = wild(random);
      tree.set(leaf, priority);
      scan.priorities[leaf] = priority;
    }
    if (scan.total === 0) continue;
    assert(Math.abs(tree.total - scan.total) <= 1e-12 * scan.total);
    for (let i = 0; i < 100; i++) {
      const mass = random.next() * tree.total * (i % 2 === 0 ? 1 : 1e-20);
      const leaf = tree.find(mass);
      assert(tree.get(leaf) > 0, `mass ${mass}: leaf ${leaf} has no priority`);
      // The mass lies in the leaf's stretch, up to the rounding of the sums before it.
      const before = scan.priorities.slice(0, leaf).reduce((sum, priority) => sum + priority, 0);
      const tolerance = 1e-12 * tree.total;
      assert(mass >= before - tolerance && mass < before + tree.get(leaf) + tolerance);
    }
    for (const mass of [tree.total, 2 * tree.total, Infinity]) {
      assertEquals(tree.find(mass), scan.find(Infinity));
    }
  }
});

Deno.test("earlier updates leave no trace", () => {
  const random = Pcg32.seeded(4n);
  const priorities = Array.from({ length: 65 }, () => wild(random));
  const fresh = new SumTree(65), used = new SumTree(65);
  for (let leaf = 0; leaf < 65; leaf++) used.set(leaf, 1e30);
  for (const leaf of priorities.keys()) fresh.set(leaf, priorities[leaf]!);
  for (const leaf of [...priorities.keys()].reverse()) used.set(leaf, priorities[leaf]!);
  assertEquals(used.total, fresh.total);
  for (let i = 0; i < 100; i++) {
    assertEquals(used.find(i / 99 * used.total), fresh.find(i / 99 * fresh.total));
  }
});

Deno.test("a tree of zeros finds its first leaf", () => {
  for (const capacity of CAPACITIES) assertEquals(new SumTree(capacity).find(0), 0);
});

Deno.test("a tree refuses invalid values", () => {
  for (const capacity of [0, -1, 1.5, NaN]) {
    assertThrows(() => new SumTree(capacity), RangeError, "Cannot create a SumTree: capacity must be");
  }
  for (const capacity of [2 ** 31, 2 ** 50]) {
    const message = `capacity must fit into memory and be at most 2^31 - 1, got ${capacity}`;
    assertThrows(() => new SumTree(capacity), RangeError, message);
  }
  const tree = new SumTree(9);
  for (const leaf of [-1, 9, 16, NaN]) {
    assertThrows(() => tree.set(leaf, 1), RangeError, "leaf must be a whole number from 0 to 8, got");
  }
  assertThrows(() => tree.set(0.5, 1), RangeError, "leaf must be a whole number from 0 to 8, got 0.5");
  for (const priority of [-1, NaN, Infinity]) {
    assertThrows(
      () => tree.set(0, priority),
      RangeError,
      "priority must be from 0, and finite with all others, got",
    );
  }
  for (const leaf of [-1, 9, 16, 0.5, NaN]) {
    assertThrows(() => tree.get(leaf), RangeError, "leaf must be a whole number from 0 to 8, got");
  }
  for (const count of [-1, 10, 0.5, NaN]) {
    assertThrows(() => tree.first(count), RangeError, "count must be a whole number from 0 to 9, got");
  }
  for (const mass of [-1, NaN, -Infinity]) {
    assertThrows(() => tree.find(mass), RangeError, "every mass must be from 0, got");
  }
  assertThrows(() => tree.findAll(new Float64Array(2), new Int32Array(3)), TypeError, "must be 3 masses");
  assertEquals(tree.total, 0);
  tree.set(0, 1e308);
  assertThrows(() => tree.set(1, 1e308), RangeError, "finite with all others, got 1e+308");
  assertEquals([tree.total, tree.get(1)], [1e308, 0]);
});
