import type { Action, Env, Observation } from "../envs/env.ts";
import { actionMaskOf } from "./_action_mask_of.ts";
import type { Agent } from "./agent.ts";

/** Plays one episode greedily, from a seed or from where the environment's stream is, and returns its return. */
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
    if (step.terminated || step.truncated) return episodeReturn;
  }
}
