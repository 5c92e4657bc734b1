/**
 * Messages between the figure on MountainCar and its workers.
 *
 * @module
 */

import type { AssignmentOptions } from "../../scripts/sweep/assignment_plan.ts";
import type { Language } from "../site/languages.ts";
import type { Flags } from "./command_text.ts";
import type { Film } from "./greedy_film.ts";
import type { StateMap } from "./mountain_car_map.ts";

/** What to do. */
export type MountainCarRequest =
  | { readonly kind: "train"; readonly flags: Flags }
  | SearchRequest;

/** A search, and the language of the page to hand in. */
export interface SearchRequest extends AssignmentOptions {
  readonly kind: "search";
  readonly language: Language;
}

/** A run so far. */
export interface LearningReply {
  readonly kind: "learning";
  /** Its hyperparameters as text. */
  readonly settings: readonly string[];
  /** Environment steps taken. */
  readonly step: number;
  /** Return of each episode. */
  readonly returns: readonly number[];
  /** What the agent thinks of each state. */
  readonly map: StateMap;
  /** The end; undefined before. */
  readonly result: LearningResult | undefined;
}

/** The end of a run. */
export interface LearningResult {
  /** What the command prints, without the duration. */
  readonly printed: string;
  /** The best of the greedy episodes. */
  readonly film: Film;
}

/** A trial of the search so far. */
export interface TrialRow {
  /** Its number, from 1. */
  readonly trial: number;
  /** Its hyperparameters, as on the command line. */
  readonly values: readonly string[];
  /** Environment steps of its last run; undefined before its first. */
  readonly steps: number | undefined;
  /** Mean return of its policy; undefined before the end of its first run. */
  readonly score: number | undefined;
}

/** The search so far. */
export interface SearchReply {
  readonly kind: "search";
  /** Names of the hyperparameters searched. */
  readonly names: readonly string[];
  /** The trials, best first. */
  readonly trials: readonly TrialRow[];
  /** The part done of the run in progress, and how many runs have ended of how many. */
  readonly progress: { readonly part: number; readonly ended: number; readonly of: number };
  /** What to hand in; undefined before the end. */
  readonly result: HandIn | undefined;
}

/** What to hand in. */
export interface HandIn {
  /** The best hyperparameters: name and value. */
  readonly best: readonly (readonly [string, string])[];
  /** Total reward of each episode. */
  readonly returns: readonly number[];
  /** The maximum total reward of the greedy episodes, and their mean. */
  readonly maximum: number;
  readonly mean: number;
  /** Number of greedy episodes. */
  readonly episodes: number;
  /** The episode with the maximum. */
  readonly film: Film;
  /** The page, as HTML. */
  readonly page: string;
}

/** What a worker answers. */
export type MountainCarReply = LearningReply | SearchReply;
