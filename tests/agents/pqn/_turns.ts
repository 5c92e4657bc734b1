import type { LearningStatistics, Pqn, Transition } from "../../../agents/mod.ts";
import { Box, Discrete, MultiDiscrete } from "../../../envs/mod.ts";

/** Spaces of two numbers and three actions, in so many environments. */
export function spacesOf(count: number) {
  return {
    observationSpace: new Box([-1, -1], [1, 1]),
    actionSpace: new Discrete(3),
    count,
  };
}

/** Number of values of each part of the actions of {@linkcode severalOf}. */
export const PARTS = [3, 2, 4];

/** What to take from each of their parts for its column among the network's 9 outputs. */
export const SHIFTS = [0, -1 - 3, 5 - 5];

/** The same with actions of three parts. */
export function severalOf(count: number) {
  return { ...spacesOf(count), actionSpace: new MultiDiscrete(PARTS, { start: [0, -1, 5] }) };
}

/** What environment i of a made-up world shows at time t. */
export function shown(t: number, i: number): Float32Array {
  return new Float32Array([((3 * t + 5 * i) % 7) / 7, ((t + 2 * i) % 11) / 11]);
}

/** Step t of environment i, some of whose episodes end or are cut. */
export function step(t: number, i: number): Transition<Float32Array, number> {
  return {
    observation: shown(t, i),
    action: (t + i) % 3,
    reward: ((t + i) % 5) / 5 - 0.3,
    nextObservation: shown(t + 1, i),
    terminated: (t + i) % 6 === 5,
    truncated: (t + 2 * i) % 7 === 6,
  };
}

/** The same step with an action of three parts. */
export function severalStep(t: number, i: number): Transition<Float32Array, Int32Array> {
  return { ...step(t, i), action: Int32Array.of((t + i) % 3, t % 2 - 1, 5 + (t + 3 * i) % 4) };
}

/** What all environments show at time t. */
export function shownByAll(t: number, copies: number): Float32Array {
  return new Float32Array(Array.from({ length: copies }, (_, i) => [...shown(t, i)]).flat());
}

/** Shows an agent turn t; what the last step measured. */
export function observe(agent: Pqn, t: number): Readonly<LearningStatistics> | undefined {
  let learning: Readonly<LearningStatistics> | undefined;
  for (let i = 0; i < agent.copies; i++) learning = agent.observe(step(t, i), i);
  return learning;
}

/** Lets an agent act and observe. */
export function play(agent: Pqn, from: number, to: number): void {
  const actions = new Int32Array(agent.copies);
  for (let t = from; t < to; t++) {
    agent.actMany(shownByAll(t, agent.copies), actions);
    for (let i = 0; i < agent.copies; i++) agent.observe({ ...step(t, i), action: actions[i]! }, i);
  }
}
