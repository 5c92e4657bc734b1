/**
 * Parts shared by environments: the stream, the phase of the episode, and the form of a snapshot.
 *
 * @module
 */

import { describe, refusal } from "./values/describe.ts";
import type { Box } from "./spaces/box.ts";
import { type BoxArray, type BoxDtype, isBoxArray, newBoxArray } from "./spaces/box_dtype.ts";
import type { Discrete } from "./spaces/discrete.ts";
import type { EnvSnapshot, Info, ResetOptions } from "./env.ts";
import { Generator, type GeneratorSnapshot } from "./random/generator.ts";
import type { Space, SpaceSnapshot } from "./spaces/space.ts";

/** The phase of an environment. */
export type Phase = "created" | "running" | "ended";

/** The smallest and largest value of a component of a state, and whether it takes whole numbers only. */
export type StateRange = readonly [low: number, high: number, kind?: "whole"];

/** The info of environments without additional facts. */
export const NO_INFO: Info = Object.freeze({});

/** A part of an environment, by composition. */
export class EnvCore {
  /** The environment's own stream; as after seed 0 until the first seeded reset. */
  generator: Generator = new Generator(0);
  /** The phase of the environment. */
  phase: Phase = "created";
  readonly #id: string;
  readonly #settings: Readonly<Record<string, number | boolean | string>>;
  readonly #spaces: readonly (readonly [name: string, space: Space<unknown>])[];

  constructor(
    id: string,
    settings: Readonly<Record<string, number | boolean | string>>,
    observationSpace: Space<unknown>,
    actionSpace: Space<unknown>,
  ) {
    this.#id = id;
    this.#settings = settings;
    this.#spaces = [["observationSpace", observationSpace], ["actionSpace", actionSpace]];
  }

  /** Starts an episode: seeds the stream if a seed is given. */
  begin(options: ResetOptions): void {
    if (options.seed !== undefined) this.generator = new Generator(options.seed);
    this.phase = "running";
  }

  /** Throws unless an episode is running. */
  requireRunning(): void {
    if (this.phase !== "running") {
      const expected = this.phase === "created"
        ? "reset must be called first"
        : "the episode is over, reset must be called";
      throw new Error(`Cannot step ${this.#id}: ${expected}`);
    }
  }

  /** Throws unless an action is an element of a Discrete space. */
  requireAction(space: Discrete, action: unknown): void {
    if (space.contains(action)) return;
    const whole = typeof action === "number" && Number.isInteger(action);
    throw refusal(
      whole ? RangeError : TypeError,
      `step ${this.#id}`,
      `action must be a whole number from ${space.start} to ${space.start + space.n - 1}`,
      action,
    );
  }

  /** Throws unless an action is a vector of a Box space's length, of finite numbers; the dynamics handle the bounds. */
  requireVector(space: Box, action: unknown): asserts action is Float32Array {
    const length = space.low.length;
    const verb = `step ${this.#id}`;
    if (!(action instanceof Float32Array && action.length === length)) {
      throw refusal(TypeError, verb, `action must be a Float32Array of length ${length}`, action);
    }
    for (let i = 0; i < length; i++) {
      if (action[i]! - action[i]! !== 0) {
        throw refusal(RangeError, verb, "action must be of finite numbers", action[i]);
      }
    }
  }

  /** Throws unless an observation fits into the caller's array. */
  requireInto(verb: "reset" | "step", into: BoxArray, length: number, dtype: BoxDtype = "float32"): void {
    if (isBoxArray(dtype, into) && into.length === length) return;
    const kind = newBoxArray<BoxDtype>(dtype, 0).constructor.name;
    throw refusal(TypeError, `${verb} ${this.#id}`, `into must be a ${kind} of length ${length}`, into);
  }

  /** The whole state. JSON has no -0, which is written as text. */
  snapshot(state: Float64Array): EnvSnapshot {
    return {
      id: this.#id,
      settings: { ...this.#settings },
      phase: this.phase,
      state: this.phase === "created"
        ? []
        : Array.from(state, (value) => Object.is(value, -0) ? "-0" : value),
      generator: this.generator.snapshot(),
      ...Object.fromEntries(this.#spaces.map(([name, space]) => [name, space.snapshot()])),
    };
  }

  /**
   * Restores a snapshot; changes nothing if it throws.
   *
   * @param snapshot The snapshot of an environment with the same id and settings.
   * @param state Receives the state.
   * @param ranges The range of each component.
   * @param isTerminal Whether an episode ends in a state.
   */
  restore(
    snapshot: EnvSnapshot,
    state: Float64Array,
    ranges: readonly StateRange[],
    isTerminal: (state: Float64Array) => boolean,
  ): void {
    const action = `restore ${this.#id}`;
    requireObject(action, "snapshot", snapshot);
    if (snapshot["id"] !== this.#id) {
      throw refusal(RangeError, action, `id must be "${this.#id}"`, snapshot["id"]);
    }
    const settings = requireObject(action, "settings", snapshot["settings"]);
    for (const [name, value] of Object.entries(this.#settings)) {
      if (settings[name] !== value) {
        throw refusal(RangeError, action, `${name} must be ${value}`, settings[name]);
      }
    }
    const phase = requirePhase(action, snapshot["phase"]);
    const values = requireNumbers(action, snapshot["state"], phase === "created" ? [] : ranges);
    if (phase !== "created" && isTerminal(values) !== (phase === "ended")) {
      throw refusal(RangeError, action, "phase must fit the state", phase);
    }
    const generator = Generator.from(requireStream(action, "generator", snapshot["generator"]));
    const streams = this.#spaces.map(([name, space]) =>
      requireSpaceSnapshot(action, name, space, snapshot[name])
    );

    this.#spaces.forEach(([, space], i) => space.restore(streams[i]!));
    this.generator = generator;
    this.phase = phase;
    state.set(values);
  }
}

/** The properties of an object. */
export function requireObject(
  action: string,
  name: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refusal(TypeError, action, `${name} must be an object`, value);
  }
  return Object.fromEntries(Object.entries(value));
}

function requirePhase(action: string, value: unknown): Phase {
  if (value === "created" || value === "running" || value === "ended") return value;
  throw refusal(TypeError, action, 'phase must be "created", "running" or "ended"', value);
}

function requireNumbers(
  action: string,
  value: unknown,
  ranges: readonly StateRange[],
): Float64Array {
  if (!Array.isArray(value) || value.length !== ranges.length) {
    throw refusal(TypeError, action, `state must be an array of length ${ranges.length}`, value);
  }
  return Float64Array.from(ranges, ([low, high, kind], i) => {
    const item: unknown = value[i];
    const number = item === "-0" ? -0 : item;
    if (typeof number !== "number") {
      throw refusal(TypeError, action, `state must be of numbers`, item);
    }
    if (!(number >= low && number <= high)) {
      throw refusal(RangeError, action, `state ${i} must be from ${low} to ${high}`, number);
    }
    if (kind === "whole" && !Number.isInteger(number)) {
      throw refusal(TypeError, action, `state ${i} must be a whole number`, number);
    }
    return number;
  });
}

/** The snapshot of a space of the same kind. */
export function requireSpaceSnapshot(
  action: string,
  name: string,
  space: Space<unknown>,
  value: unknown,
): SpaceSnapshot {
  const own = space.snapshot();
  if (!Array.isArray(own)) {
    const stream = requireStream(action, name, value);
    Generator.from(stream);
    return stream;
  }
  if (!Array.isArray(value) || value.length !== own.length) {
    throw refusal(TypeError, action, `${name} must be an array of length ${own.length}`, value);
  }
  return value.map((item: unknown, i) => {
    const stream = requireStream(action, `${name} ${i}`, item);
    Generator.from(stream);
    return stream;
  });
}

/** The snapshot of a stream; its values are checked by the stream itself. */
export function requireStream(action: string, name: string, value: unknown): GeneratorSnapshot {
  const { state, increment, buffered } = requireObject(action, name, value);
  if (typeof state !== "string" || typeof increment !== "string") {
    throw new TypeError(
      `Cannot ${action}: ${name} must have state and increment as text, got ${describe(state)} and ${
        describe(increment)
      }`,
    );
  }
  if (buffered !== null && typeof buffered !== "number") {
    throw refusal(TypeError, action, `${name}.buffered must be a number or null`, buffered);
  }
  return { state, increment, buffered };
}
