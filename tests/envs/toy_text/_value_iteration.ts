import type { TabularEnv } from "../../../envs/mod.ts";

/** Options of value iteration. */
export interface ValueIterationOptions {
  /** What the next state's value counts; by default as much as a reward. */
  discount?: number;
  /** How many steps are left; by default as many as it takes until no value changes by more than 1e-12. */
  horizon?: number;
}

/** The expected return of one action in a state, given what states are worth. */
export function actionValue(
  env: TabularEnv,
  values: ArrayLike<number>,
  state: number,
  action: number,
  discount = 1,
): number {
  let sum = 0;
  for (const [probability, next, reward, terminated] of env.transitions(state, action)) {
    sum += probability * (reward + (terminated ? 0 : discount * values[next]!));
  }
  return sum;
}

/** What each state is worth when every action is the best one. */
export function optimalValues(env: TabularEnv, options: ValueIterationOptions = {}): Float64Array {
  const { discount = 1, horizon = Infinity } = options;
  let values = new Float64Array(env.observationSpace.n);
  for (let sweep = 0; sweep < horizon; sweep++) {
    const next = values.map((_, state) => {
      const actions = Array.from({ length: env.actionSpace.n }, (_, action) => action);
      return Math.max(...actions.map((action) => actionValue(env, values, state, action, discount)));
    });
    const change = Math.max(...next.map((value, state) => Math.abs(value - values[state]!)));
    values = next;
    if (horizon === Infinity && change < 1e-12) break;
  }
  return values;
}

/** What an episode is worth under a policy, of as many steps at most. */
export function policyReturn(env: TabularEnv, policy: readonly number[], horizon: number): number {
  let values = new Float64Array(env.observationSpace.n);
  for (let sweep = 0; sweep < horizon; sweep++) {
    values = values.map((_, state) => actionValue(env, values, state, policy[state]!));
  }
  return fromStart(env, values);
}

/** What an episode is worth from its start on. */
export function optimalReturn(env: TabularEnv, options?: ValueIterationOptions): number {
  return fromStart(env, optimalValues(env, options));
}

function fromStart(env: TabularEnv, values: Float64Array): number {
  return env.initialDistribution.reduce((sum, probability, state) => sum + probability * values[state]!, 0);
}

/** The best action in each state; the first of equals. */
export function optimalPolicy(env: TabularEnv, options: ValueIterationOptions = {}): number[] {
  const values = optimalValues(env, options);
  return Array.from(values, (_, state) => {
    const actions = Array.from({ length: env.actionSpace.n }, (_, action) => action);
    const worth = actions.map((action) => actionValue(env, values, state, action, options.discount));
    return worth.indexOf(Math.max(...worth));
  });
}
