/**
 * The class of all environments on MuJoCo.
 *
 * @module
 */

import { EnvCore, type StateRange } from "../env_core.ts";
import type { EnvSnapshot, Info, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { IntoEnv } from "../into_env.ts";
import type { Scene } from "../scenes/scene.ts";
import { Box } from "../spaces/box.ts";
import { drawBodies } from "./_draw_bodies.ts";
import { MUJOCO_VERSION, requireEngine } from "./_engine.ts";
import type { Task } from "./_task.ts";
import { World } from "./_world.ts";

/** Any finite number. */
const ANY: StateRange = [-Number.MAX_VALUE, Number.MAX_VALUE];

/**
 * An environment on MuJoCo 3.14.0 (`gymnasium/envs/mujoco/mujoco_env.py`); each task is a subclass, such as
 * {@linkcode Hopper}. Call {@linkcode loadMujoco} first. Same seed and actions, same bits in every JavaScript engine;
 * Gymnasium's numbers to about 1e-13 in one step from the same state.
 *
 * Its simulation holds memory of the engine from the first reset on. {@linkcode MujocoEnv.close} frees it; so does
 * the garbage collector some time after the environment becomes unreachable.
 */
export class MujocoEnv implements IntoEnv<Float32Array> {
  /** The registered name. */
  readonly id: string;
  /** The space of observations, without bounds. */
  readonly observationSpace: Box;
  /** The space of motor controls. */
  readonly actionSpace: Box;
  /** The reward of the last step. */
  lastReward: number = 0;
  /** Whether the last step ended the task. */
  lastTerminated: boolean = false;
  /**
   * The observation of the last reset or step in float64, as Gymnasium returns it; rounded to float32, it is the one
   * that was returned. Overwritten by the next one; not part of a snapshot.
   */
  readonly lastObservation: Float64Array;
  readonly #task: Task;
  readonly #world: World;
  readonly #core: EnvCore;
  /** The simulation's state as of the last snapshot, followed by the other numbers that the next step needs. */
  readonly #state: Float64Array;
  readonly #carried: Float64Array;

  /**
   * Makes the environment of a task; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param task The rules.
   * @throws {Error} When MuJoCo is not loaded.
   * @ignore
   */
  protected constructor(task: Task) {
    this.id = task.id;
    this.#task = task;
    this.#world = new World(requireEngine(task.id), task.model);
    const { observations, actions, actionBound } = task;
    this.observationSpace = new Box(-Infinity, Infinity, {
      shape: [observations.length],
      names: observations,
    });
    this.actionSpace = new Box(-actionBound, actionBound, { shape: [actions.length], names: actions });
    this.lastObservation = new Float64Array(observations.length);
    this.#state = new Float64Array(this.#world.stateSize + task.carried);
    this.#carried = this.#state.subarray(this.#world.stateSize);
    const settings = { mujoco: MUJOCO_VERSION, ...task.settings };
    this.#core = new EnvCore(task.id, settings, this.observationSpace, this.actionSpace);
  }

  /**
   * Starts an episode.
   *
   * @param options The seed; without it the random stream continues.
   * @returns The first observation.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const observation = new Float32Array(this.lastObservation.length);
    this.resetInto(observation, options);
    return { observation, info: this.#task.startInfo(this.#world) };
  }

  /**
   * Starts an episode, like {@linkcode reset}.
   *
   * @param into Receives the first observation.
   * @param options The seed; without it the random stream continues.
   * @throws {TypeError} When `into` has another length, or the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  resetInto(into: Float32Array, options: ResetOptions = {}): void {
    this.#core.requireInto("reset", into, this.lastObservation.length);
    this.#core.begin(options);
    this.#world.reset();
    this.#task.start(this.#core.generator, this.#world);
    this.#world.forward();
    this.#task.carry(this.#world, this.#carried);
    this.#task.observe(this.#world, this.lastObservation);
    into.set(this.lastObservation);
  }

  /**
   * Drives the motors for one step.
   *
   * @param action The control of each motor; values beyond the bounds are clipped.
   * @returns The observation, the reward, and whether the task has ended; `truncated` is always false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a Float32Array of the right length.
   * @throws {RangeError} When the action is not finite.
   */
  step(action: Float32Array): StepResult<Float32Array> {
    const observation = new Float32Array(this.lastObservation.length);
    this.stepInto(action, observation);
    const info: Info = this.#task.stepInfo(this.#world);
    return { observation, reward: this.lastReward, terminated: this.lastTerminated, truncated: false, info };
  }

  /**
   * Drives the motors as {@linkcode step} does.
   *
   * @param action The control of each motor; values beyond the bounds are clipped.
   * @param into Receives the observation.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When `into` or the action is not a Float32Array of the right length.
   * @throws {RangeError} When the action is not finite.
   */
  stepInto(action: Float32Array, into: Float32Array): void {
    this.#core.requireInto("step", into, this.lastObservation.length);
    this.#core.requireRunning();
    this.#core.requireVector(this.actionSpace, action);
    const [task, world] = [this.#task, this.#world];
    world.view("ctrl").set(action);
    world.step(task.frameSkip);
    this.lastReward = task.judge(world, action, this.#carried);
    task.carry(world, this.#carried);
    this.lastTerminated = task.isTerminal(world.view("qpos"), world.view("qvel"), this.#carried);
    if (this.lastTerminated) this.#core.phase = "ended";
    task.observe(world, this.lastObservation);
    into.set(this.lastObservation);
  }

  /**
   * The picture of the current state, in metres.
   *
   * @returns The scene; before the first reset, of the model's initial state.
   */
  render(): Scene {
    return drawBodies(this.#world, this.#task.view, this.#task.describe(this.#world));
  }

  /**
   * The whole state: the simulation's (MuJoCo's `mjSTATE_INTEGRATION`), phase, settings with MuJoCo's version, and the
   * streams of the environment and its spaces.
   *
   * @returns Plain JSON values that survive `JSON.stringify` exactly.
   */
  snapshot(): EnvSnapshot {
    if (this.#core.phase !== "created") this.#world.save(this.#state);
    return this.#core.snapshot(this.#state);
  }

  /**
   * Continues from a snapshot, bit for bit. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of an environment with the same id and options, on the same version of MuJoCo.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment or version, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    const { nq, nv } = this.#world.model;
    const ranges = Array.from(this.#state, () => ANY);
    this.#core.restore(snapshot, this.#state, ranges, (state) =>
      this.#task.isTerminal(
        state.subarray(1, 1 + nq),
        state.subarray(1 + nq, 1 + nq + nv),
        state.subarray(this.#world.stateSize),
      ));
    this.#world.reset();
    if (this.#core.phase !== "created") this.#world.load(this.#state);
  }

  /** Frees the simulation's memory. Call {@linkcode reset} or {@linkcode restore} next. */
  close(): void {
    this.#world.close();
    this.#core.phase = "created";
  }
}
