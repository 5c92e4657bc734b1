import type { Env, Info } from "../envs/env.ts";

/** The action mask in an info; undefined if the environment offers none. */
export function actionMaskOf(env: Pick<Env, "id" | "offersActionMask">, info: Info): Uint8Array | undefined {
  if (env.offersActionMask !== true) return undefined;
  const { actionMask } = info;
  if (actionMask instanceof Uint8Array) return actionMask;
  throw new TypeError(
    `Cannot play ${env.id}: info.actionMask must be a Uint8Array, since the environment offers action masks, got ${typeof actionMask}`,
  );
}
