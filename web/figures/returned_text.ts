/**
 * What an environment returns, as text.
 *
 * @module
 */

import type { StepResult } from "@bellman/dqn/envs";
import { arrayText } from "../../scripts/values/array_text.ts";

/** The last call of an environment. */
export interface LastCall {
  /** The observation that it returned. */
  readonly observation: Float32Array;
  /** The action of `step`; undefined after `reset`. */
  readonly action: number | undefined;
  /** What `step` returned; undefined after `reset`. */
  readonly result: StepResult<Float32Array> | undefined;
  /** The number of the episode, from 1: only the first is reset with a seed. */
  readonly episode: number;
}

/** The last call of the environment and the values that it returned. */
export function returnedText({ observation, action, result, episode }: LastCall, seed: number): string {
  const observed = `observation   ${arrayText(observation)}`;
  if (result === undefined) {
    return [
      `env.reset(${episode === 1 ? `{ seed: ${seed} }` : ""})`,
      observed,
      "info          {}",
      "",
      "",
      "",
    ].join("\n");
  }
  return [
    `env.step(${action})`,
    observed,
    `reward        ${result.reward}`,
    `terminated    ${result.terminated}`,
    `truncated     ${result.truncated}`,
    "info          {}",
  ].join("\n");
}
