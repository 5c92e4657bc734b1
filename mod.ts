/**
 * Deep Q-learning: seeded environments with Gymnasium's numbers, float32 networks, agents. Same seed, same bits, anywhere.
 *
 * ```ts
 * import { Dqn, evaluate, makeEnv, train } from "@bellman/dqn";
 * import { assertEquals } from "@std/assert";
 *
 * const agent = new Dqn(makeEnv("CartPole-v1"), { seed: 0, double: true });
 * for (const record of train(makeEnv("CartPole-v1"), agent, { seed: 0, steps: 2_000 })) {
 *   if (record.kind === "episode" && record.episode % 20 === 0) console.log(record.step, record.return);
 * }
 * const { returns } = evaluate(makeEnv("CartPole-v1"), agent, { episodes: 10 });
 * assertEquals(returns.length, 10);
 * ```
 *
 * @module
 */

export * from "./agents/mod.ts";
export * from "./envs/mod.ts";
export * from "./nn/mod.ts";
