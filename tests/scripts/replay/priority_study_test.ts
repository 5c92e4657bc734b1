import { assert, assertEquals } from "@std/assert";
import { studyPriorities } from "../../../scripts/replay/priority_study.ts";

const REQUEST = { priorities: [4, 2, 1, 1], alpha: 1, beta: 1, draws: 8000, seed: 0 };

Deno.test("slots are drawn in proportion to their priorities, and full weights give back the mean", () => {
  const { counts, means, weights } = studyPriorities(REQUEST);
  // Stratified: each count is within one of its expectation at each of its two edges.
  for (const [slot, expected] of [4000, 2000, 1000, 1000].entries()) {
    assert(Math.abs(counts[slot]! - expected) <= 2, `${counts}`);
  }
  assertEquals(means.uniform, 2);
  assert(Math.abs(means.drawn - (4 * 4 + 2 * 2 + 1 + 1) / 8) < 0.01, `${means.drawn}`);
  assert(Math.abs(means.weighted - 2) < 0.01, `${means.weighted}`);
  assertEquals(weights, [0.25, 1]);
});

Deno.test("without priorities nothing is biased, and without weights nothing is made up for", () => {
  const { counts } = studyPriorities({ ...REQUEST, alpha: 0 });
  assert(counts.every((count) => Math.abs(count - 2000) <= 2), `${counts}`);
  const { means, weights } = studyPriorities({ ...REQUEST, beta: 0 });
  assertEquals(means.weighted, means.drawn);
  assertEquals(weights, [1, 1]);
});
