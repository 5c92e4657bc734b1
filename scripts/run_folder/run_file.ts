/** Every file that a run may leave in its folder; the index of the others comes first. */
export const RUN_FILES = [
  "SHA256SUMS",
  "config.json",
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

/** What is drawn once a run has ended, and out of date when it goes on. */
export const DRAWN_FILES: readonly RunFile[] = ["reward.svg", "policy.gif", "q_table.svg", "report.html"];

/** What comes from elsewhere or grows while a run goes on: it is listed in the index only when the run has ended. */
export const LATE_FILES: readonly RunFile[] = [
  ...DRAWN_FILES,
  "policy.svg",
  "policy.mp4",
  "policy.webm",
  "state.svg",
  "events.out.tfevents.0.bellman",
];

/** What a run is made of, to be checked before it goes on. */
export const LASTING_FILES: readonly RunFile[] = RUN_FILES.filter((name) =>
  name !== "SHA256SUMS" && !LATE_FILES.includes(name)
);
