/**
 * The part of MuJoCo that is used here.
 *
 * @module
 */

import type { MjModel } from "@mujoco/mujoco";

/** The version of MuJoCo: another one gives other bits. */
export const MUJOCO_VERSION = "3.14.0";

/** A compiled model, which is never changed and shared by all environments of its kind. */
export interface Model extends MjModel {
  readonly nq: number;
  readonly nv: number;
  readonly nu: number;
  readonly ngeom: number;
  readonly qpos0: Float64Array;
  readonly geom_type: Int32Array;
  readonly geom_size: Float64Array;
  readonly geom_bodyid: Int32Array;
}

/** The state of a simulation; its getters return views that detach when the engine's memory grows. */
export interface Data {
  readonly qpos: Float64Array;
  readonly qvel: Float64Array;
  readonly ctrl: Float64Array;
  readonly xpos: Float64Array;
  readonly site_xpos: Float64Array;
  readonly qfrc_constraint: Float64Array;
  readonly cfrc_ext: Float64Array;
  readonly geom_xpos: Float64Array;
  readonly geom_xmat: Float64Array;
  delete(): void;
}

/** Numbers in the engine's memory. */
export interface NumberBuffer {
  GetView(): Float64Array;
  delete(): void;
}

/** The package's module. */
export interface Engine {
  readonly MjModel: { from_xml_string(xml: string): Model };
  readonly MjData: { new (model: Model): Data };
  readonly DoubleBuffer: { new (length: number): NumberBuffer };
  readonly mjtState: { readonly mjSTATE_INTEGRATION: { readonly value: number } };
  mj_versionString(): string;
  mj_forward(model: Model, data: Data): void;
  mj_step(model: Model, data: Data): void;
  mj_rnePostConstraint(model: Model, data: Data): void;
  mj_kinematics(model: Model, data: Data): void;
  mj_resetData(model: Model, data: Data): void;
  mj_stateSize(model: Model, parts: number): number;
  mj_getState(model: Model, data: Data, into: NumberBuffer, parts: number): void;
  mj_setState(model: Model, data: Data, state: number[], parts: number): void;
}

let engine: Engine | undefined;
/** The models by their text, shared by the whole program, like the engine. */
const models: Map<string, Model> = new Map();

/** The engine; undefined before it is loaded. */
export function loadedEngine(): Engine | undefined {
  return engine;
}

/** Stores the engine for the whole program; the first one is kept. */
export function keepEngine(loaded: Engine): void {
  engine ??= loaded;
}

/** The engine; throws if it is not loaded. */
export function requireEngine(id: string): Engine {
  if (engine !== undefined) return engine;
  throw new Error(
    `Cannot make ${id}: MuJoCo must be loaded first, with await loadMujoco() of @bellman/dqn/envs/mujoco`,
  );
}

/** A model compiled from MJCF, the same one for the same text. */
export function compiledModel(engine: Engine, xml: string): Model {
  const model = models.get(xml) ?? engine.MjModel.from_xml_string(xml);
  models.set(xml, model);
  return model;
}
