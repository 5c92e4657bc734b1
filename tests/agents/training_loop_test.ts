import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  decodeSnapshot,
  Dqn,
  encodeSnapshot,
  RandomAgent,
  readDqnSnapshot,
  readRandomAgentSnapshot,
  readTrainingSnapshot,
  train,
  TrainingLoop,
  type TrainingSnapshot,
  type TrainOptions,
  type TrainRecord,
} from "../../agents/mod.ts";
import {
  Box,
  type Env,
  EpisodeStats,
  FrameStack,
  makeEnv,
  NormalizeObservation,
  RecordEpisode,
  type ResetOptions,
  RewardScale,
  Wrapper,
} from "../../envs/mod.ts";
import { DotEnv } from "../envs/_dot_env.ts";

type Record = TrainRecord<Float32Array, number>;

/** Frames one after the other, for a network. */
class Flat extends Wrapper<Float32Array, number> {
  readonly observationSpace = new Box(-Infinity, Infinity, { shape: [12] });

  constructor(env: Env<Float32Array, number>) {
    super(env, "Flat");
  }

  get actionSpace() {
    return this.env.actionSpace;
  }

  reset(options?: ResetOptions) {
    return this.env.reset(options);
  }

  step(action: number) {
    return this.env.step(action);
  }
}

/** Every wrapper that has a state of its own, around one another; the evaluation's statistics move on with each evaluation. */
function makeWrapped() {
  const cartPole = makeEnv("CartPole-v1", { maxEpisodeSteps: 30 });
  const scaled = new RewardScale(new NormalizeObservation(new Flat(new FrameStack(cartPole, 3))), 0.1);
  return new RecordEpisode(new EpisodeStats(scaled));
}

const OPTIONS = { hidden: [9], batchSize: 8, learningStarts: 30, bufferSize: 100, nStep: 2, noisy: true };

const observationOf = ({ loop }: { loop: TrainingSnapshot }) => {
  const { observation } = loop;
  if (!(observation instanceof Float32Array)) throw new TypeError("it must be a vector");
  return observation;
};

/** A loop and its agent, fresh or from bytes. */
function makeLoop(changed: TrainOptions<Float32Array, number>, bytes?: Uint8Array) {
  const env = makeWrapped();
  const evaluation = { env: makeWrapped(), interval: 50, episodes: 3, seed: 5 };
  const options = { seed: 1, steps: 160, evaluation, ...changed };
  if (bytes === undefined) {
    const agent = new Dqn(env, OPTIONS);
    return { agent, loop: new TrainingLoop(env, agent, options) };
  }
  const snapshot = Object(decodeSnapshot(bytes).snapshot);
  const agent = Dqn.from(env, OPTIONS, readDqnSnapshot(snapshot.agent));
  const saved = readTrainingSnapshot(snapshot.loop);
  const resume = { ...saved, observation: observationOf({ loop: saved }) };
  return { agent, loop: new TrainingLoop(env, agent, { ...options, resume }) };
}

const copyOf = (record: Record): Record => structuredClone(record);

Deno.test("a loop saved after any record, with its wrappers, continues with the records that would have come", () => {
  const whole: Record[] = [];
  const saved: Uint8Array[] = [];
  const { agent, loop } = makeLoop({});
  for (const record of loop.records()) {
    whole.push(copyOf(record));
    // Where it is easily wrong: around ends, within evaluations; and here and there.
    if (record.kind !== "step" || record.terminated || record.step % 13 === 0 || record.step === 1) {
      saved.push(encodeSnapshot({ loop: loop.snapshot(), agent: agent.snapshot(), at: whole.length }));
    }
  }
  assertEquals(new Set(whole.map(({ kind }) => kind)).size, 4);
  for (const bytes of saved) {
    const at = Number(Object(decodeSnapshot(bytes).snapshot).at);
    const resumed = makeLoop({}, bytes);
    assertEquals([...resumed.loop.records()].length, whole.length - at);
    const rest = makeLoop({}, bytes);
    let i = at;
    for (const record of rest.loop.records()) assertEquals(copyOf(record), whole[i++]);
    assertEquals(rest.agent.snapshot(), agent.snapshot());
    assertEquals(rest.loop.snapshot(), loop.snapshot());
  }
});

Deno.test("taking snapshots changes nothing", () => {
  const actions = (saves: boolean) => {
    const { agent, loop } = makeLoop({});
    const taken: number[] = [];
    for (const record of loop.records()) {
      if (record.kind === "step") taken.push(record.action);
      if (saves) encodeSnapshot({ loop: loop.snapshot(), agent: agent.snapshot() });
    }
    return taken;
  };
  assertEquals(actions(true), actions(false));
});

Deno.test("a loop whose budget is used up continues with a larger one", () => {
  const stepsOf = (budget: TrainOptions<Float32Array, number>, bytes?: Uint8Array) => {
    const { agent, loop } = makeLoop(budget, bytes);
    const observations: Float32Array[] = [];
    for (const record of loop.records()) if (record.kind === "step") observations.push(record.observation);
    return { observations, bytes: encodeSnapshot({ loop: loop.snapshot(), agent: agent.snapshot() }) };
  };
  const whole = stepsOf({ steps: 120 });
  for (const budget of [{ steps: 40 }, { episodes: 2 }, { steps: 100 }, { steps: 120 }]) {
    const first = stepsOf(budget);
    const rest = stepsOf({ steps: 120 }, first.bytes);
    assertEquals([...first.observations, ...rest.observations], whole.observations);
    assertEquals(rest.bytes, whole.bytes);
  }
});

Deno.test("a random agent resumes in the middle of an evaluation, whichever is restored first", () => {
  for (const agentFirst of [true, false]) {
    const env = makeEnv("CartPole-v1");
    const agent = new RandomAgent(env, { seed: 4 });
    const evaluation = { env: makeEnv("CartPole-v1"), interval: 20, episodes: 3, seed: 2 };
    const loop = new TrainingLoop(env, agent, { steps: 60, evaluation });
    const whole: unknown[] = [];
    let saved: string | undefined;
    let at = 0;
    for (const record of loop.records()) {
      whole.push(record.kind === "step" ? record.action : record);
      if (record.kind === "evaluation episode" && record.step === 40 && saved === undefined) {
        saved = JSON.stringify(agent.snapshot());
        at = whole.length;
        break;
      }
    }
    const loopSnapshot = loop.snapshot();
    for (const record of loop.records()) whole.push(record.kind === "step" ? record.action : record);

    const otherEnv = makeEnv("CartPole-v1");
    if (!agentFirst) otherEnv.restore(loopSnapshot.env);
    const otherAgent = RandomAgent.from(otherEnv, readRandomAgentSnapshot(JSON.parse(saved!)));
    const options = {
      steps: 60,
      evaluation: { ...evaluation, env: makeEnv("CartPole-v1") },
      resume: loopSnapshot,
    };
    const rest: unknown[] = [];
    for (const record of train(otherEnv, otherAgent, options)) {
      rest.push(record.kind === "step" ? record.action : record);
    }
    assertEquals(rest, whole.slice(at));
    assertEquals(otherAgent.snapshot(), agent.snapshot());
  }
});

Deno.test("a loop over images continues from a file", () => {
  const make = (bytes?: Uint8Array) => {
    const env = new DotEnv();
    if (bytes === undefined) {
      const agent = new RandomAgent(env, { seed: 2 });
      return { agent, loop: new TrainingLoop(env, agent, { seed: 4, steps: 40 }) };
    }
    const saved = Object(decodeSnapshot(bytes).snapshot);
    const agent = RandomAgent.from(env, readRandomAgentSnapshot(saved.agent));
    const { observation, ...rest } = readTrainingSnapshot(saved.loop);
    assert(observation instanceof Uint8Array);
    return {
      agent,
      loop: new TrainingLoop(env, agent, { seed: 4, steps: 40, resume: { ...rest, observation } }),
    };
  };
  const { agent, loop } = make();
  for (const record of loop.records()) if (record.kind === "step" && record.step === 17) break;
  const bytes = encodeSnapshot({ loop: loop.snapshot(), agent: agent.snapshot() });
  const rest = (records: Iterable<unknown>) => Array.from(records, (one) => structuredClone(one));
  const expected = rest(loop.records());
  assert(expected.length > 23);
  assertEquals(rest(make(bytes).loop.records()), expected);
});

Deno.test("a random agent refuses snapshots of another action space", () => {
  const box = makeEnv("Pendulum-v1");
  const good = new RandomAgent(box).snapshot();
  const bad = { ...good, greedyExploration: { state: "x", increment: "1", buffered: null } };
  assertThrows(() => RandomAgent.from(box, bad), TypeError, "state must be 32 hexadecimal digits");
  assertThrows(
    () => readRandomAgentSnapshot({ ...good, isGreedy: 1 }),
    TypeError,
    "isGreedy must be true or false",
  );
  assertThrows(
    () => readRandomAgentSnapshot({ ...good, exploration: [{}] }),
    TypeError,
    "exploration.0.buffered must be a number, got undefined",
  );
});

Deno.test("a loop refuses snapshots that do not fit", () => {
  const { agent, loop } = makeLoop({});
  assertThrows(() => loop.snapshot(), Error, "it must have yielded a record, got none");
  for (const record of loop.records()) if (record.kind === "evaluation") break;
  const saved = loop.snapshot();
  const resume = (changed: Partial<typeof saved>, options: TrainOptions<Float32Array, number> = {}) => () =>
    train(makeWrapped(), agent, {
      evaluation: { env: makeWrapped(), interval: 50, episodes: 3, seed: 5 },
      ...options,
      resume: { ...saved, ...changed },
    }).next();
  assertThrows(
    resume({ step: 0 }),
    RangeError,
    "Cannot resume training: step must be a whole number from 1, got 0",
  );
  assertThrows(resume({ episode: -1 }), RangeError, "episode must be a whole number from 0, got -1");
  assertThrows(
    resume({}, { evaluation: undefined }),
    TypeError,
    "evaluation must be as in the snapshot, got none",
  );
  assertThrows(resume({ env: {} }), Error, "Cannot restore");
  for (const name of ["episodeReturn", "lossSum", "meanQSum"] as const) {
    assertThrows(resume({ [name]: NaN }), RangeError, `${name} must be finite, got NaN`);
  }
  assertThrows(
    resume({ evaluationReturns: [1, Infinity] }),
    RangeError,
    "evaluationReturns must be finite, got Infinity",
  );
  assertThrows(
    resume({ observation: new Float32Array([NaN]) }),
    RangeError,
    "the observation must be finite",
  );
});

Deno.test("a loop that was left continues where it was, and never twice at a time", () => {
  const stepsOf = (loop: TrainingLoop<Float32Array, number>) => {
    const steps: unknown[] = [];
    for (const record of loop.records()) steps.push(record.kind === "step" ? record.action : record);
    return steps;
  };
  const whole = stepsOf(makeLoop({}).loop);
  const { loop } = makeLoop({});
  const parts: unknown[] = [];
  for (let left = 7; parts.length < whole.length; left += 5) {
    const before = parts.length;
    for (const record of loop.records()) {
      parts.push(record.kind === "step" ? record.action : record);
      if (parts.length - before === left) break;
    }
  }
  assertEquals(parts, whole);

  const other = makeLoop({}).loop;
  const [first, second] = [other.records(), other.records()];
  first.next();
  assertThrows(
    () => second.next(),
    Error,
    "an earlier generator of records must have ended, got an open one",
  );
  first.return();
  assertEquals(other.records().next().done, false);
});
