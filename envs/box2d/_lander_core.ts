/**
 * Parts shared by both kinds of LunarLander.
 *
 * @module
 */

import { describe, refusal } from "../values/describe.ts";
import { EnvCore, requireObject, requireStream } from "../env_core.ts";
import { booleanOption, finiteOption } from "../values/options.ts";
import { sameValues } from "../values/plain_values.ts";
import { Box } from "../spaces/box.ts";
import type { EnvSnapshot, ResetOptions } from "../env.ts";
import { Generator, type GeneratorSnapshot } from "../random/generator.ts";
import type { Scene } from "../scenes/scene.ts";
import type { Space } from "../spaces/space.ts";
import { drawLander } from "./_lander_scene.ts";
import { type LanderSettings, LanderWorld } from "./_lander_world.ts";
import type { LunarLanderOptions } from "./lunar_lander_options.ts";

const NAMES = [
  "horizontal position (half widths)",
  "height above the pad (half heights)",
  "horizontal velocity",
  "vertical velocity",
  "angle (rad)",
  "angular velocity",
  "right leg touches",
  "left leg touches",
];
const NO_STATE: Float64Array = new Float64Array(0);

/** The space of observations; bounds of Gymnasium's v3. */
export function landerObservations(): Box {
  const high = [2.5, 2.5, 10, 10, 2 * Math.PI, 10, 1, 1];
  const low = high.map((bound, i) => i < 6 ? -bound : 0);
  return new Box(low, high, { names: NAMES });
}

/** The options, checked. */
export function landerSettings(id: string, options: LunarLanderOptions): LanderSettings {
  const gravity = finiteOption(id, "gravity", options.gravity, -10);
  if (!(gravity > -12 && gravity < 0)) {
    throw refusal(RangeError, `make ${id}`, "gravity must be between -12 and 0", gravity);
  }
  return {
    gravity,
    enableWind: booleanOption(id, "enableWind", options.enableWind, false),
    windPower: finiteOption(id, "windPower", options.windPower, 15),
    turbulencePower: finiteOption(id, "turbulencePower", options.turbulencePower, 1.5),
  };
}

/** A part of an environment, by composition: the episode, and how it is saved. */
export class LanderCore {
  /** Phase, stream and spaces. */
  readonly core: EnvCore;
  readonly #id: string;
  readonly #settings: LanderSettings;
  #world: LanderWorld | undefined;
  /** The stream at the start of the episode, and the engine powers since: enough to play the episode again. */
  #start: GeneratorSnapshot | null = null;
  #moves: number[] = [];

  constructor(id: string, settings: LanderSettings, observationSpace: Box, actionSpace: Space<unknown>) {
    this.#id = id;
    this.#settings = settings;
    this.core = new EnvCore(id, { ...settings }, observationSpace, actionSpace);
  }

  /** Starts an episode. */
  reset(options: ResetOptions): Float32Array {
    this.core.begin(options);
    this.#start = this.core.generator.snapshot();
    this.#moves = [];
    this.#world = new LanderWorld(this.core.generator, this.#settings);
    return this.#world.observation.slice();
  }

  /** Fires the engines; the action has been checked and an episode is running. */
  step(main: number, side: number): { observation: Float32Array; reward: number; terminated: boolean } {
    const world = this.#world!;
    world.step(main, side);
    this.#moves.push(main, side);
    if (world.over) this.core.phase = "ended";
    return { observation: world.observation.slice(), reward: world.reward, terminated: world.over };
  }

  render(): Scene {
    return drawLander(this.#world);
  }

  snapshot(): EnvSnapshot {
    return { ...this.core.snapshot(NO_STATE), start: this.#start, moves: [...this.#moves] };
  }

  /** Plays the saved episode again, and continues from it if the result is as saved. */
  restore(snapshot: EnvSnapshot): void {
    const action = `restore ${this.#id}`;
    let replay: Replay | undefined;
    this.core.restore(snapshot, NO_STATE, [], () => {
      replay = this.#replay(action, snapshot);
      return replay.world.over;
    });
    if (replay !== undefined) this.core.generator = replay.generator;
    this.#world = replay?.world;
    this.#start = replay?.start ?? null;
    this.#moves = replay?.moves ?? [];
  }

  #replay(action: string, { start: saved, moves: list, generator: present }: EnvSnapshot): Replay {
    const start = requireStream(action, "start", saved);
    if (!Array.isArray(list) || list.length % 2 !== 0) {
      throw refusal(TypeError, action, "moves must be an array of pairs", list);
    }
    const moves = list.map((power: unknown, i) => requirePower(action, power, i % 2 === 0));
    const generator = Generator.from(start);
    const world = new LanderWorld(generator, this.#settings);
    for (let i = 0; i < moves.length; i += 2) {
      if (world.over) {
        throw refusal(RangeError, action, `moves must end with the episode, after ${i / 2}`, moves);
      }
      world.step(moves[i]!, moves[i + 1]!);
    }
    if (!sameValues(generator.snapshot(), requireObject(action, "generator", present))) {
      throw new RangeError(
        `Cannot ${action}: generator must be where the moves lead it, got ${describe(present)}`,
      );
    }
    return { start, moves, generator, world };
  }
}

/** A replayed episode. */
interface Replay {
  readonly start: GeneratorSnapshot;
  readonly moves: number[];
  readonly generator: Generator;
  readonly world: LanderWorld;
}

/** The power of an engine in a snapshot. */
function requirePower(action: string, power: unknown, isMain: boolean): number {
  if (typeof power !== "number") throw refusal(TypeError, action, "moves must be of numbers", power);
  const size = isMain ? power : Math.abs(power);
  if (size === 0 || size >= 0.5 && size <= 1) return power;
  throw refusal(RangeError, action, "moves must be 0 or from 0.5 to 1", power);
}
