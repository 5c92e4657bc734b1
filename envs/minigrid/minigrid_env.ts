/**
 * MiniGrid: small grids with doors, keys and lava.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { EnvCore } from "../env_core.ts";
import type { EnvSnapshot, Info, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { IntoEnv } from "../into_env.ts";
import type { MiniGridEnvId } from "../minigrid_ids.ts";
import type { Scene } from "../scenes/scene.ts";
import { Box } from "../spaces/box.ts";
import { Discrete } from "../spaces/discrete.ts";
import { ACTIONS, type Verdict } from "./_act.ts";
import { colourOf, kindOf, stateOf as objectStateOf } from "./_cells.ts";
import { drawGrid } from "./_grid_scene.ts";
import { isOverIn, loadState, rangesOf, stateOf } from "./_state.ts";
import type { Task } from "./_task.ts";
import { isMiniGridEnvId, TASKS } from "./_tasks.ts";
import { View, writeAgent, writeGrid } from "./_view.ts";
import { VIEW_SIZE, World } from "./_world.ts";

/** Bytes in an observation. */
const LENGTH = VIEW_SIZE * VIEW_SIZE * 3;

/**
 * A player in a small grid with walls, doors, keys, boxes, balls and lava, who sees the 7 × 7 fields before it
 * (M. Chevalier-Boisvert and others, "Minigrid & Miniworld: Modular & Customizable Reinforcement Learning Environments for
 * Goal-Oriented Tasks", 2023). Same seed and actions, same numbers as Farama's Minigrid behind its `ImgObsWrapper`. It has
 * no time limit; {@linkcode makeEnv} adds one.
 *
 * The observation is the view turned so that the player, in the middle of its last row, looks up: three bytes per field, column
 * by column, so that field (column, row) begins at (7 · column + row) · 3.
 *
 * | byte | numbers |
 * |---|---|
 * | object | 0 unseen, 1 empty, 2 wall, 4 door, 5 key, 6 ball, 7 box, 8 goal, 9 lava; at the player's field the one carried |
 * | colour | 0 red, 1 green, 2 blue, 3 purple, 4 yellow, 5 grey |
 * | state | of a door: 0 open, 1 closed, 2 locked |
 *
 * Actions: 0 turns left, 1 turns right, 2 moves forward, 3 picks up, 4 drops, 5 opens or closes a door, 6 does nothing;
 * Dynamic-Obstacles has the first three. `info` has the `direction` that the player looks in (0 right, 1 down, 2 left, 3 up) and the
 * `mission` as text. Reward: 1 − 0.9 · steps / {@linkcode maxSteps} for success, -1 for running into an obstacle, else 0.
 *
 * @example Usage
 * ```ts
 * import { MiniGridEnv } from "@bellman/dqn/envs/minigrid";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new MiniGridEnv("MiniGrid-Empty-5x5-v0");
 * const { observation, info } = env.reset({ seed: 0 });
 * assertEquals(observation.length, 7 * 7 * 3);
 * assertEquals(info, { direction: 0, mission: "get to the green goal square" });
 * for (const action of [2, 2, 1, 2]) env.step(action);
 * const { reward, terminated } = env.step(2);
 * assertEquals([reward, terminated], [1 - 0.9 * (5 / 100), true]);
 * ```
 */
export class MiniGridEnv implements IntoEnv<number, Uint8Array> {
  /** The registered name. */
  readonly id: MiniGridEnvId;
  /** The partial view, three bytes per field. */
  readonly observationSpace: Box<"uint8"> = new Box(0, 255, {
    shape: [VIEW_SIZE, VIEW_SIZE, 3],
    dtype: "uint8",
  });
  /** What the player can do. */
  readonly actionSpace: Discrete;
  /** The reward of the last step. */
  lastReward: number = 0;
  /** Whether the last step ended the task. */
  lastTerminated: boolean = false;
  readonly #task: Task;
  readonly #core: EnvCore;
  readonly #world: World;
  readonly #view: View;
  #mission = "";
  #steps = 0;

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param id The name with its version, such as `MiniGrid-DoorKey-5x5-v0`.
   * @throws {RangeError} When there is no such environment.
   */
  constructor(id: MiniGridEnvId) {
    if (!isMiniGridEnvId(id)) {
      throw refusal(
        RangeError,
        "make a MiniGridEnv",
        `id must be one of ${Object.keys(TASKS).join(", ")}`,
        id,
      );
    }
    this.id = id;
    const task = TASKS[id];
    this.#task = task;
    this.actionSpace = new Discrete(task.actions, { meanings: ACTIONS.slice(0, task.actions) });
    this.#core = new EnvCore(id, {}, this.observationSpace, this.actionSpace);
    this.#world = new World(task.width, task.height, task.marks?.count ?? 0, this.#core);
    this.#world.clear();
    this.#view = new View(task.seesThroughWalls ?? false);
  }

  /** Number of columns of the grid. */
  get width(): number {
    return this.#task.width;
  }

  /** Number of rows of the grid. */
  get height(): number {
    return this.#task.height;
  }

  /** Steps after which Minigrid cuts an episode off, and which scale the reward. */
  get maxSteps(): number {
    return this.#task.maxSteps;
  }

  /** Steps of the current episode. */
  get stepCount(): number {
    return this.#steps;
  }

  /** Column and row of the player; before the first reset, outside of the grid. */
  get agentPos(): readonly [column: number, row: number] {
    const { agent } = this.#world;
    return [this.#world.columnOf(agent), this.#world.rowOf(agent)];
  }

  /** The direction that the player looks in: 0 right, 1 down, 2 left, 3 up. */
  get agentDir(): number {
    return this.#world.direction;
  }

  /** The object carried, as in an observation; undefined for none. */
  get carrying(): readonly [object: number, colour: number, state: number] | undefined {
    const { carrying } = this.#world;
    return carrying === 0 ? undefined : [kindOf(carrying), colourOf(carrying), objectStateOf(carrying)];
  }

  /** What is asked for; empty before the first reset. */
  get mission(): string {
    return this.#mission;
  }

  /**
   * The whole grid: three bytes per field, column by column, as in an observation.
   *
   * @param options Whether to show the player: object 10, colour 0, and the direction as state.
   * @returns A new array of {@linkcode width} · {@linkcode height} · 3 bytes.
   */
  encodeGrid(options: { readonly agent?: boolean } = {}): Uint8Array {
    const bytes = new Uint8Array(this.width * this.height * 3);
    writeGrid(this.#world, bytes);
    if (options.agent === true && this.#world.agent !== 0) writeAgent(this.#world, bytes);
    return bytes;
  }

  /**
   * Starts an episode in a new grid.
   *
   * @param options The seed; without it the random stream continues.
   * @returns The first observation, 147 bytes, with direction and mission as info.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<Uint8Array> {
    const observation = new Uint8Array(LENGTH);
    this.resetInto(observation, options);
    return { observation, info: this.#info() };
  }

  /**
   * Starts an episode, like {@linkcode reset}.
   *
   * @param into Receives the first observation, 147 bytes.
   * @param options The seed; without it the random stream continues.
   * @throws {TypeError} When `into` is not a Uint8Array of that length, or the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  resetInto(into: Uint8Array, options: ResetOptions = {}): void {
    this.#core.requireInto("reset", into, LENGTH, "uint8");
    this.#core.begin(options);
    this.#world.clear();
    this.#task.generate(this.#world);
    this.#mission = this.#task.mission(this.#world);
    this.#steps = 0;
    this.#view.write(this.#world, into);
  }

  /**
   * Takes one action.
   *
   * @param action A whole number from 0 to 6, in Dynamic-Obstacles to 2.
   * @returns The observation of 147 bytes, the reward, whether the task has ended, and direction and mission as info;
   * `truncated` is always false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When the action does not exist.
   */
  step(action: number): StepResult<Uint8Array> {
    const observation = new Uint8Array(LENGTH);
    this.stepInto(action, observation);
    const { lastReward: reward, lastTerminated: terminated } = this;
    return { observation, reward, terminated, truncated: false, info: this.#info() };
  }

  /**
   * Takes one action, like {@linkcode step}.
   *
   * @param action A whole number from 0 to 6, in Dynamic-Obstacles to 2.
   * @param into Receives the observation, 147 bytes.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When `into` is not a Uint8Array of that length, or the action is not a whole number.
   * @throws {RangeError} When the action does not exist.
   */
  stepInto(action: number, into: Uint8Array): void {
    this.#core.requireInto("step", into, LENGTH, "uint8");
    this.#core.requireRunning();
    this.#core.requireAction(this.actionSpace, action);
    this.#steps++;
    const verdict = this.#task.play(this.#world, action);
    this.lastReward = this.#rewardOf(verdict);
    this.lastTerminated = verdict !== "continues";
    if (this.lastTerminated) this.#core.phase = "ended";
    this.#view.write(this.#world, into);
  }

  /**
   * The picture of the grid; the fields that the player sees are lighter.
   *
   * @returns The scene, a field one unit wide; before the first reset, an empty grid.
   */
  render(): Scene {
    const seen = this.#core.phase === "created" ? undefined : this.#view.seenRows(this.#world);
    return drawGrid(this.#world, seen, this.#mission);
  }

  /**
   * The whole state: the grid, the player, the phase, and the streams of the environment and its spaces.
   *
   * @returns Plain JSON values that survive `JSON.stringify` exactly.
   */
  snapshot(): EnvSnapshot {
    const { phase } = this.#core;
    const isCreated = phase === "created";
    const state = isCreated
      ? new Float64Array(0)
      : stateOf(this.#world, this.#task, this.#steps, phase === "ended");
    return this.#core.snapshot(state);
  }

  /**
   * Continues from a snapshot, bit for bit. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of an environment with the same id.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    const ranges = rangesOf(this.#task);
    const state = new Float64Array(ranges.length);
    const action = `restore ${this.id}`;
    this.#core.restore(snapshot, state, ranges, (values) => isOverIn(action, values, this.#task));
    if (this.#core.phase === "created") {
      this.#world.clear();
      this.#mission = "";
      this.#steps = 0;
      return;
    }
    this.#steps = loadState(this.#world, state, this.#task);
    this.#mission = this.#task.mission(this.#world);
  }

  #info(): Info {
    return { direction: this.#world.direction, mission: this.#mission };
  }

  #rewardOf(verdict: Verdict): number {
    if (verdict === "won") return 1 - 0.9 * (this.#steps / this.#task.maxSteps);
    return verdict === "crashed" ? -1 : 0;
  }
}
