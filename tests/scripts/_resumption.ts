import { decodeCheckpoint, encodeCheckpoint } from "../../scripts/run/checkpoint.ts";
import { policyOnnx } from "../../scripts/run/policy_onnx.ts";
import { familyOf } from "../../scripts/settings/agents.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { prepareRun, type RunListener } from "../../scripts/run/run.ts";
import { episodesCsv, evaluationsCsv, policyFile, summaryOf } from "../../scripts/run_folder/run_files.ts";
import type { AgentName, Settings } from "../../scripts/settings/settings.ts";

/** Small settings: learning from step 40 on, targets every 60 steps, an evaluation every 100. */
export function small(agent: AgentName, env: string, changed: Partial<Settings> = {}): Settings {
  return {
    ...presetSettings({ agent, env }),
    seed: 3,
    steps: 240,
    hidden: [9],
    batchSize: 8,
    bufferSize: 150,
    learningStarts: 40,
    targetUpdateInterval: agent === "q-network" ? 1 : 60,
    epsilonDecaySteps: 200,
    priorityBetaSteps: 200,
    evalInterval: 100,
    evalEpisodes: 2,
    stopAtReturn: null,
    ...changed,
  };
}

/** Everything that a run leaves behind, but for the time it took. */
export interface Leavings {
  summary: Record<string, unknown>;
  episodes: string;
  evaluations: string;
  policy: Uint8Array | undefined;
  onnx: Uint8Array | undefined;
  /** Optimizer moments, replay, streams and all. */
  checkpoint: Uint8Array | undefined;
}

/** Makes a run, or the rest of one. */
export async function leavingsOf(
  settings: Settings,
  checkpoint: Uint8Array | undefined,
  listener: RunListener = {},
): Promise<Leavings> {
  const snapshot = checkpoint === undefined ? undefined : (await decodeCheckpoint(checkpoint)).snapshot;
  const prepared = prepareRun(settings, snapshot);
  let last: Uint8Array | undefined;
  const run = await prepared.start({
    ...listener,
    onTrained: async () => {
      last = await encodeCheckpoint(settings, prepared.snapshot());
    },
  });
  const { wall_seconds: _, steps_per_second: __, kernel: ___, ...summary } = summaryOf(settings, run, 1);
  const hasNetwork = familyOf(settings.agent).policy === "network";
  return {
    summary,
    episodes: episodesCsv(run),
    evaluations: evaluationsCsv(run),
    policy: policyFile(settings, run),
    onnx: hasNetwork && run.policy !== undefined ? policyOnnx(settings, run.policy) : undefined,
    checkpoint: last,
  };
}

/** A run, and what it could have been continued from at steps of one's choice, and within each evaluation. */
export async function leavingsWithCuts(
  settings: Settings,
  cuts: readonly number[],
): Promise<{ whole: Leavings; checkpoints: Map<string, Uint8Array> }> {
  const prepared = prepareRun(settings);
  const waiting: [string, Promise<Uint8Array>][] = [];
  const cut = (name: string) => {
    waiting.push([name, encodeCheckpoint(settings, prepared.snapshot())]);
  };
  let evaluated = 0;
  let last: Uint8Array | undefined;
  const run = await prepared.start({
    onStep: ({ step }) => {
      if (cuts.includes(step)) cut(`step ${step}`);
    },
    onEvaluation: ({ step }) => {
      evaluated = step;
      cut(`after the evaluation at step ${step}`);
    },
    pause: () => {
      const { step } = prepared.run;
      const isWithin = settings.evalInterval !== null && step % settings.evalInterval === 0;
      if (isWithin && evaluated !== step && last === undefined) cut(`within the evaluation at step ${step}`);
      return Promise.resolve(false);
    },
    onTrained: async () => {
      last = await encodeCheckpoint(settings, prepared.snapshot());
      cut("the end");
    },
  });
  const checkpoints = new Map<string, Uint8Array>();
  for (const [name, bytes] of waiting) checkpoints.set(name, await bytes);
  const { wall_seconds: _, steps_per_second: __, kernel: ___, ...summary } = summaryOf(settings, run, 1);
  const whole: Leavings = {
    summary,
    episodes: episodesCsv(run),
    evaluations: evaluationsCsv(run),
    policy: policyFile(settings, run),
    onnx: run.policy !== undefined && familyOf(settings.agent).policy === "network"
      ? policyOnnx(settings, run.policy)
      : undefined,
    checkpoint: last,
  };
  return { whole, checkpoints };
}
