/**
 * Scenes as SVG.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { escapeXml } from "../values/escape_xml.ts";
import type { Paint, Scene, Shape } from "./scene.ts";

/** Options of {@linkcode sceneToSvg}. */
export interface SceneToSvgOptions {
  /**
   * Width of the picture in pixels; its height follows.
   *
   * @default {600}
   */
  width?: number;
}

/**
 * Writes a scene as an SVG document; the same scene gives the same text everywhere.
 *
 * @param scene The scene, y pointing up.
 * @param options The size.
 * @returns The document, lengths in pixels with two decimals.
 * @throws {RangeError} When the width is not a positive number, or the scene holds a number that is not finite.
 *
 * @example Usage
 * ```ts
 * import { makeEnv, sceneToSvg } from "@bellman/dqn/envs";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * env.reset({ seed: 0 });
 * assertStringIncludes(sceneToSvg(env.render(), { width: 300 }), 'width="300" height="200"');
 * ```
 */
export function sceneToSvg(scene: Scene, options: SceneToSvgOptions = {}): string {
  const { width = 600 } = options;
  if (!(width > 0 && width < Infinity)) {
    throw refusal(RangeError, "draw a scene", "width must be a positive number", width);
  }
  const scale = width / scene.width;
  const height = text(scene.height * scale);
  const size = `width="${text(width)}" height="${height}" viewBox="0 0 ${text(width)} ${height}"`;
  const transform: Transform = {
    x: (x) => text((x - scene.x) * scale),
    y: (y) => text((scene.y + scene.height - y) * scale),
    length: (length) => text(length * scale),
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`,
    `<title>${escapeXml(scene.description)}</title>`,
    `<rect width="100%" height="100%" fill="${escapeXml(scene.background)}"/>`,
    ...scene.shapes.map((shape) => element(shape, transform)),
    "</svg>\n",
  ].join("\n");
}

/** A conversion from world units to pixels as text. */
interface Transform {
  x(x: number): string;
  y(y: number): string;
  length(length: number): string;
}

function element(shape: Shape, to: Transform): string {
  switch (shape.kind) {
    case "rectangle": {
      const corner = `x="${to.x(shape.x - shape.width / 2)}" y="${to.y(shape.y + shape.height / 2)}"`;
      const size = `width="${to.length(shape.width)}" height="${to.length(shape.height)}"`;
      const degrees = text(-(shape.angle ?? 0) * 180 / Math.PI);
      const turn = degrees === "0" ? "" : ` transform="rotate(${degrees} ${to.x(shape.x)} ${to.y(shape.y)})"`;
      return `<rect ${corner} ${size}${turn}${paint(shape, to)}/>`;
    }
    case "circle":
      return `<circle cx="${to.x(shape.x)}" cy="${to.y(shape.y)}" r="${to.length(shape.radius)}"${
        paint(shape, to)
      }/>`;
    case "line":
      return `<polyline points="${path(shape.points, to)}"${
        paint(shape, to)
      } stroke-linecap="round" stroke-linejoin="round"/>`;
    case "polygon":
      return `<polygon points="${path(shape.points, to)}"${paint(shape, to)}/>`;
  }
}

function path(points: readonly number[], to: Transform): string {
  const pairs: string[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) pairs.push(`${to.x(points[i]!)},${to.y(points[i + 1]!)}`);
  return pairs.join(" ");
}

/** Without a fill attribute, SVG would paint black. */
function paint({ fill = "none", stroke, strokeWidth }: Paint, to: Transform): string {
  const outline = stroke === undefined ? "" : ` stroke="${escapeXml(stroke)}"`;
  const width = strokeWidth === undefined ? "" : ` stroke-width="${to.length(strokeWidth)}"`;
  return ` fill="${escapeXml(fill)}"${outline}${width}`;
}

/** A number with at most two decimals, as short as possible. */
function text(value: number): string {
  if (value - value !== 0) throw refusal(RangeError, "draw a scene", "numbers must be finite", value);
  return String(Number(value.toFixed(2)) + 0);
}
