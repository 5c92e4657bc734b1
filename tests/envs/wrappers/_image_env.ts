import { Box, Discrete } from "../../../envs/mod.ts";
import { ScriptedEnv } from "../_toy_envs.ts";

/** Shows given images one after the other. */
export function scriptedImages(
  shape: readonly [number, number, number],
  script: readonly (readonly number[])[],
  episode?: { length: number; rewards?: readonly number[] },
): ScriptedEnv<Uint8Array, number> {
  const space = new Box(0, 255, { shape, dtype: "uint8" });
  return new ScriptedEnv(space, new Discrete(2), script.map((image) => Uint8Array.from(image)), episode);
}

/** Constructs a wrapper with anything. */
export function construct(kind: new (...values: never) => unknown, ...values: unknown[]): () => unknown {
  return () => Reflect.construct(kind, values);
}
