import type { Action, Env, Observation } from "../envs/env.ts";
import { actionMaskOf } from "./_action_mask_of.ts";
import { requireFlags } from "./_check_step.ts";
import type { Agent } from "./agent.ts";

/**
 * Plays one episode greedily, from a seed or from the current position of the environment's stream, and gives its return; throws a
 * RangeError if that is not finite.
 */
export function playEpisode<O extends Observation, A extends Action>(
  env: Env<O, A>,
  agent: Pick<Agent<O, A>, "act">,
  seed: number | undefined,
): number {
  let { observation, info } = env.reset(seed === undefined ? {} : { seed });
  let episodeReturn = 0;
  while (true) {
    const step = env.step(agent.act(observation, { greedy: true, actionMask: actionMaskOf(env, info) }));
    observation = step.observation;
    info = step.info;
    episodeReturn += step.reward;
    requireFlags("play an episode", step);
    if (!step.terminated && !step.truncated) continue;
    if (Number.isFinite(episodeReturn)) return episodeReturn;
    throw new RangeError(
      `Cannot play ${env.id}: the return of an episode must be finite, got ${episodeReturn}`,
    );
  }
}
