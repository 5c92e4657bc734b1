import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  constantSchedule,
  decodeSnapshot,
  encodeSnapshot,
  Pqn,
  type PqnOptions,
  readPqnSnapshot,
  readVectorTrainingSnapshot,
  VectorTrainingLoop,
} from "../../../agents/mod.ts";
import { LunarLanderContinuous } from "../../../envs/box2d/mod.ts";
import { MultiDiscreteActions, TimeLimit, VectorEnv } from "../../../envs/mod.ts";
import { decodeOnnx, encodeOnnx } from "../../../nn/mod.ts";
import { PARTS, severalOf, severalStep, SHIFTS, shownByAll } from "./_turns.ts";

const SMALL: PqnOptions = { hidden: [8], rolloutSteps: 4, miniBatches: 2, epochs: 2 };
const COPIES = 3;

/** Shows an agent steps of environments, from one to another, anywhere within turns, with the agent's own actions. */
function play(agent: Pqn<Int32Array>, actions: Int32Array, from: number, to: number): void {
  for (let k = from; k < to; k++) {
    const [t, i] = [Math.floor(k / COPIES), k % COPIES];
    if (i === 0) agent.actMany(shownByAll(t, COPIES), actions);
    const action = actions.slice(3 * i, 3 * i + 3);
    agent.observe({ ...severalStep(t, i), action }, i);
    action.fill(77); // the agent must have copied it
  }
}

/** The mean over parts of the Q-values of an action, or of the best one. */
function valueOf(values: Float32Array, action?: Int32Array): number {
  let first = 0, sum = 0;
  for (const [i, count] of PARTS.entries()) {
    const own = values.subarray(first, first + count);
    sum += action === undefined ? Math.max(...own) : values[action[i]! - SHIFTS[i]!]!;
    first += count;
  }
  return sum / PARTS.length;
}

Deno.test("the loss is that of the means over parts, and returns bootstrap from the mean of the parts' maxima", () => {
  const options = { ...SMALL, rolloutSteps: 2, miniBatches: 1, epochs: 1, gamma: 0.9, lambda: 0.7 };
  const agent = new Pqn(severalOf(2), options);
  const steps = [
    { ...severalStep(5, 0), terminated: true, truncated: false },
    { ...severalStep(5, 1), terminated: false, truncated: false },
    { ...severalStep(6, 0), terminated: false, truncated: true },
    { ...severalStep(6, 1), terminated: true, truncated: false },
  ];
  const best = steps.map(({ nextObservation }) => valueOf(agent.qValues(nextObservation)));
  const [r0, r1, r2, r3] = steps.map(({ reward }) => reward) as [number, number, number, number];
  const returns = [r0, r1 + 0.9 * (0.7 * r3 + 0.3 * best[1]!), r2 + 0.9 * best[2]!, r3];
  const chosen = steps.map(({ observation, action }) => valueOf(agent.qValues(observation), action));
  const learning = steps.map((each, k) => structuredClone(agent.observe(each, k % 2)));
  const loss = chosen.reduce((sum, value, k) => sum + (value - returns[k]!) ** 2 / 4, 0);
  assertAlmostEquals(learning[3]!.loss, loss, 1e-5);
  assertAlmostEquals(learning[3]!.meanQ, chosen.reduce((sum, value) => sum + value) / 4, 1e-5);
});

Deno.test("actMany() chooses what act() would, with ε drawn for each part", () => {
  for (const epsilon of [0, 0.5, 1]) {
    const options = { ...SMALL, epsilon: constantSchedule(epsilon), seed: 4 };
    const spaces = severalOf(40);
    const [together, single] = [new Pqn(spaces, options), new Pqn(spaces, options)];
    const observations = shownByAll(3, 40);
    const actions = new Int32Array(120);
    together.actMany(observations, actions);
    const expected = Array.from({ length: 40 }, (_, i) => [
      ...single.act(observations.slice(2 * i, 2 * i + 2)),
    ]);
    assertEquals([...actions], expected.flat());
    assertEquals(together.snapshot(), single.snapshot());
    assertEquals(expected.every((action) => spaces.actionSpace.contains(Int32Array.from(action))), true);
    if (epsilon === 1) assertEquals(new Set(expected.map((action) => action[2])), new Set([5, 6, 7, 8]));
  }
});

const VARIANTS: [string, PqnOptions][] = [
  ["plain", {}],
  ["dueling, two layers", { dueling: true, hidden: [8, 6] }],
  ["without layer norm, huber, clipped", { layerNorm: false, loss: "huber", maxGradNorm: 0.5 }],
];
for (const [name, options] of VARIANTS) {
  const spaces = severalOf(COPIES);

  Deno.test(`several parts: an agent continues from a snapshot, with either kernels: ${name}`, () => {
    const all = { ...SMALL, epsilon: constantSchedule(0.3), ...options };
    for (const cut of [0, 1, 5, 11, 12, 40]) {
      const actions = new Int32Array(3 * COPIES);
      const whole = new Pqn(spaces, { ...all, kernel: "simd" });
      play(whole, actions, 0, cut);
      const saved = decodeSnapshot(encodeSnapshot(whole.snapshot())).snapshot;
      const resumed = Pqn.from(spaces, { ...all, kernel: "reference" }, readPqnSnapshot(saved));
      const kept = actions.slice(); // the actions of a turn are the loop's to keep
      play(whole, actions, cut, 80);
      play(resumed, kept, cut, 80);
      assertEquals(resumed.snapshot(), whole.snapshot());
      assertEquals(whole.gradientSteps, 24);
    }
  });

  Deno.test(`several parts: a policy file gives the agent's network: ${name}`, () => {
    const agent = new Pqn(spaces, { ...SMALL, ...options });
    const file = decodeOnnx(encodeOnnx(agent.policyFile()));
    assertEquals(file.architecture.actionParts, PARTS);
    assertEquals(file.tensors, agent.onlineNetwork.tensors());
  });
}

Deno.test("a Pqn refuses actions of several parts that are not its own", () => {
  const agent = new Pqn(severalOf(1), SMALL);
  const observe = (action: unknown) =>
    Reflect.apply(agent.observe, agent, [{ ...severalStep(0, 0), action }]);
  assertThrows(() => observe(Int32Array.of(0, -2, 5)), RangeError, "action must be in MultiDiscrete([3 2 4]");
  assertThrows(() => observe(Int32Array.of(0)), TypeError, "action must be in MultiDiscrete([3 2 4]");
  assertThrows(() => observe(1), TypeError, "action must be in MultiDiscrete([3 2 4]");
  assertThrows(
    () => agent.actMany(new Float32Array(2), new Int32Array(2)),
    TypeError,
    "actions must have 3 elements, got 2",
  );
  agent.observe(severalStep(0, 0));
  const good = agent.snapshot();
  for (
    const [actions, message] of [
      [[3, 3, 5], "rollout.actions must be from 0 to 2, got 3"],
      [[0, 2, 5], "rollout.actions must be from 3 to 4, got 2"],
      [[0, 3, 9], "rollout.actions must be from 5 to 8, got 9"],
      [[0, 3, 5, 0], "rollout.actions must have 3 elements, got 4"],
    ] as const
  ) {
    const rollout = { ...good.rollout, actions: Int32Array.from(actions) };
    assertThrows(() => Pqn.from(severalOf(1), SMALL, { ...good, rollout }), Error, message);
  }
  const single = { ...good.architecture, actionParts: undefined };
  assertThrows(
    () => Reflect.apply(Pqn.from, Pqn, [severalOf(1), SMALL, { ...good, architecture: single }]),
    TypeError,
    "the network must be",
  );
});

Deno.test("a Pqn with decoupled heads trains in many environments of two engines, and continues anywhere", () => {
  const make = () => new TimeLimit(new MultiDiscreteActions(new LunarLanderContinuous(), 3), 1_000);
  const options: PqnOptions = { ...SMALL, hidden: [12], seed: 3 };
  const create = (saved?: { loop: unknown; agent: unknown }) => {
    const envs = new VectorEnv(make, COPIES);
    const agent = saved === undefined
      ? new Pqn(envs, options)
      : Pqn.from(envs, options, readPqnSnapshot(saved.agent));
    const evaluation = { env: make(), interval: 60, episodes: 1, seed: 5 };
    const resume = saved === undefined ? undefined : readVectorTrainingSnapshot(saved.loop);
    return { agent, loop: new VectorTrainingLoop(envs, agent, { seed: 2, steps: 130, evaluation, resume }) };
  };
  const whole = create();
  const expected: unknown[] = [];
  const saved: Uint8Array[] = [];
  for (const record of whole.loop.records()) {
    if (record.kind === "step") assertEquals(record.action.length, 2);
    expected.push(structuredClone(record));
    saved.push(encodeSnapshot({ loop: whole.loop.snapshot(), agent: whole.agent.snapshot() }));
  }
  for (let at = 1; at <= saved.length; at += 11) {
    const { loop, agent } = Object(decodeSnapshot(saved[at - 1]!).snapshot);
    const resumed = create({ loop, agent });
    const rest = Array.from(resumed.loop.records(), (record) => structuredClone(record));
    assertEquals(rest, expected.slice(at), `after record ${at}`);
    assertEquals(resumed.agent.snapshot(), whole.agent.snapshot());
  }
  // Actions in a snapshot that are none are refused before anything is learned from them.
  const { loop, agent } = Object(decodeSnapshot(saved[0]!).snapshot);
  const odd = create({ loop: { ...loop, actions: new Int32Array(2 * COPIES).fill(3) }, agent });
  assertThrows(() => [...odd.loop.records()], RangeError, "actions must be in MultiDiscrete([3 3])");
});
