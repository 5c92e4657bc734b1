import { parse } from "@std/csv";
import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { readSettings } from "../settings/read_settings.ts";
import { type JsonObject, jsonObject } from "../values/json_object.ts";
import { readFile } from "../cli/read_file.ts";
import type { EvaluationRow } from "./evaluation_row.ts";
import type { Settings } from "../settings/settings.ts";
import { attempt } from "../cli/usage_error.ts";

/** A row of `episodes.csv`. */
export interface SavedEpisode {
  /** Number of the episode, from 1. */
  readonly episode: number;
  /** Environment step at which it ended. */
  readonly step: number;
  /** Sum of its rewards. */
  readonly return: number;
  /** Probability of a random action at its end; undefined for agents without one. */
  readonly epsilon: number | undefined;
  /** Mean loss of its gradient steps; undefined if there were none. */
  readonly loss: number | undefined;
  /** Mean Q-value of its mini-batches; undefined if there were none. */
  readonly meanQ: number | undefined;
}

/** A row of `evaluations.csv`. */
export interface SavedEvaluation extends EvaluationRow {
  readonly step: number;
}

/** The part of `summary.json` that pictures and reports need. */
export interface SavedSummary {
  readonly envSteps: number;
  /** Steps of learning from recorded transitions; null for a run that acted. */
  readonly offlineSteps: number | null;
  readonly gradientSteps: number;
  /** Number of finished episodes; undefined in summaries without it. */
  readonly episodes: number | undefined;
  readonly stoppedBy: string | null;
  readonly wallSeconds: number;
  readonly stepsPerSecond: number | null;
  readonly evaluation: EvaluationRow | null;
  readonly policyStep: number | null;
  readonly policyHash: string | null;
  readonly weightsHash: string | null;
  readonly trajectoryHash: string;
  readonly kernel: string | null;
  readonly versions: Readonly<Record<string, string>>;
}

/** A run read from its folder. */
export interface SavedRun {
  readonly settings: Settings;
  readonly summary: SavedSummary;
  readonly episodes: readonly SavedEpisode[];
  readonly evaluations: readonly SavedEvaluation[];
}

/** The files that a run is read from. */
export const SAVED_FILES = ["config.json", "summary.json", "episodes.csv", "evaluations.csv"] as const;
/** The most bytes of a file that a run is read from: a log of some million episodes. */
const MOST_BYTES = 256_000_000;
/** The most characters of a line of a log. */
const MOST_LINE = 1_000;
/** Of configuration and summary. */
const BOUNDS = { depth: 32, length: 10_000_000 };

/** The text of each file that a run is read from. */
export type RunTexts = Readonly<Record<typeof SAVED_FILES[number], string>>;

/**
 * Reads the run of a folder.
 *
 * @param folder Its path.
 * @throws {UsageError} If a file is missing, or is not as train writes it.
 */
export function readSavedRun(folder: string): SavedRun {
  const text = (file: string) => new TextDecoder().decode(readFile(`${folder}/${file}`, MOST_BYTES));
  return parseSavedRun({
    "config.json": text("config.json"),
    "summary.json": text("summary.json"),
    "episodes.csv": text("episodes.csv"),
    "evaluations.csv": text("evaluations.csv"),
  }, folder);
}

/**
 * Reads a run from the text of its files.
 *
 * @param texts The files.
 * @param folder Their folder, for messages.
 * @throws {UsageError} If a file is not as train writes it.
 */
export function parseSavedRun(texts: RunTexts, folder: string): SavedRun {
  const read = <T>(file: keyof RunTexts, parser: (text: string) => T): T =>
    attempt(() => parser(texts[file]), `Cannot read ${folder}/${file}: `);
  const settings = read(
    "config.json",
    (text) => readSettings({ values: new Map(), words: [] }, parseBoundedJson(text, BOUNDS)),
  );
  const summary = read(
    "summary.json",
    (text) => summaryOf(jsonObject(parseBoundedJson(text, BOUNDS), "the summary")),
  );
  const episodes = read("episodes.csv", (text) => {
    const rows = rowsOf(text, ({ needed, optional }) => ({
      episode: needed("episode"),
      step: needed("step"),
      return: needed("return"),
      epsilon: optional("epsilon"),
      loss: optional("loss"),
      meanQ: optional("mean_q"),
    }));
    requireOrder(rows);
    const odd = rows.findIndex(({ episode }, i) => episode !== i + 1);
    if (odd >= 0) {
      throw new SyntaxError(`episode of row ${odd + 1} must be ${odd + 1}, got ${rows[odd]!.episode}`);
    }
    // A resumed run may have more episodes than when it was interrupted.
    const { episodes: least } = summary;
    if (least !== undefined && rows.length < least) {
      throw new SyntaxError(`it must have the ${least} episodes of summary.json, got ${rows.length}`);
    }
    return rows;
  });
  const evaluations = read("evaluations.csv", (text) => {
    const rows = rowsOf(text, ({ needed }) => ({
      step: needed("step"),
      mean: needed("mean"),
      min: needed("min"),
      max: needed("max"),
      episodes: needed("episodes"),
      std: needed("std"),
    }));
    requireOrder(rows);
    return rows;
  });
  return { settings, summary, episodes, evaluations };
}

/** Checks that steps increase. */
function requireOrder(rows: readonly { step: number }[]): void {
  const odd = rows.findIndex(({ step }, i) => !Number.isSafeInteger(step) || step < (rows[i - 1]?.step ?? 0));
  if (odd < 0) return;
  const least = rows[odd - 1]?.step ?? 0;
  throw new SyntaxError(
    `step of row ${odd + 1} must be a whole number from ${least}, got ${rows[odd]!.step}`,
  );
}

function summaryOf(summary: JsonObject): SavedSummary {
  const optionalNumber = (name: string) => summary.optional(name, (object) => object.number(name));
  const optionalText = (name: string) => summary.optional(name, (object) => object.text(name));
  const versions = summary.object("versions");
  return {
    envSteps: summary.number("env_steps"),
    offlineSteps: summary.value("offline_steps") === undefined ? null : summary.number("offline_steps"),
    gradientSteps: summary.number("gradient_steps"),
    episodes: summary.value("episodes") === undefined ? undefined : summary.number("episodes"),
    stoppedBy: optionalText("stopped_by"),
    wallSeconds: summary.number("wall_seconds"),
    stepsPerSecond: optionalNumber("steps_per_second"),
    evaluation: summary.optional("evaluation", (object) => {
      const evaluation = object.object("evaluation");
      return {
        episodes: evaluation.number("episodes"),
        mean: evaluation.number("mean"),
        std: evaluation.number("std"),
        min: evaluation.number("min"),
        max: evaluation.number("max"),
      };
    }),
    policyStep: optionalNumber("policy_step"),
    policyHash: optionalText("policy_sha256"),
    weightsHash: optionalText("weights_sha256"),
    trajectoryHash: summary.text("trajectory_sha256"),
    kernel: optionalText("kernel"),
    versions: Object.fromEntries(["bellman", "deno", "v8"].map((name) => [name, versions.text(name)])),
  };
}

/** Reads the cells of a row. */
interface Cells {
  needed(column: string): number;
  /** An empty cell is undefined. */
  optional(column: string): number | undefined;
}

/** A number as train writes it. */
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

function rowsOf<T>(text: string, read: (cells: Cells) => T): T[] {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf("\n", start);
    const length = (end < 0 ? text.length : end) - start;
    if (length > MOST_LINE) {
      throw new SyntaxError(`a line must have at most ${MOST_LINE} characters, got ${length}`);
    }
    start += length + 1;
  }
  return parse(text, { skipFirstRow: true }).map((row, i) => {
    const optional = (column: string) => {
      const cell = row[column];
      if (cell === "") return undefined;
      if (cell !== undefined && NUMBER.test(cell) && Number.isFinite(Number(cell))) return Number(cell);
      throw new SyntaxError(`${column} of row ${i + 1} must be a number, got ${cell ?? "no such column"}`);
    };
    const needed = (column: string) => {
      const value = optional(column);
      if (value === undefined) {
        throw new SyntaxError(`${column} of row ${i + 1} must be a number, got nothing`);
      }
      return value;
    };
    return read({ needed, optional });
  });
}
