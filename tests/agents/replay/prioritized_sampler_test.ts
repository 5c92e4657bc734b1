import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { linearSchedule, Pcg32, PrioritizedSampler } from "../../../agents/mod.ts";

/** A sampler whose slots have surprised by so much. */
function samplerOf(surprises: number[], options: { alpha: number; epsilon?: number }): PrioritizedSampler {
  const { alpha, epsilon = 0 } = options;
  const sampler = new PrioritizedSampler({ capacity: surprises.length, alpha, epsilon });
  surprises.forEach((_, slot) => sampler.add(slot));
  sampler.update(Int32Array.from(surprises.keys()), Float32Array.from(surprises));
  return sampler;
}

function draw(sampler: PrioritizedSampler, size: number, count: number, beta: number, seed = 0n) {
  const slots = new Int32Array(count), weights = new Float32Array(count);
  sampler.sample(size, slots, weights, beta, Pcg32.seeded(seed));
  return { slots, weights };
}

const probabilities = (sampler: PrioritizedSampler, size: number) =>
  Array.from({ length: size }, (_, slot) => sampler.probability(slot));

function assertClose(actual: ArrayLike<number>, expected: number[], tolerance = 1e-7): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((value, i) => assertAlmostEquals(actual[i]!, value, tolerance));
}

Deno.test("P(i) = pᵢᵅ / Σ pᵅ with p = |δ| + ε, by hand", () => {
  // √(8 + 1), √(15 + 1), √(0 + 1), √(3 + 1): 3, 4, 1 and 2 of 10
  assertClose(probabilities(samplerOf([8, 15, 0, 3], { alpha: 0.5, epsilon: 1 }), 4), [0.3, 0.4, 0.1, 0.2]);
  assertClose(
    probabilities(samplerOf([8, 15, 0, 3], { alpha: 0, epsilon: 1 }), 4),
    [1, 1, 1, 1].map((p) => p / 4),
  );
});

Deno.test("α = 1, ε = 0, β = 0 is the lecture's rule: P(i) = |δᵢ| / Σ |δ|, without weights", () => {
  const sampler = samplerOf([1, 3, 0, 4], { alpha: 1 });
  assertEquals(probabilities(sampler, 4), [1 / 8, 3 / 8, 0, 4 / 8]);
  const { slots, weights } = draw(sampler, 4, 800, 0);
  assertEquals([0, 1, 2, 3].map((slot) => slots.filter((drawn) => drawn === slot).length), [
    100,
    300,
    0,
    400,
  ]);
  assert(weights.every((weight) => weight === 1));
});

Deno.test("the weights are (N · P)^−β over the largest of the draw, by hand", () => {
  const sampler = samplerOf([1, 3, 4], { alpha: 1 }); // P: 1/8, 3/8, 1/2
  const byHand = (slot: number, beta: number) => (3 * [1 / 8, 3 / 8, 1 / 2][slot]!) ** -beta;
  for (const beta of [0.4, 0.5, 1]) {
    const { slots, weights } = draw(sampler, 3, 8, beta); // eight stretches: every slot is drawn
    assertEquals([...slots], [0, 1, 1, 1, 2, 2, 2, 2]);
    assertClose(weights, [...slots].map((slot) => byHand(slot, beta) / byHand(0, beta)));
  }
  // β = ½: √(⅛ ÷ ⅜) and √(⅛ ÷ ½)
  assertClose(draw(sampler, 3, 8, 0.5).weights, [
    1,
    ...Array(3).fill(Math.sqrt(1 / 3)),
    ...Array(4).fill(0.5),
  ]);
  // The largest of the draw, not of all: where slot 0 is not drawn, slot 1 has weight 1.
  const rare = samplerOf([1e-6, 3, 4], { alpha: 1 });
  const { slots, weights } = draw(rare, 3, 7, 1);
  assertEquals([...slots], [1, 1, 1, 2, 2, 2, 2]);
  assertClose(weights, [1, 1, 1, 0.75, 0.75, 0.75, 0.75]);
});

Deno.test("β grows from 0.4 to 1, and weights with it", () => {
  const schedule = linearSchedule(0.4, 1, 50_000);
  const sampler = samplerOf([1, 4], { alpha: 1 });
  const weightAt = (step: number) => draw(sampler, 2, 5, schedule(step)).weights[4]!;
  assertClose([0, 25_000, 50_000, 90_000].map(weightAt), [0.25 ** 0.4, 0.25 ** 0.7, 0.25, 0.25]);
});

Deno.test("a new transition has the largest priority so far, 1 at first", () => {
  const sampler = new PrioritizedSampler({ capacity: 4, alpha: 0.5, epsilon: 0 });
  sampler.add(0);
  sampler.add(1);
  assertEquals(probabilities(sampler, 2), [0.5, 0.5]);
  sampler.update(new Int32Array([0]), new Float32Array([0.25])); // √¼ beside 1
  sampler.add(2);
  assertClose(probabilities(sampler, 3), [0.2, 0.4, 0.4]);
  sampler.update(new Int32Array([1, 2]), new Float32Array([9, 0.25])); // the largest is 9 now
  sampler.add(3);
  assertClose(probabilities(sampler, 4), [0.5 / 7, 3 / 7, 0.5 / 7, 3 / 7]);
  sampler.update(new Int32Array([1]), new Float32Array([0.25])); // and stays so
  sampler.add(0);
  assertClose(probabilities(sampler, 4), [3 / 7, 0.5 / 7, 0.5 / 7, 3 / 7]);
});

Deno.test("of the same slot updated twice the last counts", () => {
  const sampler = samplerOf([1, 1], { alpha: 1 });
  sampler.update(new Int32Array([0, 0]), new Float32Array([9, 3]));
  assertEquals(probabilities(sampler, 2), [0.75, 0.25]);
});

Deno.test("each of equal stretches gives one slot, and slots come as often as their probabilities say", () => {
  const random = Pcg32.seeded(7n);
  const size = 50, count = 32, draws = 4_000;
  const surprises = Array.from({ length: size }, () => random.next() < 0.1 ? 0 : 10 * random.next() ** 4);
  const sampler = samplerOf(surprises, { alpha: 0.6 });
  const seen = new Float64Array(size);
  const slots = new Int32Array(count), weights = new Float32Array(count);
  for (let i = 0; i < draws; i++) {
    sampler.sample(size, slots, weights, 0.5, random);
    // Slots lie one after the other along the total, and so do the stretches.
    for (let k = 1; k < count; k++) assert(slots[k]! >= slots[k - 1]!);
    for (const slot of slots) seen[slot]! += 1;
  }
  probabilities(sampler, size).forEach((probability, slot) => {
    const expected = probability * count * draws;
    // Within a stretch a slot is drawn or not: no more than the binomial variance, of which five deviations.
    assert(
      Math.abs(seen[slot]! - expected) <= 5 * Math.sqrt(expected),
      `slot ${slot}: ${seen[slot]} of ${expected}`,
    );
    if (surprises[slot] === 0) assertEquals(seen[slot], 0);
  });
});

Deno.test("without any priority every slot in use is as good as another", () => {
  const sampler = samplerOf([0, 0, 0, 0], { alpha: 1 });
  assertEquals(sampler.probability(0), 0);
  const { slots, weights } = draw(sampler, 4, 8, 0.5);
  assertEquals([...slots], [0, 0, 1, 1, 2, 2, 3, 3]);
  assert(weights.every((weight) => weight === 1));
});

Deno.test("a sampler continues from its snapshot as if it had never stopped", () => {
  const options = { capacity: 8, alpha: 0.6, epsilon: 1e-6 };
  const sampler = new PrioritizedSampler(options);
  for (let slot = 0; slot < 5; slot++) sampler.add(slot);
  sampler.update(new Int32Array([1, 3]), new Float32Array([7, 0.1]));
  const copy = PrioritizedSampler.from(options, sampler.snapshot(5));
  for (const each of [sampler, copy]) each.add(5);
  assertEquals(draw(copy, 6, 32, 0.4), draw(sampler, 6, 32, 0.4));
  assertEquals(probabilities(copy, 6), probabilities(sampler, 6));
});

Deno.test("a sampler refuses invalid values", () => {
  const options = { capacity: 2, alpha: 0.6, epsilon: 0 };
  for (const name of ["alpha", "epsilon"]) {
    for (const value of [-0.1, NaN, Infinity]) {
      const message = `Cannot create a PrioritizedSampler: ${name} must be finite and from 0, got ${value}`;
      assertThrows(() => new PrioritizedSampler({ ...options, [name]: value }), RangeError, message);
    }
  }
  const sampler = new PrioritizedSampler(options);
  assertThrows(() => draw(sampler, 0, 1, 0.5), RangeError, "a slot must be in use, got none");
  for (const beta of [-0.1, 1.1, NaN]) {
    assertThrows(() => draw(sampler, 1, 1, beta), RangeError, `beta must be in [0, 1], got ${beta}`);
  }
  const update = (slots: number[], surprises: number[]) => () =>
    sampler.update(Int32Array.from(slots), Float32Array.from(surprises));
  for (const surprise of [NaN, -1, -1e-9, Infinity, 1e39]) {
    const got = Math.fround(surprise);
    const message = `surprises must be finite and from 0, got ${got} at index 1`;
    assertThrows(update([0, 1], [3, surprise]), RangeError, message);
  }
  assertThrows(update([0, 2], [3, 3]), RangeError, "leaf must be a whole number from 0 to 1, got 2");
  assertThrows(update([0], [3, 3]), TypeError, "there must be 1 surprises, one per slot, got 2");
  for (const alpha of [0, 2]) {
    const other = new PrioritizedSampler({ ...options, alpha });
    assertThrows(() => other.update(Int32Array.of(0), Float32Array.of(NaN)), RangeError, "must be finite");
    assertThrows(() => other.update(Int32Array.of(0), Float32Array.of(-1)), RangeError, "must be finite");
    assertEquals(other.snapshot(2), { priorities: new Float64Array(2), largest: 1 });
  }
  const steep = new PrioritizedSampler({ ...options, alpha: 9 });
  assertThrows(
    () => steep.update(Int32Array.of(0, 1), Float32Array.of(1, 3e38)),
    RangeError,
    "finite with all others, got Infinity",
  );
  assertEquals(steep.snapshot(2), { priorities: new Float64Array(2), largest: 1 });
  for (const size of [3, -1, 1.5, NaN]) {
    assertThrows(
      () => draw(sampler, size, 1, 0.5),
      RangeError,
      "size must be a whole number from 1 to 2, got",
    );
  }
  assertThrows(
    () => sampler.sample(1, new Int32Array(2), new Float32Array(1), 0.5, Pcg32.seeded(0n)),
    TypeError,
    "there must be 2 weights, one per slot, got 1",
  );
  for (const slot of [2, -1, 0.5, NaN]) {
    assertThrows(() => sampler.probability(slot), RangeError, "leaf must be a whole number from 0 to 1");
    assertThrows(() => sampler.add(slot), RangeError, "leaf must be a whole number from 0 to 1");
  }
  for (const size of [3, -1, 0.5, NaN]) {
    assertThrows(() => sampler.snapshot(size), RangeError, "count must be a whole number from 0 to 2, got");
  }
  sampler.add(0);
  sampler.add(1);
  assertEquals(probabilities(sampler, 2), [0.5, 0.5], "what was refused leaves no trace");
  const from = (priorities: number[], largest: number) => () =>
    PrioritizedSampler.from(options, { priorities: new Float64Array(priorities), largest });
  assertThrows(from([1, 1, 1], 1), RangeError, "at most 2 priorities, got 3");
  assertThrows(from([1], 0.5), RangeError, "largest must be finite and from 1, got 0.5");
  assertThrows(from([-1], 1), RangeError, "priority must be from 0, and finite with all others, got -1");
});
