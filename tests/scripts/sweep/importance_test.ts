import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Pcg32 } from "../../../agents/mod.ts";
import { importanceOf, sharesOf } from "../../../scripts/sweep/importance.ts";
import { growLeaves } from "../../../scripts/sweep/regression_tree.ts";
import { parseSpace } from "../../../scripts/sweep/search_space.ts";

const SPACE = parseSpace(["loss=mse|huber", "gamma=lin:0:1"]);

Deno.test("a tree splits where the squares left are fewest, in the middle between two points", () => {
  const points = [[0.1, 1], [0.3, 2], [0.7, 9], [0.9, 9]].map(([x, score]) => ({ at: [x!], score: score! }));
  // After the second point 0.5 is left; after the first 32.7, after the third 38.
  assertEquals(growLeaves(["position"], points), [
    { parts: [{ from: 0, to: 0.2 }], value: 1 },
    { parts: [{ from: 0.2, to: 0.5 }], value: 2 },
    { parts: [{ from: 0.5, to: 1 }], value: 9 },
  ]);
  const same = [{ at: [0.5], score: 1 }, { at: [0.5], score: 4 }];
  assertEquals(growLeaves(["position"], same), [{ parts: [{ from: 0, to: 1 }], value: 2.5 }]);
});

Deno.test("choices are split by their means; one without points joins the side with more", () => {
  const points = [[0, 8], [0, 8], [2, 1], [2, 1], [2, 1], [3, 9]].map(([x, score]) => ({
    at: [x!],
    score: score!,
  }));
  assertEquals(growLeaves([{ choices: 4 }], points), [
    { parts: [[2]], value: 1 },
    { parts: [[0, 1]], value: 8 },
    { parts: [[3]], value: 9 },
  ]);
});

Deno.test("shares of what is added are those of its variances; what is neither's alone is left", () => {
  const dimensions = ["position", { choices: 2 }] as const;
  const leaf = (half: number, choice: number, value: number) => ({
    parts: [{ from: half / 2, to: (half + 1) / 2 }, [choice]],
    value,
  });
  // 2 for the upper half, 1 for the second choice: variances 1 and ¼.
  const sum = [leaf(0, 0, 0), leaf(0, 1, 1), leaf(1, 0, 2), leaf(1, 1, 3)];
  assertEquals(sharesOf(dimensions, sum), [0.8, 0.2]);
  const either = [leaf(0, 0, 0), leaf(0, 1, 1), leaf(1, 0, 1), leaf(1, 1, 0)];
  assertEquals(sharesOf(dimensions, either), [0, 0]);
  assertEquals(sharesOf(dimensions, [leaf(0, 0, 5), leaf(0, 1, 5), leaf(1, 0, 5), leaf(1, 1, 5)]), undefined);
  // A quarter of the axis with 4, so the mean is 1 and the variance 3: all of it is the first's.
  const quarter = [
    { parts: [{ from: 0, to: 0.25 }, [0, 1]], value: 4 },
    { parts: [{ from: 0.25, to: 1 }, [0, 1]], value: 0 },
  ];
  assertEquals(sharesOf(dimensions, quarter), [1, 0]);
});

Deno.test("a parameter that decides has nearly all of it, one without effect hardly any", () => {
  const random = Pcg32.seeded(1n);
  const trials = Array.from({ length: 100 }, () => {
    const gamma = random.next();
    return { values: [random.next() < 0.5 ? "mse" : "huber", String(gamma)], score: Math.floor(4 * gamma) };
  });
  const [first, second] = importanceOf(SPACE, trials, 0)!;
  assertEquals(first!.parameter.name, "gamma");
  assert(first!.share > 0.95 && second!.share < 0.02, `${first!.share} ${second!.share}`);
  assertEquals(importanceOf(SPACE, trials, 0), importanceOf(SPACE, trials, 0));
});

Deno.test("where the search has looked more often counts no more", () => {
  // Nine in ten trials have a large γ, where the loss makes no difference; below ½ it makes one of 4.
  const random = Pcg32.seeded(2n);
  const trials = Array.from({ length: 300 }, (_, i) => {
    const gamma = i % 10 === 0 ? random.next() / 2 : 0.5 + random.next() / 2;
    const loss = random.next() < 0.5 ? "mse" : "huber";
    return { values: [loss, String(gamma)], score: gamma < 0.5 && loss === "mse" ? 4 : 0 };
  });
  // The mean is 1, the variance 3; over γ the loss has 2 and 0, a variance of 1, as has γ over the loss.
  // Counted by trials, the loss would have a twentieth.
  for (const { share } of importanceOf(SPACE, trials, 0)!) assertAlmostEquals(share, 1 / 3, 0.08);
});

Deno.test("if scores do not differ, there is nothing to explain", () => {
  const trials = ["mse", "mse", "huber"].map((loss) => ({ values: [loss, "0.5"], score: -200 }));
  assertEquals(importanceOf(SPACE, trials, 0), undefined);
  assertEquals(importanceOf(SPACE, trials.slice(0, 2), 0), undefined);
});
