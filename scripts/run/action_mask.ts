import type { Info } from "../../envs/mod.ts";

/** The action mask in an info; undefined if it has none. */
export function actionMaskIn({ actionMask }: Info): Uint8Array | undefined {
  return actionMask instanceof Uint8Array ? actionMask : undefined;
}
