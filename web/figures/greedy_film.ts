/**
 * Films of greedy episodes.
 *
 * @module
 */

import { type Evaluation, randomStream } from "@bellman/dqn/agents";
import { envSpec, type Scene } from "@bellman/dqn/envs";
import { actionMaskIn } from "../../scripts/run/action_mask.ts";
import type { RunAgent } from "../../scripts/run/agent_behaviour.ts";
import { makeRunEnv } from "../../scripts/run/run_env.ts";
import type { Settings } from "../../scripts/settings/settings.ts";

/** Pictures per second where the environment names none. */
const RATE = 30;

/** An episode, picture by picture. */
export interface Film {
  /** A picture for each state, from the first one on. */
  readonly scenes: readonly Scene[];
  /** Pictures per second at real speed. */
  readonly rate: number;
  /** The sum of its rewards. */
  readonly return: number;
  /** Number of episodes that it was chosen from. */
  readonly of: number;
}

/**
 * Plays the final evaluation of a run once more, up to its best episode, and films that one.
 *
 * @param agent The agent of a run that has ended, with the kept policy.
 * @param settings Of the run.
 * @param evaluation Its final evaluation.
 * @returns The first episode with the highest return.
 */
export function filmBest(
  agent: RunAgent["agent"],
  settings: Settings,
  { returns }: Pick<Evaluation, "returns">,
): Film {
  const highest = returns.reduce((a, b) => Math.max(a, b));
  const best = returns.indexOf(highest);
  const env = makeRunEnv(settings);
  let scenes: Scene[] = [];
  let total = 0;
  for (let episode = 0; episode <= best; episode++) {
    const seed = randomStream(settings.seed, "final evaluation").nextUint32();
    let { observation, info } = env.reset(episode === 0 ? { seed } : {});
    scenes = [env.render()];
    total = 0;
    for (let over = false; !over;) {
      const result = env.step(agent.act(observation, { greedy: true, actionMask: actionMaskIn(info) }));
      ({ observation, info } = result);
      total += result.reward;
      over = result.terminated || result.truncated;
      if (episode === best) scenes.push(env.render());
    }
  }
  return { scenes, rate: envSpec(settings.env).renderFps ?? RATE, return: total, of: returns.length };
}
