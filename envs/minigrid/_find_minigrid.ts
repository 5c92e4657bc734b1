/**
 * The grid inside of wrappers.
 *
 * @module
 */

import type { Env } from "../env.ts";
import { Wrapper } from "../wrappers/wrapper.ts";
import { MiniGridEnv } from "./minigrid_env.ts";

/** The MiniGridEnv inside of an environment; a TypeError, which begins with "Cannot `action`", if there is none. */
export function findMiniGrid(action: string, env: Env): MiniGridEnv {
  let inner: unknown = env;
  while (inner instanceof Wrapper) inner = inner.env;
  if (inner instanceof MiniGridEnv) return inner;
  throw new TypeError(`Cannot ${action}: env must be a MiniGridEnv, wrapped or not, got ${env.id}`);
}
