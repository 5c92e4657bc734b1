import { assertAlmostEquals, assertGreaterOrEqual, assertLessOrEqual } from "@std/assert";
import { evaluate, QLearning } from "../../agents/mod.ts";
import { CliffWalking, FrozenLake, type TabularEnv, Taxi } from "../../envs/mod.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { prepareRun } from "../../scripts/run/run.ts";
import { isTableEnv } from "../../scripts/run/env_kinds.ts";
import { makeRunEnv } from "../../scripts/run/run_env.ts";
import { blackjackValue } from "../envs/toy_text/_blackjack_values.ts";
import { optimalReturn, policyReturn } from "../envs/toy_text/_value_iteration.ts";

const SEEDS = [0, 1, 2];
const EPISODES = 10_000;

/** Trains as `deno task train --env ID --seed N` does, and plays the policy that was kept on further episodes. */
async function learn(env: string, seed: number) {
  const settings = { ...presetSettings({ env }), seed };
  const { policy } = await prepareRun(settings).start();
  const runEnv = makeRunEnv(settings);
  if (policy === undefined || !isTableEnv(runEnv)) throw new Error(`${env} must be learned by a table`);
  const agent = new QLearning(runEnv);
  agent.setTensors(policy.tensors);
  const { mean, std } = evaluate(runEnv, agent, { episodes: EPISODES });
  return { agent, mean, standardError: std / Math.sqrt(EPISODES) };
}

/**
 * The dynamics of each environment, its steps per episode, and how far below the best policy a learned one may be. The
 * best policy knows how many steps are left, which a table does not: in the large lake, that alone costs 0.025.
 */
const TABULAR: Readonly<Record<string, { dynamics: TabularEnv; horizon: number; tolerance: number }>> = {
  "FrozenLake-v1": { dynamics: new FrozenLake(), horizon: 100, tolerance: 0.005 },
  "FrozenLake8x8-v1": { dynamics: new FrozenLake({ mapName: "8x8" }), horizon: 200, tolerance: 0.04 },
  "CliffWalking-v1": { dynamics: new CliffWalking(), horizon: 1_000, tolerance: 0 },
  "CliffWalkingSlippery-v1": {
    dynamics: new CliffWalking({ isSlippery: true }),
    horizon: 1_000,
    tolerance: 0.5,
  },
  "Taxi-v4": { dynamics: new Taxi(), horizon: 200, tolerance: 0.05 },
};

/** The actions that change a state: what Taxi's mask allows. */
function maskOf(dynamics: TabularEnv, state: number): Uint8Array {
  return Uint8Array.from({ length: dynamics.actionSpace.n }, (_, action) => {
    return dynamics.transitions(state, action).some(([, next]) => next !== state) ? 1 : 0;
  });
}

for (const [id, { dynamics, horizon, tolerance }] of Object.entries(TABULAR)) {
  Deno.test(`the preset for ${id} comes within ${tolerance} of the best policy`, async () => {
    const best = optimalReturn(dynamics, { horizon });
    for (const seed of SEEDS) {
      const { agent, mean, standardError } = await learn(id, seed);
      const policy = Array.from({ length: agent.states }, (_, state) => {
        const actionMask = dynamics.offersActionMask ? maskOf(dynamics, state) : undefined;
        return agent.act(state, { greedy: true, actionMask });
      });
      const expected = policyReturn(dynamics, policy, horizon);
      assertGreaterOrEqual(expected, best - tolerance - 1e-9, `seed ${seed}`);
      assertAlmostEquals(mean, expected, 4 * standardError + 1e-9, `seed ${seed}`);
    }
  });
}

Deno.test("the preset for Blackjack-v1 comes within 0.005 of the best policy", async () => {
  const best = blackjackValue();
  for (const seed of SEEDS) {
    const { agent, mean, standardError } = await learn("Blackjack-v1", seed);
    const expected = blackjackValue((...state) => agent.act(state, { greedy: true }) === 1);
    assertGreaterOrEqual(expected, best - 0.005, `seed ${seed}`);
    assertLessOrEqual(Math.abs(mean - expected), 4 * standardError, `seed ${seed}`);
  }
});
