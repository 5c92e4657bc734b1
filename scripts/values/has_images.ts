import { Box, type Env } from "../../envs/mod.ts";

/** Whether observations are images: rows, columns and channels. */
export function hasImages({ observationSpace }: Pick<Env, "observationSpace">): boolean {
  return observationSpace instanceof Box && observationSpace.shape.length === 3;
}
