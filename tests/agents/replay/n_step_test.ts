import { assertEquals, assertThrows } from "@std/assert";
import { NStep, type NStepTransition, type Transition } from "../../../agents/mod.ts";

const OPTIONS = { n: 3, gamma: 0.5, observationLength: 1 };

/** Step k of an episode: from observation k to k + 1, with a reward of 2ᵏ. */
function step(
  k: number,
  changes: Partial<Transition<Float32Array, number>> = {},
): Transition<Float32Array, number> {
  return {
    observation: new Float32Array([k]),
    action: k % 2,
    reward: 2 ** k,
    nextObservation: new Float32Array([k + 1]),
    terminated: false,
    truncated: false,
    ...changes,
  };
}

/** What becomes ready, as [observation, action, reward, next observation, steps, terminated, truncated]. */
function collect(nStep: NStep, steps: readonly Transition<Float32Array, number>[]): unknown[][] {
  const ready: unknown[][] = [];
  const take = (t: NStepTransition) =>
    ready.push([
      t.observation[0],
      t.action,
      t.reward,
      t.nextObservation[0],
      t.steps,
      t.terminated,
      t.truncated,
    ]);
  for (const one of steps) nStep.add(one, take);
  return ready;
}

Deno.test("three steps make a transition, with discounted rewards", () => {
  const nStep = new NStep(OPTIONS);
  assertEquals(collect(nStep, [step(0), step(1)]), []);
  // 1 + 0.5 · 2 + 0.25 · 4 and 2 + 0.5 · 4 + 0.25 · 8
  assertEquals(collect(nStep, [step(2), step(3)]), [
    [0, 0, 3, 3, 3, false, false],
    [1, 1, 6, 4, 3, false, false],
  ]);
});

for (const end of ["terminated", "truncated"] as const) {
  Deno.test(`pending steps are released when an episode is ${end}, with fewer and fewer steps`, () => {
    const nStep = new NStep(OPTIONS);
    const flags = [end === "terminated", end === "truncated"];
    assertEquals(collect(nStep, [step(0), step(1), step(2), step(3, { [end]: true })]), [
      [0, 0, 3, 3, 3, false, false],
      [1, 1, 2 + 0.5 * 4 + 0.25 * 8, 4, 3, ...flags],
      [2, 0, 4 + 0.5 * 8, 4, 2, ...flags],
      [3, 1, 8, 4, 1, ...flags],
    ]);
    assertEquals(collect(nStep, [step(5), step(6)]), [], "the next episode begins afresh");
    assertEquals(collect(nStep, [step(7)])[0]!.slice(0, 5), [5, 1, 32 + 0.5 * 64 + 0.25 * 128, 8, 3]);
  });

  Deno.test(`an episode shorter than n is released with its own length when ${end}`, () => {
    assertEquals(collect(new NStep(OPTIONS), [step(0, { [end]: true })]).map((row) => row.slice(0, 5)), [
      [0, 0, 1, 1, 1],
    ]);
  });
}

Deno.test("with n = 1 each step is a transition", () => {
  const steps = [step(0), step(1, { terminated: true }), step(2)];
  assertEquals(collect(new NStep({ ...OPTIONS, n: 1 }), steps).map((row) => row.slice(0, 5)), [
    [0, 0, 1, 1, 1],
    [1, 1, 2, 2, 1],
    [2, 0, 4, 3, 1],
  ]);
});

Deno.test("masks are those of the first step and of the observation after the last", () => {
  const nStep = new NStep({ ...OPTIONS, n: 2, maskLength: 2 });
  const masks: unknown[] = [];
  for (const k of [0, 1]) {
    const actionMask = new Uint8Array([1, k]);
    const nextActionMask = new Uint8Array([k, 1]);
    nStep.add(
      { ...step(k), actionMask, nextActionMask },
      (t) => masks.push([...t.actionMask ?? [], ...t.nextActionMask ?? []]),
    );
  }
  assertEquals(masks, [[1, 0, 1, 1]]);
});

Deno.test("it continues from a snapshot as if it had never stopped", () => {
  for (const cut of [1, 2, 3, 4, 5]) {
    const steps = [step(0), step(1), step(2, { truncated: true }), step(3), step(4), step(5), step(6)];
    const whole = new NStep(OPTIONS);
    collect(whole, steps.slice(0, cut));
    const resumed = new NStep(OPTIONS);
    resumed.restore(structuredClone(whole.snapshot()));
    assertEquals(collect(resumed, steps.slice(cut)), collect(whole, steps.slice(cut)));
  }
});

Deno.test("bad options and snapshots are refused", () => {
  assertThrows(() => new NStep({ ...OPTIONS, n: 0 }), RangeError, "n must be a whole number from 1, got 0");
  assertThrows(() => new NStep({ ...OPTIONS, gamma: NaN }), RangeError, "gamma must be in [0, 1], got NaN");
  const nStep = new NStep(OPTIONS);
  const snapshot = nStep.snapshot();
  const bad = [
    { ...snapshot, actions: [1], rewards: [] },
    { ...snapshot, actions: [1], rewards: [1] },
    {
      actions: [1, 1, 1],
      rewards: [1, 1, 1],
      observations: new Float32Array(3),
      actionMasks: new Uint8Array(),
    },
  ];
  for (const one of bad) assertThrows(() => nStep.restore(one), TypeError, "Cannot restore an NStep");
});

Deno.test("values that a column cannot hold are refused when they are added", () => {
  const nStep = new NStep({ n: 3, gamma: 1, observationLength: 1 });
  const step = {
    observation: Float32Array.of(1),
    action: 0,
    reward: 1,
    nextObservation: Float32Array.of(2),
    terminated: false,
    truncated: false,
  };
  nStep.add(step, () => {});
  const before = nStep.snapshot();
  const cases = [
    [{ reward: 1e39 }, RangeError, "reward must be finite in float32, got 1e+39"],
    [{ action: 2 ** 31 }, RangeError, "action must be a whole number from -2^31"],
    [{ action: 0.5 }, TypeError, "action must be a whole number from -2^31"],
    [{ observation: Float32Array.of(NaN) }, RangeError, "observations must be finite, got NaN"],
  ] as const;
  for (const [changes, kind, message] of cases) {
    assertThrows(() => nStep.add({ ...step, ...changes }, () => {}), kind, message);
  }
  assertEquals(nStep.snapshot(), before);
  for (
    const changes of [{ rewards: [NaN] }, { actions: [2 ** 31] }, { observations: Float32Array.of(NaN) }]
  ) {
    assertThrows(() => nStep.restore({ ...before, ...changes }), RangeError, "Cannot add a transition");
  }
  assertEquals(nStep.snapshot(), before);
});
