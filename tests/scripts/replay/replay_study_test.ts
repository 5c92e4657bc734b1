import { assert, assertEquals } from "@std/assert";
import { Pcg32, ReplayBuffer, type ReplayRows } from "../../../agents/mod.ts";
import { batchColumns, shapeText } from "../../../scripts/replay/batch_columns.ts";
import { newestRows } from "../../../scripts/replay/newest_rows.ts";
import { drawRows, studyReplay } from "../../../scripts/replay/replay_study.ts";

/** Transitions whose numbers are that of their row, in a buffer that has overwritten the first five. */
function numbered(actionParts = 0): ReplayBuffer {
  const buffer = new ReplayBuffer({ capacity: 20, observationLength: 2, actionParts });
  for (let i = -5; i < 20; i++) {
    const observation = new Float32Array(2).fill(i);
    const action = actionParts === 0 ? i + 5 : new Int32Array(actionParts).fill(i + 5);
    buffer.add({
      observation,
      action,
      reward: i,
      nextObservation: observation,
      terminated: i === 3,
      truncated: false,
    });
  }
  return buffer;
}

Deno.test("rows are drawn as ReplayBuffer.sample draws them", () => {
  const buffer = numbered(); // its slots 0 to 4 have the newest rows, 15 to 19
  const drawn = drawRows(20, 8, Pcg32.seeded(7n));
  const rewards = Array.from(drawn, (slot) => slot < 5 ? slot + 15 : slot - 5);
  assertEquals([...buffer.sample(8, Pcg32.seeded(7n)).rewards], rewards);
});

Deno.test("the order of experience is that of the rows, and the sampled one depends on the seed alone", () => {
  const rows = numbered().rows();
  const { consecutive, sampled } = studyReplay(rows, 0);
  assertEquals([...consecutive.order], Array.from({ length: 20 }, (_, row) => row));
  assert(consecutive.correlations.every((value) => value > 0.999), `${consecutive.correlations}`);
  assertEquals(sampled.order.length, 20);
  assert(Math.abs(sampled.correlations[0]!) < 0.6, `${sampled.correlations}`);
  assertEquals(studyReplay(rows, 0), { consecutive, sampled });
  assert(studyReplay(rows, 1).sampled.order.some((row, i) => row !== sampled.order[i]));
});

Deno.test("the columns of a mini-batch have lab 1's shapes, and the first row drawn", () => {
  const textsOf = (rows: ReplayRows) =>
    batchColumns(rows, Int32Array.of(3, 0)).map(({ shape, first }) => [shapeText(shape), first]);
  assertEquals(textsOf(numbered().rows()), [
    ["(2, 2)", "[3.0000, 3.0000]"],
    ["(2,)", "8"],
    ["(2,)", "3"],
    ["(2, 2)", "[3.0000, 3.0000]"],
    ["(2,)", "1"],
  ]);
  assertEquals(textsOf(numbered(3).rows())[1], ["(2, 3)", "[8.0000, 8.0000, 8.0000]"]);
});

Deno.test("the newest rows are those that a smaller buffer would hold", () => {
  const rows = numbered(2).rows();
  const newest = newestRows(rows, 3);
  assertEquals([...newest.rewards], [17, 18, 19]);
  assertEquals([...newest.observations], [17, 17, 18, 18, 19, 19]);
  assertEquals([...newest.nextObservations], [...newest.observations]);
  assertEquals([...newest.actions], [22, 22, 23, 23, 24, 24]);
  assertEquals(newest.terminations.length + newest.truncations.length, 6);
  assertEquals(newestRows(rows, 100).rewards, rows.rewards);
});
