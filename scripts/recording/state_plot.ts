import { Box, type Env } from "../../envs/mod.ts";
import { COLOUR, drawPlot } from "../plots/plot_theme.ts";
import type { Moment } from "./recording.ts";
import { UsageError } from "../cli/usage_error.ts";

/**
 * Draws each component of the observation over time, one below the other.
 *
 * @param title Above the picture.
 * @param env Names the components.
 * @param moments The recording.
 * @param fps Steps per second at real speed.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 * @throws {UsageError} If observations are not vectors with named elements.
 */
export async function plotStates(
  title: string,
  env: Env,
  moments: readonly Moment[],
  fps: number,
): Promise<string> {
  const { observationSpace } = env;
  if (!(observationSpace instanceof Box) || observationSpace.names === undefined) {
    throw new UsageError(
      `Cannot plot states: ${env.id} must have vectors with named elements as observations, got ${observationSpace}`,
    );
  }
  const { names } = observationSpace;
  const values = moments.flatMap(({ observation, step, episode }) =>
    observation instanceof Float32Array
      ? [{ step, episode, ...Object.fromEntries(Array.from(observation, (value, i) => [`c${i}`, value])) }]
      : []
  );
  return await drawPlot(
    {
      title,
      data: { values },
      spacing: 14,
      vconcat: names.map((name, i) => {
        const isLast = i === names.length - 1;
        return {
          width: 640,
          height: 110,
          title: {
            text: name,
            anchor: "start",
            frame: "group",
            color: COLOUR.text,
            fontSize: 12,
            fontWeight: "normal",
            offset: 6,
          },
          mark: { type: "line", strokeWidth: 1.5, color: COLOUR.strong, opacity: 0.85 },
          encoding: {
            x: {
              field: "step",
              type: "quantitative",
              title: isLast ? `step (${fps} per second)` : null,
              axis: { labels: isLast, ticks: isLast, tickCount: 8, labelFlush: false },
              scale: { nice: false },
            },
            y: {
              field: `c${i}`,
              type: "quantitative",
              title: null,
              axis: { tickCount: 4 },
              scale: { zero: false },
            },
            detail: { field: "episode" },
          },
        };
      }),
    },
    `${title}: ${names.join(", ")} at each step`,
  );
}
