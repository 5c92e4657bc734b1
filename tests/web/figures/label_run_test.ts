import { assertEquals, assertThrows } from "@std/assert";
import { Dqn, train } from "../../../agents/mod.ts";
import { makeEnv } from "../../../envs/mod.ts";
import { dqnOptions } from "../../../scripts/run/dqn_options.ts";
import { readSettings } from "../../../scripts/settings/read_settings.ts";
import { LabelRun } from "../../../web/figures/label_run.ts";

const FLAGS = {
  preset: "lecture",
  episodes: "none",
  steps: "120",
  "target-update-episodes": "none",
  "target-update-interval": "40",
};

Deno.test("the label moves only when the target network is copied", () => {
  const labels = [...new LabelRun(FLAGS).advance(1000)].map(({ label }) => label);
  assertEquals(labels.length, 120);
  const changed = labels.flatMap((label, i) => i > 0 && label !== labels[i - 1] ? [i + 1] : []);
  assertEquals(changed, [40, 80, 120]);
});

Deno.test("without a target network the label is that of the newest values", () => {
  const flags = { ...FLAGS, "target-update-interval": "1" };
  const run = new LabelRun(flags);
  const labels = [...run.advance(50), ...run.advance(70)];
  assertEquals([...run.advance(1)], []);

  const env = makeEnv("CartPole-v0");
  const agent = new Dqn(env, dqnOptions(readSettings({ values: new Map(Object.entries(flags)), words: [] })));
  const expected: { label: number; value: number }[] = [];
  let first: { observation: Float32Array; nextObservation: Float32Array; action: number } | undefined;
  for (const record of train(env, agent, { seed: 0, steps: 120 })) {
    if (record.kind !== "step") continue;
    first ??= { ...record };
    const next = Math.max(...agent.qValues(first.nextObservation));
    expected.push({
      label: Math.fround(1 + Math.fround(Math.fround(0.98) * next)),
      value: agent.qValues(first.observation)[first.action]!,
    });
  }
  assertEquals(labels, expected);
});

Deno.test("a run that cannot be watched says why", () => {
  assertThrows(
    () => new LabelRun({ env: "FrozenLake-v1" }),
    TypeError,
    "Cannot watch FrozenLake-v1: its observations must be vectors",
  );
});
