/** All files that a run may write into its folder; the index comes first. */
export const RUN_FILES = [
  "SHA256SUMS",
  "config.json",
  "init_weights.bin",
  "buffer.safetensors",
  "checkpoint.safetensors",
  "episodes.csv",
  "evaluations.csv",
  "summary.json",
  "policy.safetensors",
  "policy.onnx",
  "q_table.csv",
  "q_table.svg",
  "reward.svg",
  "policy.gif",
  "policy.svg",
  "policy.mp4",
  "policy.webm",
  "state.svg",
  "report.html",
  "events.out.tfevents.0.bellman",
] as const;
/** A name of {@linkcode RUN_FILES}. */
export type RunFile = typeof RUN_FILES[number];

/** Files drawn once a run has ended, which are outdated when it is resumed. */
export const DRAWN_FILES: readonly RunFile[] = ["reward.svg", "policy.gif", "q_table.svg", "report.html"];

/** Files that are written by others or grow during a run: the index lists them only when the run has ended. */
export const LATE_FILES: readonly RunFile[] = [
  ...DRAWN_FILES,
  "policy.svg",
  "policy.mp4",
  "policy.webm",
  "state.svg",
  "events.out.tfevents.0.bellman",
];

/** Files of a run's state, which are checked before it resumes. */
export const LASTING_FILES: readonly RunFile[] = RUN_FILES.filter((name) =>
  name !== "SHA256SUMS" && !LATE_FILES.includes(name)
);
