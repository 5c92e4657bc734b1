import { Discrete, type Env, type EnvSnapshot, type Info, type Scene } from "../../envs/mod.ts";

/** Fields from the left end to the right. */
export const FIELDS = 5;
/** The discount of everything here. */
export const GAMMA = 0.9;
/** What lies behind the ends. */
const LEFT_REWARD = 0.3;
const RIGHT_REWARD = 1;

const MASK: Info = { actionMask: new Uint8Array([1, 1, 0]) };

/**
 * A corridor: action 0 goes left, action 1 right; beyond the left end waits 0.3, beyond the right end 1. With a mask there is a
 * third action which is not allowed. An episode starts wherever {@linkcode Corridor.start} says.
 */
export class Corridor implements Env<number, number> {
  readonly id = "Corridor-v0";
  readonly observationSpace = new Discrete(FIELDS);
  readonly actionSpace: Discrete;
  readonly offersActionMask: boolean;
  /** Where the next episode starts. */
  start = 0;
  #field = 0;

  constructor(options: { mask: boolean }) {
    this.offersActionMask = options.mask;
    this.actionSpace = new Discrete(options.mask ? 3 : 2);
  }

  #info(): Info {
    return this.offersActionMask ? MASK : {};
  }

  reset() {
    this.#field = this.start;
    return { observation: this.#field, info: this.#info() };
  }

  step(action: number) {
    if (action > 1) throw new RangeError("Cannot step Corridor-v0: the action must be allowed");
    const field = this.#field + (action === 0 ? -1 : 1);
    const terminated = field < 0 || field >= FIELDS;
    const reward = field < 0 ? LEFT_REWARD : field >= FIELDS ? RIGHT_REWARD : 0;
    if (!terminated) this.#field = field;
    return { observation: this.#field, reward, terminated, truncated: false, info: this.#info() };
  }

  render(): Scene {
    return { x: 0, y: 0, width: FIELDS, height: 1, background: "#fff", description: "", shapes: [] };
  }

  snapshot(): EnvSnapshot {
    return { field: this.#field };
  }

  restore(): void {}
}

/** The best value of each action in each field, by value iteration. */
export function optimalValues(): number[][] {
  let values = Array.from({ length: FIELDS }, () => [0, 0]);
  for (let sweep = 0; sweep < 200; sweep++) {
    const best = values.map((row) => Math.max(...row));
    values = values.map((_, field) => [
      field === 0 ? LEFT_REWARD : GAMMA * best[field - 1]!,
      field === FIELDS - 1 ? RIGHT_REWARD : GAMMA * best[field + 1]!,
    ]);
  }
  return values;
}
