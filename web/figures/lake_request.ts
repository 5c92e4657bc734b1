import type { Flags } from "./command_text.ts";

/** States of the lake: its tiles, row by row. */
export const LAKE_STATES = 16;

/** Actions: left, down, right, up. */
export const LAKE_ACTIONS = 4;

/** The tiles of FrozenLake-v1: start, frozen, hole, goal. */
export const LAKE_MAP = ["SFFF", "FHFH", "FFFH", "HFFG"];

/** A step of an agent. */
export interface LakeStep {
  /** Where it was. */
  readonly state: number;
  /** What it did. */
  readonly action: number;
  /** Where it is. */
  readonly next: number;
  /** Whether the episode has ended there. */
  readonly ended: boolean;
}

/** What the figure asks its worker for. */
export type LakeRequest =
  | {
    /** Prepares runs, in place of those before. */
    readonly kind: "prepare";
    /** The flags of `deno task train`, one set for each run. */
    readonly runs: readonly Flags[];
  }
  | {
    /** Makes steps of all runs. */
    readonly kind: "advance";
    readonly steps: number;
  };

/** An agent at one moment. */
export interface LakeAgentState {
  /** The value of each action in each state: four numbers a state. */
  readonly table: Float32Array;
  /** Its last step; undefined before the first. */
  readonly last: LakeStep | undefined;
  /** How often it has reached the goal. */
  readonly reached: number;
  /** The fingerprint of its table or its network; undefined before the end. */
  readonly weights: string | undefined;
}

/** All agents at one moment. */
export interface LakeReply {
  /** Steps made so far. */
  readonly step: number;
  /** Whether no step is left. */
  readonly isDone: boolean;
  readonly agents: readonly LakeAgentState[];
}
