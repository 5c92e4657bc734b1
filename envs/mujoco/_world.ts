/**
 * A simulation: one model, and the state of one environment in it.
 *
 * @module
 */

import { compiledModel, type Data, type Engine, type Model } from "./_engine.ts";

/** Gives the memory of environments back that nobody holds any more; what they compute does not depend on when. */
const forgotten: FinalizationRegistry<Data> = new FinalizationRegistry((data) => data.delete());

/** The numbers of a simulation that are read in every step. */
type Field = "qpos" | "qvel" | "ctrl" | "xpos" | "site_xpos" | "qfrc_constraint" | "cfrc_ext";

/** A simulation. Its memory belongs to the engine; it is taken at the first use and given back by `close`. */
export class World {
  /** The compiled model. */
  readonly model: Model;
  /** How many numbers a state has. */
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

  /** Some numbers of the present state, to be read and, of `qpos`, `qvel` and `ctrl`, written before the next call. */
  view(field: Field): Float64Array {
    const view = this.#views[field];
    // A view of no length has lost its memory: the engine's has grown.
    if (view !== undefined && view.length > 0) return view;
    return this.#views[field] = this.#taken()[field];
  }

  /** The state in which the model was made. */
  reset(): void {
    this.#engine.mj_resetData(this.model, this.#taken());
  }

  /** Computes what follows from the present state. */
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

  /** Where all shapes are in the present state: centres, and axes as 3 × 3 matrices by row. */
  shapes(): { readonly centres: Float64Array; readonly axes: Float64Array } {
    const data = this.#taken();
    this.#engine.mj_kinematics(this.model, data);
    return { centres: data.geom_xpos, axes: data.geom_xmat };
  }

  /** Writes the whole state; all that a step depends on. */
  save(into: Float64Array): void {
    const buffer = new this.#engine.DoubleBuffer(this.stateSize);
    this.#engine.mj_getState(this.model, this.#taken(), buffer, this.#parts);
    into.set(buffer.GetView());
    buffer.delete();
  }

  /** Continues from a state. */
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

  /** Gives its memory back; the next use takes new memory, in the state in which the model was made. */
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
