import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  constantSchedule,
  decodeSnapshot,
  encodeSnapshot,
  linearSchedule,
  QLearning,
  RandomAgent,
  readQLearningSnapshot,
  stateCount,
  stateIndex,
} from "../../agents/mod.ts";
import { Box, Discrete, Tuple } from "../../envs/mod.ts";

const SPACES = { observationSpace: new Discrete(4), actionSpace: new Discrete(2, { start: 1 }) };
const STEP = {
  observation: 0,
  action: 2,
  reward: 1,
  nextObservation: 3,
  terminated: false,
  truncated: false,
};

Deno.test("a value moves as the Bellman update says", () => {
  const agent = new QLearning(SPACES, { gamma: 0.5, learningRate: 0.25 });
  agent.table.set([2, 4], 0); // Q(0, ·)
  agent.table.set([8, 6], 6); // Q(3, ·)
  const { loss, meanQ } = agent.observe(STEP);
  const error = 1 + 0.5 * 8 - 4;
  assertEquals([...agent.qValues(0)], [2, 4 + 0.25 * error]);
  assertEquals([loss, meanQ], [error ** 2, 4]);
  agent.observe({ ...STEP, terminated: true });
  assertEquals(agent.table[1], 4.25 + 0.25 * (1 - 4.25), "nothing follows an end");
  agent.observe({ ...STEP, truncated: true });
  assertAlmostEquals(agent.table[1]!, 3.4375 + 0.25 * (5 - 3.4375), 1e-6, "but something follows a cut");
  assertEquals(agent.updates, 3);
});

Deno.test("a learning rate may change from step to step", () => {
  const agent = new QLearning(SPACES, { learningRate: linearSchedule(1, 0, 2) });
  const values = [1, 2, 3].map((reward) => {
    agent.observe({ ...STEP, reward, terminated: true });
    return agent.table[1];
  });
  assertEquals(values, [1, 1 + 0.5 * (2 - 1), 1.5]);
  const resumed = QLearning.from(SPACES, { learningRate: (step) => (step + 1) / 8 }, agent.snapshot());
  resumed.observe({ ...STEP, reward: 2.5, terminated: true });
  assertEquals(resumed.table[1], 1.5 + 0.5 * (2.5 - 1.5), "which goes on counting where it stopped");
  const wrong = new QLearning(SPACES, { learningRate: (step) => 1 + step });
  wrong.observe(STEP);
  assertThrows(() => wrong.observe(STEP), RangeError, "learningRate must be in [0, 1] at step 1, got 2");
});

Deno.test("the maximum is over the actions that are allowed next", () => {
  const agent = new QLearning(SPACES, { gamma: 1, learningRate: 1 });
  agent.table.set([8, 6], 6);
  agent.observe({ ...STEP, nextActionMask: new Uint8Array([0, 1]) });
  assertEquals(agent.table[1], 1 + 6);
  agent.observe({ ...STEP, nextActionMask: new Uint8Array([0, 0]) });
  assertEquals(agent.table[1], 1 + 8, "as if all were, where none is");
});

Deno.test("acting is greedy but for exploring, of equal values takes the first, and obeys the mask", () => {
  const agent = new QLearning(SPACES, { epsilon: constantSchedule(0) });
  assertEquals(agent.act(2), 1);
  agent.table.set([1, 2], 4);
  assertEquals(agent.act(2), 2);
  assertEquals(agent.act(2, { actionMask: new Uint8Array([1, 0]) }), 1);
  const explorer = new QLearning(SPACES, { epsilon: constantSchedule(1) });
  const seen = new Set(Array.from({ length: 50 }, () => explorer.act(0)));
  assertEquals([...seen].sort(), [1, 2]);
  const masked = Array.from({ length: 50 }, () => explorer.act(0, { actionMask: new Uint8Array([0, 1]) }));
  assertEquals(new Set(masked), new Set([2]));
});

Deno.test("a random agent obeys the mask", () => {
  const agent = new RandomAgent(SPACES);
  const drawn = Array.from({ length: 50 }, () => agent.act(0, { actionMask: new Uint8Array([0, 1]) }));
  assertEquals(new Set(drawn), new Set([2]));
});

Deno.test("it continues from a snapshot as if it had never stopped", () => {
  const options = { epsilon: constantSchedule(0.5) };
  const whole = new QLearning(SPACES, options);
  const play = (agent: QLearning, from: number, to: number) => {
    for (let k = from; k < to; k++) {
      agent.observe({ ...STEP, observation: k % 4, action: agent.act(k % 4), nextObservation: (k + 1) % 4 });
    }
  };
  play(whole, 0, 13);
  const resumed = QLearning.from(SPACES, options, structuredClone(whole.snapshot()));
  play(whole, 13, 40);
  play(resumed, 13, 40);
  assertEquals(resumed.snapshot(), whole.snapshot());
});

Deno.test("a table is taken over as it was given", () => {
  const agent = new QLearning(SPACES);
  agent.table.set([1, 2, 3, 4, 5, 6, 7, 8]);
  const other = new QLearning(SPACES);
  other.setTensors(agent.tensors());
  assertEquals(other.table, agent.table);
  assertThrows(() => other.setTensors([]), TypeError, "it must be q_table (4, 2)");
  const [table] = agent.tensors();
  assertThrows(
    () => other.setTensors([{ ...table!, data: new Float32Array(3) }]),
    TypeError,
    "q_table (4, 2)",
  );
});

Deno.test("states of a tuple are counted and numbered", () => {
  const space = new Tuple([new Discrete(3), new Discrete(2, { start: 5 }), new Discrete(4)]);
  assertEquals(stateCount(space), 24);
  assertEquals(stateIndex(space, [0, 5, 0]), 0);
  assertEquals(stateIndex(space, [2, 6, 3]), 23);
  assertEquals(stateIndex(space, [1, 5, 2]), 1 * 8 + 0 * 4 + 2);
  for (const bad of [[0, 5], [0, 5, 4], [0, 4, 0], [0.5, 5, 0], 3]) {
    assertThrows(() => stateIndex(space, bad), RangeError, "the observation must be in");
  }
  assertThrows(() => stateCount(new Box(0, 1, { shape: [2] })), TypeError, "must be Discrete or a Tuple");
});

Deno.test("bad spaces, options, observations and actions are refused", () => {
  const box = new Box(0, 1, { shape: [1] });
  assertThrows(() => new QLearning(SPACES, { gamma: 2 }), RangeError, "gamma");
  for (const learningRate of [0, -1, 1.5, NaN]) {
    assertThrows(() => new QLearning(SPACES, { learningRate }), RangeError, "learningRate must be in (0, 1]");
    const options = { learningRate: () => learningRate };
    assertThrows(() => new QLearning(SPACES, options), RangeError, "learningRate must be in (0, 1]");
  }
  for (const sizes of [[2 ** 31, 2 ** 20], [2 ** 27 + 1], [2 ** 14, 2 ** 14]]) {
    const observationSpace = new Tuple(sizes.map((n) => new Discrete(n)));
    assertThrows(
      () => new QLearning({ ...SPACES, observationSpace }),
      RangeError,
      "its table must have at most 268435456 values (1 GiB), got",
    );
  }
  assertThrows(() => stateCount(box), TypeError);
  const agent = new QLearning(SPACES);
  assertThrows(() => agent.act(4), RangeError, "the observation must be in Discrete(4), got 4");
  assertThrows(
    () => agent.observe({ ...STEP, action: 3 }),
    RangeError,
    "action must be a whole number from 1 to 2",
  );
  for (const length of [1, 3]) {
    for (const epsilon of [0, 1]) {
      const masked = new QLearning(SPACES, { epsilon: constantSchedule(epsilon) });
      assertThrows(
        () => masked.act(0, { actionMask: new Uint8Array(length).fill(1) }),
        TypeError,
        `the action mask must have 2 elements, got ${length}`,
      );
    }
  }
  for (const value of [NaN, 5, -0.1]) {
    const wild = new QLearning(SPACES, { epsilon: () => value });
    assertThrows(() => wild.act(0), RangeError, `epsilon must be in [0, 1] after 0 steps, got ${value}`);
  }
  assertThrows(() => QLearning.from(SPACES, {}, { ...agent.snapshot(), steps: -1 }), RangeError, "steps");
  const table = new Float32Array(3);
  assertThrows(
    () => QLearning.from(SPACES, {}, { ...agent.snapshot(), table }),
    TypeError,
    "8 elements, got 3",
  );
});

Deno.test("steps that would spoil the table are refused, and the agent is unchanged", () => {
  const agent = new QLearning(SPACES, { learningRate: 1 });
  agent.observe({ ...STEP, reward: 3e38, terminated: true });
  const before = agent.snapshot();
  for (const reward of [NaN, Infinity, -Infinity, 1e39, -1e300]) {
    assertThrows(
      () => agent.observe({ ...STEP, reward }),
      RangeError,
      `Cannot observe: reward must be finite in float32, got ${reward}`,
    );
  }
  const onwards = { ...STEP, observation: 1, nextObservation: 0, reward: 3e38 };
  assertThrows(
    () => agent.observe(onwards),
    RangeError,
    "every value must be finite in float32, got Infinity",
  );
  for (const length of [1, 3]) {
    const nextActionMask = new Uint8Array(length).fill(1);
    assertThrows(() => agent.observe({ ...STEP, nextActionMask }), TypeError, "must have 2 elements");
  }
  assertEquals(agent.snapshot(), before);
  for (const value of [NaN, Infinity]) {
    const data = new Float32Array(8).fill(value, 3, 4);
    const message = `every value must be finite, got ${value} at index 3`;
    assertThrows(
      () => agent.setTensors([{ name: "q_table", shape: [4, 2], data }]),
      RangeError,
      message,
    );
    assertThrows(() => QLearning.from(SPACES, {}, { ...before, table: data }), RangeError, message);
  }
  const turned = [{ name: "q_table", shape: [2, 4], data: new Float32Array(8) }];
  assertThrows(() => agent.setTensors(turned), TypeError, "must be q_table (4, 2), got q_table (2, 4)");
  assertEquals(agent.snapshot(), before);
});

Deno.test("actions and observations may start at any number, also when a table is restored from its file", () => {
  for (const start of [2 ** 31 - 1, 2 ** 31, 2 ** 53 - 4, -(2 ** 31) - 1, -(2 ** 53) + 1]) {
    const spaces = {
      observationSpace: new Discrete(2, { start }),
      actionSpace: new Discrete(3, { start }),
    };
    const steps = (agent: QLearning) => {
      for (let k = 0; k < 30; k++) {
        const observation = start + k % 2;
        const action = agent.act(observation);
        const reward = action - start;
        const nextObservation = start + (k + 1) % 2;
        agent.observe({
          observation,
          action,
          reward,
          nextObservation,
          terminated: k % 7 === 6,
          truncated: false,
        });
      }
    };
    const agent = new QLearning(spaces, { seed: 3 });
    steps(agent);
    const { snapshot } = decodeSnapshot(encodeSnapshot(agent.snapshot()));
    const other = QLearning.from(spaces, { seed: 3 }, readQLearningSnapshot(snapshot));
    steps(agent);
    steps(other);
    assertEquals(other.snapshot(), agent.snapshot());
  }
});

Deno.test("tabular and random agents refuse unknown options", () => {
  const options: object = { learningrate: 0.5 };
  assertThrows(
    () => new QLearning(SPACES, options),
    TypeError,
    "Cannot create a QLearning: every option must be one of QLearningOptions, got learningrate (did you mean learningRate?)",
  );
  assertThrows(
    () => new RandomAgent(SPACES, { ...options, seed: 1 }),
    TypeError,
    "Cannot create a RandomAgent: every option must be one of RandomAgentOptions, got learningrate",
  );
});
