import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { allowedAction, constantSchedule, countAllowed, Dqn, maskActions } from "../../agents/mod.ts";
import { Box, Discrete } from "../../envs/mod.ts";
import { createMatrix } from "../../nn/mod.ts";

const SPACES = {
  observationSpace: new Box([-1, -1], [1, 1]),
  actionSpace: new Discrete(3),
  offersActionMask: true,
};

Deno.test("values of actions that are not allowed become −∞; a row that allows none stays", () => {
  const values = createMatrix(3, 3);
  for (let r = 0; r < 3; r++) values.data.set([1, 2, 3], r * values.stride);
  maskActions(values, new Uint8Array([1, 0, 1, 0, 0, 0, 0, 1, 0]));
  const rows = [0, 1, 2].map((r) => [...values.data.subarray(r * values.stride, r * values.stride + 3)]);
  assertEquals(rows, [[1, -Infinity, 3], [1, 2, 3], [-Infinity, 2, -Infinity]]);
});

Deno.test("masks of another length than the values are refused", () => {
  for (const length of [0, 5, 7]) {
    const mask = () => maskActions(createMatrix(2, 3), new Uint8Array(length));
    assertThrows(mask, TypeError, `the masks must have 6 elements, got ${length}`);
  }
});

Deno.test("the k-th allowed action is found, whatever number stands for allowed", () => {
  const mask = new Uint8Array([0, 255, 0, 1, 2]);
  assertEquals(countAllowed(mask), 3);
  assertEquals([0, 1, 2].map((k) => allowedAction(mask, k)), [1, 3, 4]);
  assertEquals(countAllowed(new Uint8Array(2)), 2);
  assertEquals([0, 1].map((k) => allowedAction(new Uint8Array(2), k)), [0, 1]);
});

Deno.test("exploring and acting obey the mask", () => {
  for (const epsilon of [0, 1]) {
    const agent = new Dqn(SPACES, { hidden: [8], epsilon: constantSchedule(epsilon) });
    const observation = new Float32Array([0.3, -0.5]);
    const best = agent.act(observation, { greedy: true });
    const actionMask = Uint8Array.from([0, 1, 2], (action) => action === best ? 0 : 1);
    const seen = new Set(Array.from({ length: 200 }, () => agent.act(observation, { actionMask })));
    assertEquals(seen.has(best), false);
    assertEquals(seen.size, epsilon === 0 ? 1 : 2);
  }
});

/** The first gradient step on one transition whose next state does not allow its best action. */
function maskedUpdate(options: { double?: boolean; munchausen?: boolean }) {
  const agent = new Dqn(SPACES, {
    hidden: [8],
    gamma: 0.9,
    batchSize: 1,
    bufferSize: 1,
    learningStarts: 1,
    munchausenTau: 0.1,
    ...options,
  });
  const [observation, nextObservation] = [new Float32Array([0.1, 0.2]), new Float32Array([-0.4, 0.7])];
  const now = [...agent.qValues(observation)], next = [...agent.qValues(nextObservation)];
  const best = next.indexOf(Math.max(...next));
  const { loss } = agent.observe({
    observation,
    action: 0,
    reward: 0.5,
    nextObservation,
    terminated: false,
    truncated: false,
    actionMask: new Uint8Array([1, 1, 0]),
    nextActionMask: Uint8Array.from([0, 1, 2], (action) => action === best ? 0 : 1),
  })!;
  return { loss, now, allowed: next.filter((_, action) => action !== best) };
}

Deno.test("the maximum of the target is over allowed actions, with Double targets too", () => {
  for (const double of [false, true]) {
    const { loss, now, allowed } = maskedUpdate({ double });
    assertAlmostEquals(loss, (0.5 + 0.9 * Math.max(...allowed) - now[0]!) ** 2, 1e-6);
  }
});

Deno.test("the policies of a Munchausen target are over allowed actions, both now and next", () => {
  const tau = 0.1;
  const softValue = (values: number[]) =>
    tau * Math.log(values.reduce((sum, value) => sum + Math.exp(value / tau), 0));
  for (const double of [false, true]) {
    const { loss, now, allowed } = maskedUpdate({ munchausen: true, double });
    const bonus = Math.max(-1, now[0]! - softValue(now.slice(0, 2))); // τ ln π = Q − τ ln Σ exp(Q / τ)
    const target = 0.5 + 0.9 * bonus + 0.9 * softValue(allowed);
    assertAlmostEquals(loss, (target - now[0]!) ** 2, 1e-5);
  }
});
