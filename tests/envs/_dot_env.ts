import { EnvCore, NO_INFO } from "../../envs/env_core.ts";
import { Box, Discrete, type EnvSnapshot, type IntoEnv, type ResetOptions } from "../../envs/mod.ts";

const [ROWS, COLUMNS] = [3, 4];

/** A bright dot that a player moves along a dark picture of 3 × 4 × 1, until it leaves at the right; shown as an image. */
export class DotEnv implements IntoEnv<number, Uint8Array> {
  readonly id = "Dot-v0";
  readonly observationSpace: Box<"uint8"> = new Box(0, 255, { shape: [ROWS, COLUMNS, 1], dtype: "uint8" });
  readonly actionSpace: Discrete = new Discrete(2);
  lastReward = 0;
  lastTerminated = false;
  readonly #core = new EnvCore(this.id, {}, this.observationSpace, this.actionSpace);
  /** Row, column and brightness. */
  readonly #state = new Float64Array(3);

  reset(options: ResetOptions = {}) {
    const observation = new Uint8Array(ROWS * COLUMNS);
    this.resetInto(observation, options);
    return { observation, info: NO_INFO };
  }

  resetInto(into: Uint8Array, options: ResetOptions = {}): void {
    this.#core.begin(options);
    const { generator } = this.#core;
    this.#state.set([generator.integers(0, ROWS), 0, generator.integers(1, 256)]);
    this.#draw(into);
  }

  step(action: number) {
    const observation = new Uint8Array(ROWS * COLUMNS);
    this.stepInto(action, observation);
    const { lastReward: reward, lastTerminated: terminated } = this;
    return { observation, reward, terminated, truncated: false, info: NO_INFO };
  }

  stepInto(action: number, into: Uint8Array): void {
    this.#core.requireRunning();
    this.#core.requireAction(this.actionSpace, action);
    this.#state[1]! += action;
    this.#state[2] = this.#core.generator.integers(1, 256);
    this.lastTerminated = this.#state[1]! >= COLUMNS;
    this.lastReward = this.lastTerminated ? 1 : 0;
    if (this.lastTerminated) this.#core.phase = "ended";
    this.#draw(into);
  }

  render() {
    const view = { x: 0, y: 0, width: COLUMNS, height: ROWS, background: "#000000" };
    const dot = {
      kind: "circle" as const,
      x: this.#state[1]!,
      y: this.#state[0]!,
      radius: 0.5,
      fill: "#ffffff",
    };
    return { ...view, description: "a dot", shapes: [dot] };
  }

  snapshot(): EnvSnapshot {
    return this.#core.snapshot(this.#state);
  }

  restore(snapshot: EnvSnapshot): void {
    const ranges = [[0, ROWS - 1, "whole"], [0, COLUMNS, "whole"], [1, 255, "whole"]] as const;
    this.#core.restore(snapshot, this.#state, ranges, ([, column]) => column! >= COLUMNS);
  }

  #draw(into: Uint8Array): void {
    const [row, column, brightness] = this.#state;
    into.fill(0);
    if (column! < COLUMNS) into[row! * COLUMNS + column!] = brightness!;
  }
}
