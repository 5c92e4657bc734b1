import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  decodeSnapshot,
  Dqn,
  type DqnOptions,
  encodeSnapshot,
  OfflineTraining,
  RandomAgent,
  readDqnSnapshot,
  readOfflineSnapshot,
  train,
  weightsHash,
} from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";

const SMALL: DqnOptions = { hidden: [16], batchSize: 16, targetUpdateInterval: 40, trainInterval: 3 };
const VARIANTS: Readonly<Record<string, DqnOptions>> = {
  plain: SMALL,
  "prioritized, 3-step, double, dueling": {
    ...SMALL,
    prioritized: true,
    nStep: 3,
    double: true,
    dueling: true,
  },
  "noisy, quantiles, several gradient steps": {
    ...SMALL,
    noisy: true,
    distribution: "qr",
    atoms: 5,
    gradientSteps: 2,
  },
};

/** An agent that has stored 200 steps of random play. */
function withSteps(options: DqnOptions): Dqn {
  const env = makeEnv("CartPole-v1");
  const agent = new Dqn(env, options);
  for (const record of train(env, new RandomAgent(env, { seed: 1 }), { seed: 1, steps: 200 })) {
    if (record.kind === "step") agent.store(record);
  }
  return agent;
}

const evaluation = () => ({ env: makeEnv("CartPole-v1"), interval: 70, episodes: 2, seed: 5 });

for (const [name, options] of Object.entries(VARIANTS)) {
  Deno.test(`offline training resumes after any record to the same bits: ${name}`, () => {
    const whole = withSteps(options);
    const records = [...new OfflineTraining(whole, { steps: 150, evaluation: evaluation() }).records()];
    assertEquals(records.filter(({ kind }) => kind === "offline step").length, 150);
    assertEquals(records.filter(({ kind }) => kind === "evaluation").map(({ step }) => step), [70, 140]);
    assertEquals(whole.gradientSteps, 50 * (options.gradientSteps ?? 1));
    // Records 70 to 73 are the step before the first evaluation, its two episodes, and the evaluation.
    for (const stop of [1, 70, 71, 72, 73, 100]) {
      const agent = withSteps(options);
      const first = new OfflineTraining(agent, { steps: 150, evaluation: evaluation() });
      let seen = 0;
      for (const _ of first.records()) if (++seen === stop) break;
      const bytes = encodeSnapshot({ agent: agent.snapshot(), loop: first.snapshot() });
      const { agent: saved, loop } = Object(decodeSnapshot(bytes).snapshot);
      const resumed = Dqn.from(makeEnv("CartPole-v1"), options, readDqnSnapshot(saved));
      const rest = new OfflineTraining(resumed, {
        steps: 150,
        evaluation: evaluation(),
        resume: readOfflineSnapshot(loop),
      });
      const left = [...rest.records()];
      assertEquals(seen + left.length, records.length);
      assertEquals(left.at(-1)?.kind, records.at(-1)?.kind);
      assertEquals(resumed.snapshot(), whole.snapshot(), `after record ${stop}`);
    }
  });
}

Deno.test("evaluating offline, more often or never, changes no weight, in either kernel", () => {
  const hashes = (["simd", "reference"] as const).flatMap((kernel) =>
    [undefined, evaluation()].map((evaluation) => {
      const agent = withSteps({ ...SMALL, kernel });
      for (const _ of new OfflineTraining(agent, { steps: 150, evaluation }).records());
      return weightsHash(agent.onlineNetwork);
    })
  );
  assertEquals([...new Set(hashes)], ["46fe1f5a07b59b56d7e159ad557a08b23b337042046b777fc1da9889c7f6d2bf"]);
});

Deno.test("storing neither counts a step nor learns", () => {
  const agent = withSteps({ ...SMALL, learningStarts: 1 });
  const before = agent.onlineNetwork.parameters.slice();
  const { steps, episodes, replayBuffer } = agent.snapshot();
  assertEquals([steps, episodes, agent.gradientSteps, replayBuffer.added], [0, 0, 0, 200]);
  assertEquals(agent.onlineNetwork.parameters, before);
  assertEquals(agent.learn(), undefined);
  assertEquals(agent.learn(), undefined);
  const learned = agent.learn();
  assert(learned !== undefined && learned.loss > 0);
});

Deno.test("offline training refuses an agent without transitions, and options out of range", () => {
  const agent = new Dqn(makeEnv("CartPole-v1"), { trainInterval: 1 });
  assertThrows(() => agent.learn(), RangeError, "it must hold a transition, got none");
  assertThrows(
    () => new OfflineTraining(agent, { steps: 0 }),
    RangeError,
    "steps must be a whole number from 1",
  );
  const resume = new OfflineTraining(agent).snapshot();
  assertThrows(
    () => new OfflineTraining(agent, { resume }),
    RangeError,
    "step must be a whole number from 1",
  );
  assertThrows(
    () => new OfflineTraining(agent, { resume: { ...resume, step: 1, evaluationReturns: [NaN] } }),
    RangeError,
    "evaluationReturns must be finite, got NaN",
  );
  const odd = { ...resume, next: "episode" };
  assertThrows(() => readOfflineSnapshot(odd), TypeError, "next must be");
});
