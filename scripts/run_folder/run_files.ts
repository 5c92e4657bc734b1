import { stringify } from "@std/csv";
import { encodeSafetensors } from "../../nn/mod.ts";
import { VERSION } from "../values/package.ts";
import { evaluationRow } from "./evaluation_row.ts";
import { policyOnnx } from "../run/policy_onnx.ts";
import { qTableCsv } from "../run/q_table.ts";
import type { Run } from "../run/run.ts";
import type { RunFile } from "./run_file.ts";
import { NO_SEAL, sealOf, setSeal } from "../run/seal.ts";
import { familyOf } from "../settings/agents.ts";
import type { Settings } from "../settings/settings.ts";

/** The content of `episodes.csv`. */
export function episodesCsv(run: Readonly<Run>): string {
  const columns = [
    "episode",
    ...(run.episodes.some(({ copy }) => copy !== undefined) ? ["copy"] : []),
    "step",
    "return",
    "length",
    "terminated",
    "truncated",
    "epsilon",
    "loss",
    "mean_q",
  ];
  const rows = run.episodes.map((record) => ({ ...record, mean_q: record.meanQ }));
  return stringify(rows, { columns });
}

/** The content of `evaluations.csv`. */
export function evaluationsCsv(run: Readonly<Run>): string {
  const rows = run.evaluations.map(({ step, evaluation }) => ({ step, ...evaluationRow(evaluation) }));
  return stringify(rows, { columns: ["step", "episodes", "mean", "std", "min", "max"] });
}

/** The content of `policy.safetensors`; undefined without a policy. */
export function policyFile(settings: Settings, run: Readonly<Run>): Uint8Array | undefined {
  if (run.policy === undefined) return undefined;
  const { step, tensors } = run.policy;
  const { env, agent } = settings;
  const metadata = { sha256: NO_SEAL, env, agent, step: String(step), version: VERSION };
  const bytes = encodeSafetensors({ tensors, metadata });
  setSeal(bytes, sealOf(bytes));
  return bytes;
}

/** The result files of a run so far: its logs, and the policy that it keeps. */
export function progressFiles(settings: Settings, run: Readonly<Run>): [RunFile, string | Uint8Array][] {
  const files: [RunFile, string | Uint8Array][] = [
    ["episodes.csv", episodesCsv(run)],
    ["evaluations.csv", evaluationsCsv(run)],
  ];
  const policy = policyFile(settings, run);
  if (policy === undefined || run.policy === undefined) return files;
  files.push(["policy.safetensors", policy]);
  const { policy: kind } = familyOf(settings.agent);
  if (kind === "table") files.push(["q_table.csv", qTableCsv(settings, run.policy.tensors)]);
  if (kind === "network") files.push(["policy.onnx", policyOnnx(settings, run.policy)]);
  return files;
}

/** The content of `summary.json`. */
export function summaryOf(
  settings: Settings,
  run: Readonly<Run>,
  wallSeconds: number,
): Record<string, unknown> {
  const { evaluation, policy } = run;
  return {
    env: settings.env,
    agent: settings.agent,
    seed: settings.seed,
    preset: settings.preset,
    ...(settings.bufferSha256 === null ? { env_steps: run.step } : { env_steps: 0, offline_steps: run.step }),
    gradient_steps: run.gradientSteps,
    episodes: run.episodes.length,
    stopped_by: run.stopReason ?? null,
    wall_seconds: wallSeconds,
    steps_per_second: wallSeconds > 0 ? run.step / wallSeconds : null,
    evaluation: evaluation === undefined ? null : evaluationRow(evaluation),
    policy_step: policy?.step ?? null,
    policy_sha256: policy?.hash ?? null,
    weights_sha256: run.weightsHash ?? null,
    trajectory_sha256: run.trajectoryHash,
    kernel: run.kernel ?? null,
    ...(run.replayLostAt.length > 0 ? { replay_lost_at: run.replayLostAt } : {}),
    ...(run.versionChanges.length > 0 ? { version_changes: run.versionChanges } : {}),
    versions: { bellman: VERSION, deno: Deno.version.deno, v8: Deno.version.v8 },
  };
}
