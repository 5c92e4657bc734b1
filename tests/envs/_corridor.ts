import { Box, Discrete, type Env, Generator, type ResetOptions } from "../../envs/mod.ts";

/** The environment of the guide. */
export class Corridor implements Env<Float32Array, number> {
  readonly id = "Corridor-v0";
  readonly observationSpace = new Box(-1, 1, { shape: [1], names: ["position"] });
  readonly actionSpace = new Discrete(2, { meanings: ["left", "right"] });
  #generator = new Generator(0);
  #position = 0;
  #running = false;

  reset({ seed }: ResetOptions = {}) {
    if (seed !== undefined) this.#generator = new Generator(seed);
    this.#position = this.#generator.uniform(-0.5, 0.5);
    this.#running = true;
    return { observation: Float32Array.of(this.#position), info: {} };
  }

  step(action: number) {
    if (!this.#running) throw new Error(`Cannot step ${this.id}: reset must be called first`);
    if (action !== 0 && action !== 1) throw new RangeError(`Cannot step ${this.id}: action must be 0 or 1`);
    const slip = this.#generator.uniform(-0.05, 0.05);
    this.#position = Math.min(Math.max(this.#position + (action === 1 ? 0.1 : -0.1) + slip, -1), 1);
    const terminated = Math.abs(this.#position) === 1;
    this.#running = !terminated;
    const reward = terminated ? this.#position : -0.01;
    return { observation: Float32Array.of(this.#position), reward, terminated, truncated: false, info: {} };
  }

  render() {
    const walker = { kind: "circle" as const, x: this.#position, y: 0, radius: 0.05, fill: "#111827" };
    const view = { x: -1.1, y: -0.2, width: 2.2, height: 0.4, background: "#ffffff" };
    return { ...view, description: `A walker at ${this.#position.toFixed(2)}`, shapes: [walker] };
  }

  snapshot() {
    const spaces = [this.observationSpace.snapshot(), this.actionSpace.snapshot()] as const;
    return {
      position: this.#position,
      running: this.#running,
      generator: this.#generator.snapshot(),
      spaces,
    };
  }

  restore({ position, running, generator, spaces }: ReturnType<Corridor["snapshot"]>) {
    [this.#position, this.#running, this.#generator] = [position, running, Generator.from(generator)];
    this.observationSpace.restore(spaces[0]);
    this.actionSpace.restore(spaces[1]);
  }
}
