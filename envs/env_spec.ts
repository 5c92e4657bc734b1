/**
 * The registry of environments.
 *
 * @module
 */

import { refusal } from "./values/describe.ts";
import { didYouMean } from "./values/nearest_name.ts";
import { Acrobot } from "./classic_control/acrobot.ts";
import { Blackjack } from "./toy_text/blackjack.ts";
import { CartPole } from "./classic_control/cart_pole.ts";
import { CliffWalking } from "./toy_text/cliff_walking.ts";
import type { Env } from "./env.ts";
import { FrozenLake } from "./toy_text/frozen_lake.ts";
import { MINIGRID_IDS } from "./minigrid_ids.ts";
import { MountainCar } from "./classic_control/mountain_car.ts";
import { MountainCarContinuous } from "./classic_control/mountain_car_continuous.ts";
import { Pendulum } from "./classic_control/pendulum.ts";
import { Taxi } from "./toy_text/taxi.ts";

/** Options of an environment by name, Gymnasium's keyword arguments in camelCase. */
export type EnvOptions = Readonly<Record<string, unknown>>;

/** An environment as it is registered (`gymnasium/envs/registration.py`, class `EnvSpec`). */
export interface EnvSpec {
  /** The name with its version, such as `CartPole-v1`. */
  readonly id: string;
  /**
   * The time limit that {@linkcode makeEnv} applies, in steps.
   *
   * @default {undefined}
   */
  readonly maxEpisodeSteps?: number;
  /**
   * The mean return over 100 episodes at which the task counts as solved.
   *
   * @default {undefined}
   */
  readonly rewardThreshold?: number;
  /**
   * Steps per second when episodes are shown at real speed (Gymnasium's `metadata["render_fps"]`).
   *
   * @default {30}
   */
  readonly renderFps?: number;
  /**
   * The names of the options that `create` accepts; others are refused before it is called.
   *
   * @default {[]}
   */
  readonly options?: readonly string[];
  /** Makes the environment, without a time limit, under the id of this entry. */
  readonly create: (options: EnvOptions) => Env;
}

/** Environments that only become known by importing a module of their own: most need a physics engine. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  "@bellman/dqn/envs/box2d": ["LunarLander-v3", "LunarLanderContinuous-v3"],
  "@bellman/dqn/envs/minigrid": MINIGRID_IDS,
  "@bellman/dqn/envs/mujoco": [
    "Ant-v5",
    "HalfCheetah-v5",
    "Hopper-v5",
    "InvertedDoublePendulum-v5",
    "InvertedPendulum-v5",
    "Reacher-v5",
    "Swimmer-v5",
    "Walker2d-v5",
  ],
};

/** The only global data of this library: names, without the state of any environment. */
const SPECS: Map<string, EnvSpec> = new Map();

/**
 * Registers an environment under a name, for {@linkcode makeEnv}. The registry belongs to the whole program.
 *
 * @param spec The entry.
 * @throws {TypeError} When the id is not text, or `create` not a function.
 * @throws {RangeError} When the id is empty or taken, or `renderFps`, `rewardThreshold` or `maxEpisodeSteps` is out of
 * range.
 *
 * @example Usage
 * ```ts
 * import { CartPole, makeEnv, registerEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * registerEnv({ id: "ShortPole-v0", maxEpisodeSteps: 50, create: () => new CartPole({ id: "ShortPole-v0" }) });
 * assertEquals(makeEnv("ShortPole-v0").maxEpisodeSteps, 50);
 * ```
 */
export function registerEnv(spec: EnvSpec): void {
  const action = "register an environment";
  if (typeof spec.id !== "string") throw refusal(TypeError, action, "id must be text", spec.id);
  if (typeof spec.create !== "function") {
    throw refusal(TypeError, action, "create must be a function", spec.create);
  }
  if (spec.id === "" || SPECS.has(spec.id)) {
    throw refusal(RangeError, action, "id must be a name not yet taken", spec.id);
  }
  if (spec.renderFps !== undefined && !(spec.renderFps > 0 && spec.renderFps < Infinity)) {
    throw refusal(RangeError, action, "renderFps must be a positive number", spec.renderFps);
  }
  if (spec.rewardThreshold !== undefined && !Number.isFinite(spec.rewardThreshold)) {
    throw refusal(RangeError, action, "rewardThreshold must be a finite number", spec.rewardThreshold);
  }
  const { maxEpisodeSteps: limit } = spec;
  if (limit !== undefined && limit !== Infinity && !(Number.isSafeInteger(limit) && limit >= 1)) {
    throw refusal(RangeError, action, "maxEpisodeSteps must be a whole number from 1, or Infinity", limit);
  }
  SPECS.set(spec.id, { ...spec });
}

/**
 * The entry of a registered environment.
 *
 * @param id The name with its version.
 * @returns The entry.
 * @throws {TypeError} When the id is not text.
 * @throws {RangeError} When the name is unknown; the message has the nearest name and all of them, or the module that
 * registers it.
 *
 * @example Usage
 * ```ts
 * import { envSpec } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(envSpec("CartPole-v1").rewardThreshold, 475);
 * ```
 */
export function envSpec(id: string): EnvSpec {
  if (typeof id !== "string") throw refusal(TypeError, "make an environment", "id must be text", id);
  const spec = SPECS.get(id);
  if (spec === undefined) {
    const module = Object.keys(ELSEWHERE).find((name) => ELSEWHERE[name]!.includes(id));
    if (module !== undefined) {
      throw new RangeError(`Cannot make ${id}: ${module} must be imported first, which registers it`);
    }
    const ids = envIds();
    const expected = `id must be one of ${ids.join(", ")}`;
    const error = refusal(RangeError, "make an environment", expected, id);
    error.message += didYouMean(id, ids);
    throw error;
  }
  return spec;
}

/**
 * The names of all registered environments.
 *
 * @returns The names, in the order of their registration.
 *
 * @example Usage
 * ```ts
 * import { envIds } from "@bellman/dqn/envs";
 * import { assert } from "@std/assert";
 *
 * assert(envIds().includes("MountainCar-v0"));
 * ```
 */
export function envIds(): string[] {
  return [...SPECS.keys()];
}

// Limits and thresholds of `gymnasium/envs/__init__.py`, frames per second of each environment's `metadata`.
for (
  const [id, maxEpisodeSteps, rewardThreshold] of [["CartPole-v0", 200, 195], [
    "CartPole-v1",
    500,
    475,
  ]] as const
) {
  registerEnv({
    id,
    maxEpisodeSteps,
    rewardThreshold,
    renderFps: 50,
    options: ["suttonBartoReward"],
    create: (options) => new CartPole({ ...options, id }),
  });
}
registerEnv({
  id: "MountainCar-v0",
  maxEpisodeSteps: 200,
  rewardThreshold: -110,
  renderFps: 30,
  options: ["goalVelocity"],
  create: (options) => new MountainCar({ ...options, id: "MountainCar-v0" }),
});
registerEnv({
  id: "MountainCarContinuous-v0",
  maxEpisodeSteps: 999,
  rewardThreshold: 90,
  renderFps: 30,
  options: ["goalVelocity"],
  create: (options) => new MountainCarContinuous({ ...options, id: "MountainCarContinuous-v0" }),
});
registerEnv({
  id: "Acrobot-v1",
  maxEpisodeSteps: 500,
  rewardThreshold: -100,
  renderFps: 15,
  create: () => new Acrobot({ id: "Acrobot-v1" }),
});
registerEnv({
  id: "Pendulum-v1",
  maxEpisodeSteps: 200,
  renderFps: 30,
  options: ["g"],
  create: (options) => new Pendulum({ ...options, id: "Pendulum-v1" }),
});
for (
  const [id, mapName, maxEpisodeSteps, rewardThreshold] of [
    ["FrozenLake-v1", "4x4", 100, 0.7],
    ["FrozenLake8x8-v1", "8x8", 200, 0.85],
  ] as const
) {
  registerEnv({
    id,
    maxEpisodeSteps,
    rewardThreshold,
    renderFps: 4,
    options: ["mapName", "desc", "isSlippery", "successRate", "rewardSchedule"],
    create: (options) => new FrozenLake({ mapName, ...options, id }),
  });
}
for (
  const [id, isSlippery] of [["CliffWalking-v1", false], ["CliffWalkingSlippery-v1", true]] as const
) {
  registerEnv({
    id,
    renderFps: 4,
    options: ["isSlippery"],
    create: (options) => new CliffWalking({ isSlippery, ...options, id }),
  });
}
registerEnv({
  id: "Taxi-v4",
  maxEpisodeSteps: 200,
  rewardThreshold: 8,
  renderFps: 4,
  options: ["isRainy", "rainyProbability", "ficklePassenger", "fickleProbability"],
  create: (options) => new Taxi({ ...options, id: "Taxi-v4" }),
});
registerEnv({
  id: "Blackjack-v1",
  renderFps: 4,
  options: ["natural", "sab"],
  create: (options) => new Blackjack({ ...options, id: "Blackjack-v1" }),
});
