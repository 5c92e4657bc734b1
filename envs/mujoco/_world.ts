/**
 * A simulation: one model, and the state of one environment in it.
 *
 * @module
 */

import { compiledModel, type Data, type Engine, type Model } from "./_engine.ts";

/** Frees the memory of unreferenced environments; results do not depend on when that happens. */
const forgotten: FinalizationRegistry<Data> = new FinalizationRegistry((data) => data.delete());

/** The numbers of a simulation that are read at every step. */
type Field = "qpos" | "qvel" | "ctrl" | "xpos" | "site_xpos" | "qfrc_constraint" | "cfrc_ext";

/** A simulation. Its memory belongs to the engine; it is allocated at the first use and freed by `close`. */
export class World {
  /** The compiled model. */
  readonly model: Model;
  /** The length of a state. */
  readonly stateSize: number;
  readonly #engine: Engine;
  readonly #parts: number;
  #data: Data | undefined;
  #views: Partial<Record<Field, Float64Array>> = {};

  constructor(engine: Engine, xml: string) {
    this.#engine = engine;
    this.#parts = engine.mjtState.mjSTATE_INTEGRATION.value;
    this.model = compiledModel(engine, xml);
    this.stateSize = engine.mj_stateSize(this.model, this.#parts);
  }

  /** A view of numbers of the current state, valid until the next call; `qpos`, `qvel` and `ctrl` may be written. */
  view(field: Field): Float64Array {
    const view = this.#views[field];
    // An empty view has been detached, since the engine's memory has grown.
    if (view !== undefined && view.length > 0) return view;
    return this.#views[field] = this.#taken()[field];
  }

  /** The model's initial state. */
  reset(): void {
    this.#engine.mj_resetData(this.model, this.#taken());
  }

  /** Computes the quantities that follow from the current state. */
  forward(): void {
    this.#engine.mj_forward(this.model, this.#taken());
  }

  /** Simulates some steps of the model's own length. */
  step(count: number): void {
    const data = this.#taken();
    for (let i = 0; i < count; i++) this.#engine.mj_step(this.model, data);
  }

  /** Computes the forces of contacts in the last step. */
  contactForces(): void {
    this.#engine.mj_rnePostConstraint(this.model, this.#taken());
  }

  /** The positions of all shapes in the current state: centres, and axes as 3 × 3 matrices by row. */
  shapes(): { readonly centres: Float64Array; readonly axes: Float64Array } {
    const data = this.#taken();
    this.#engine.mj_kinematics(this.model, data);
    return { centres: data.geom_xpos, axes: data.geom_xmat };
  }

  /** Writes the whole state: everything that a step depends on. */
  save(into: Float64Array): void {
    const buffer = new this.#engine.DoubleBuffer(this.stateSize);
    this.#engine.mj_getState(this.model, this.#taken(), buffer, this.#parts);
    into.set(buffer.GetView());
    buffer.delete();
  }

  /** Restores a state. */
  load(state: ArrayLike<number>): void {
    this.#engine.mj_setState(
      this.model,
      this.#taken(),
      Array.from(state).slice(0, this.stateSize),
      this.#parts,
    );
  }

  /** Whether it holds memory of the engine. */
  get isOpen(): boolean {
    return this.#data !== undefined;
  }

  /** Frees its memory; the next use allocates new memory, in the model's initial state. */
  close(): void {
    if (this.#data === undefined) return;
    forgotten.unregister(this);
    this.#data.delete();
    this.#data = undefined;
    this.#views = {};
  }

  #taken(): Data {
    if (this.#data !== undefined) return this.#data;
    const data = new this.#engine.MjData(this.model);
    forgotten.register(this, data, this);
    return this.#data = data;
  }
}
