import { stringify } from "@std/csv";
import { VERSION } from "../values/package.ts";
import type { ComparisonRow } from "./comparison.ts";
import { markdownTable } from "../cli/table.ts";

/** `results.csv`: one line per agent and environment; independent of the machine. */
export function resultsCsv(rows: readonly ComparisonRow[]): string {
  const records = rows.map((row) => ({
    ...row,
    iqm_low: row.interval.low,
    iqm_high: row.interval.high,
    threshold_steps: row.thresholdSteps,
    env_steps: row.envSteps,
  }));
  const columns = [
    "env",
    "agent",
    "runs",
    "failed",
    "mean",
    "std",
    "iqm",
    "iqm_low",
    "iqm_high",
    "threshold",
    "reached",
    "threshold_steps",
    "env_steps",
  ];
  return stringify(records, { columns });
}

/** `times.csv`: seconds, measured on one machine. */
export function timesCsv(rows: readonly ComparisonRow[]): string {
  const records = rows.map((row) => ({ ...row, threshold_seconds: row.thresholdSeconds }));
  return stringify(records, { columns: ["env", "agent", "threshold_seconds", "seconds"] });
}

/**
 * The same as JSON, with the seconds and the return of each seed.
 *
 * @param rows One per agent and environment.
 * @param facts The comparison and the folder of its results.
 * @returns One object, its numbers not rounded.
 */
export function resultsJson(
  rows: readonly ComparisonRow[],
  facts: Pick<ReportFacts, "suite" | "command" | "workers" | "remarks"> & { readonly savedIn: string },
): string {
  const { suite, command, workers, remarks, savedIn } = facts;
  const results = rows.map((row) => ({
    env: row.env,
    agent: row.agent,
    runs: row.runs,
    failed: row.failed,
    mean: row.mean,
    std: row.std,
    iqm: row.iqm,
    iqm_low: row.interval.low,
    iqm_high: row.interval.high,
    threshold: row.threshold ?? null,
    reached: row.reached,
    threshold_steps: row.thresholdSteps ?? null,
    threshold_seconds: row.thresholdSeconds ?? null,
    env_steps: row.envSteps,
    seconds: row.seconds,
    returns: row.scores,
  }));
  return JSON.stringify(
    { suite, command, version: VERSION, workers, results, remarks, saved_in: savedIn },
    null,
    2,
  );
}

/** The facts in a section of BENCHMARKS.md besides its table. */
export interface ReportFacts {
  /** The section's name. */
  readonly name: string;
  /** The suite that the comparison is of. */
  readonly suite: string;
  /** The command that printed it. */
  readonly command: string;
  /** Parallel runs. */
  readonly workers: number;
  /** A picture for each environment: its name, and its path relative to the file of the section. */
  readonly pictures: readonly { readonly env: string; readonly path: string }[];
  /** Runs that were left out or failed. */
  readonly remarks: readonly string[];
}

/** A section of BENCHMARKS.md. */
export function reportMarkdown(rows: readonly ComparisonRow[], facts: ReportFacts): string {
  const count = (value: number | undefined) =>
    value === undefined ? "–" : Math.round(value).toLocaleString("en");
  // Small returns need more digits.
  const digits = ({ mean, std }: ComparisonRow) => Math.abs(mean) + std < 2 ? 3 : 1;
  const header = [
    "environment, agent",
    "seeds",
    "return",
    "IQM",
    "95 % interval",
    "solved at",
    "solved by",
    "after steps",
    "after s",
    "s per run",
  ];
  const table = markdownTable(
    header,
    rows.map((row) => [
      `${row.env}, ${row.agent}`,
      row.failed === 0 ? String(row.runs) : `${row.runs} (${row.failed} failed)`,
      `${row.mean.toFixed(digits(row))} ± ${row.std.toFixed(digits(row))}`,
      row.iqm.toFixed(digits(row)),
      `${row.interval.low.toFixed(digits(row))} to ${row.interval.high.toFixed(digits(row))}`,
      row.threshold === undefined ? "–" : String(row.threshold),
      row.threshold === undefined ? "–" : `${row.reached} of ${row.runs}`,
      count(row.thresholdSteps),
      row.thresholdSeconds === undefined ? "–" : row.thresholdSeconds.toFixed(1),
      row.seconds.toFixed(1),
    ]),
  );
  const seeds = rows.map((row) => {
    const scores = row.scores.map((score) => score.toFixed(digits(row)));
    return `- ${row.env}, ${row.agent}: ${scores.join(", ")}`;
  });
  const remarks = facts.remarks.length === 0
    ? ""
    : `\n\n${facts.remarks.map((text) => `- ${text}`).join("\n")}`;
  const pictures = facts.pictures.map(({ env, path }) => `![${env}](${path})`).join("\n\n");
  const title = facts.name === facts.suite ? "Suite" : `Suite \`${facts.suite}\`:`;
  return `## ${title} \`${facts.name}\`

\`${facts.command}\`, with @bellman/dqn ${VERSION}.

${table}${remarks}

Return: mean ± standard deviation over seeds of each run's kept policy, on held-out greedy episodes.
IQM: interquartile mean, without the highest and the lowest quarter of the seeds, with its bootstrap interval (Agarwal et
al. 2021). Solved: seeds whose evaluations during training (or, if there were none, whose last 100 episodes) reached
the environment's threshold, and the median number of environment steps until then. Seconds are those of one machine
with ${facts.workers} ${
    facts.workers === 1 ? "run" : "runs"
  } in parallel (Deno ${Deno.version.deno}); all other numbers
are the same on every machine. In the pictures, a run that stopped at its goal keeps the return that it stopped at.

The return of each seed, in order:

${seeds.join("\n")}

${pictures}
`;
}

/**
 * Puts a section into BENCHMARKS.md, replacing the older one of the same name.
 *
 * @param document The whole document; empty if there is none yet.
 * @param name The name of the section.
 * @param section Its text.
 * @returns The new document.
 */
export function withSection(document: string, name: string, section: string): string {
  const [start, end] = [`<!-- suite ${name} -->`, `<!-- end of suite ${name} -->`];
  const block = `${start}\n\n${section.trim()}\n\n${end}\n`;
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from >= 0 && to >= from) {
    return document.slice(0, from) + block + document.slice(to + end.length).replace(/^\n/, "");
  }
  const head = document.trim() === "" ? "# Benchmarks" : document.trim();
  return `${head}\n\n${block}`;
}
