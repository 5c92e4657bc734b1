import { assertEquals, assertThrows } from "@std/assert";
import { lambdaReturns, type RolloutSteps } from "../../../agents/mod.ts";

function returnsOf(
  columns: { rewards: number[]; nextValues: number[]; terminated?: number[]; truncated?: number[] },
  options: { copies: number; gamma: number; lambda: number },
): number[] {
  const { rewards, nextValues, terminated = rewards.map(() => 0), truncated = rewards.map(() => 0) } =
    columns;
  const steps: RolloutSteps = {
    rewards: new Float32Array(rewards),
    nextValues: new Float32Array(nextValues),
    terminated: new Uint8Array(terminated),
    truncated: new Uint8Array(truncated),
  };
  const returns = new Float32Array(rewards.length);
  lambdaReturns(steps, options, returns);
  return [...returns];
}

Deno.test("λ-returns of one environment, by hand", () => {
  const rollout = { rewards: [1, 2, 3], nextValues: [8, 16, 32] };
  // From the end: 3 + ½ · 32 = 19; 2 + ½ (½ · 19 + ½ · 16) = 10.75; 1 + ½ (½ · 10.75 + ½ · 8) = 5.6875
  assertEquals(returnsOf(rollout, { copies: 1, gamma: 0.5, lambda: 0.5 }), [5.6875, 10.75, 19]);
});

Deno.test("λ = 0 gives returns of one step, λ = 1 those of the whole rollout", () => {
  const rollout = { rewards: [1, 2, 3], nextValues: [8, 16, 32] };
  assertEquals(returnsOf(rollout, { copies: 1, gamma: 0.5, lambda: 0 }), [5, 10, 19]);
  assertEquals(returnsOf(rollout, { copies: 1, gamma: 0.5, lambda: 1 }), [
    1 + 0.5 * (2 + 0.5 * 19),
    2 + 0.5 * 19,
    19,
  ]);
});

Deno.test("an end cuts the bootstrap, a cut does not; neither lets the next episode in", () => {
  const rollout = { rewards: [1, 2, 3, 4], nextValues: [8, 16, 32, 64] };
  const options = { copies: 1, gamma: 0.5, lambda: 0.5 };
  // Step 1 ends the task: 2 alone. Step 0 sees that: 1 + ½ (½ · 2 + ½ · 8) = 3.5
  assertEquals(returnsOf({ ...rollout, terminated: [0, 1, 0, 0] }, options), [
    3.5,
    2,
    3 + 0.5 * (0.5 * 36 + 0.5 * 32),
    36,
  ]);
  // Step 1 is cut: 2 + ½ · 16 = 10, whatever comes after it. Step 0: 1 + ½ (½ · 10 + ½ · 8) = 5.5
  assertEquals(returnsOf({ ...rollout, truncated: [0, 1, 0, 0] }, options).slice(0, 2), [5.5, 10]);
  // The end counts where both happen, and the last turn's end as any other.
  const both = { terminated: [0, 1, 0, 1], truncated: [0, 1, 0, 0] };
  assertEquals(returnsOf({ ...rollout, ...both }, options), [3.5, 2, 3 + 0.5 * (0.5 * 4 + 0.5 * 32), 4]);
});

Deno.test("environments do not mix: those of two are those of each alone", () => {
  const options = { gamma: 0.5, lambda: 0.25 };
  const first = { rewards: [1, 2, 3], nextValues: [8, 16, 32], terminated: [0, 1, 0] };
  const second = { rewards: [-1, 0.5, 4], nextValues: [2, -4, 64], truncated: [1, 0, 0] };
  const mixed = {
    rewards: [1, -1, 2, 0.5, 3, 4],
    nextValues: [8, 2, 16, -4, 32, 64],
    terminated: [0, 0, 1, 0, 0, 0],
    truncated: [0, 1, 0, 0, 0, 0],
  };
  const returns = returnsOf(mixed, { copies: 2, ...options });
  assertEquals(returns.filter((_, k) => k % 2 === 0), returnsOf(first, { copies: 1, ...options }));
  assertEquals(returns.filter((_, k) => k % 2 === 1), returnsOf(second, { copies: 1, ...options }));
});

Deno.test("every product and sum is rounded to float32", () => {
  const { fround } = Math;
  const [gamma, lambda] = [0.99, 0.9];
  const [r0, r1, v0, v1] = [0.1, 0.7, 1 / 3, 2 / 3].map(fround) as [number, number, number, number];
  const last = fround(r1 + fround(fround(gamma) * v1));
  const mixed = fround(fround(fround(lambda) * last) + fround(fround(1 - lambda) * v0));
  const expected = [fround(r0 + fround(fround(gamma) * mixed)), last];
  assertEquals(
    returnsOf({ rewards: [r0, r1], nextValues: [v0, v1] }, { copies: 1, gamma, lambda }),
    expected,
  );
});

Deno.test("values after an end are not looked at", () => {
  const rollout = { rewards: [1, 2], nextValues: [NaN, 4], terminated: [1, 0] };
  assertEquals(returnsOf(rollout, { copies: 1, gamma: 0.5, lambda: 0.5 }), [1, 4]);
});

Deno.test("odd numbers and lengths are refused", () => {
  const rollout = { rewards: [1, 2, 3], nextValues: [1, 2, 3] };
  const options = { copies: 1, gamma: 0.5, lambda: 0.5 };
  const cases = [
    [() => returnsOf(rollout, { ...options, gamma: 1.5 }), RangeError, "gamma must be in [0, 1], got 1.5"],
    [
      () => returnsOf(rollout, { ...options, lambda: -0.1 }),
      RangeError,
      "lambda must be in [0, 1], got -0.1",
    ],
    [() => returnsOf(rollout, { ...options, lambda: NaN }), RangeError, "lambda must be in [0, 1], got NaN"],
    [
      () => returnsOf(rollout, { ...options, copies: 2 }),
      RangeError,
      "copies must be a whole number from 1 that divides the 3 steps, got 2",
    ],
    [() => returnsOf(rollout, { ...options, copies: 0 }), RangeError, "got 0"],
    [
      () => returnsOf({ ...rollout, nextValues: [1, 2] }, options),
      TypeError,
      "Cannot compute λ-returns: nextValues must have 3 elements, got 2",
    ],
    [() => returnsOf({ ...rollout, terminated: [1] }, options), TypeError, "terminated must have 3 elements"],
    [() => returnsOf({ ...rollout, truncated: [1] }, options), TypeError, "truncated must have 3 elements"],
  ] as const;
  for (const [run, Kind, message] of cases) assertThrows(run, Kind, message);
});
