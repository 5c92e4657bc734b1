/**
 * The picture of an environment as a list of shapes: one source for SVG, PNG, GIF and canvas.
 *
 * @module
 */

/** The fields of all shapes. */
export interface Paint {
  /** Fill colour as `#rrggbb`; absent for none. */
  fill?: string;
  /** Outline colour as `#rrggbb`; absent for none. */
  stroke?: string;
  /** Width of the outline in world units. */
  strokeWidth?: number;
}

/** An axis-parallel rectangle, turned by `angle` about its centre. */
export interface Rectangle extends Paint {
  /** The kind of shape. */
  kind: "rectangle";
  /** Centre, in world units. */
  x: number;
  /** Centre, in world units. */
  y: number;
  /** Width before turning, in world units. */
  width: number;
  /** Height before turning, in world units. */
  height: number;
  /**
   * Counter-clockwise turn about the centre, in radians.
   *
   * @default {0}
   */
  angle?: number;
}

/** A circle. */
export interface Circle extends Paint {
  /** The kind of shape. */
  kind: "circle";
  /** Centre, in world units. */
  x: number;
  /** Centre, in world units. */
  y: number;
  /** Radius, in world units. */
  radius: number;
}

/** An open path through points. */
export interface Line extends Paint {
  /** The kind of shape. */
  kind: "line";
  /** x0, y0, x1, y1, … in world units. */
  points: readonly number[];
}

/** A closed path through points. */
export interface Polygon extends Paint {
  /** The kind of shape. */
  kind: "polygon";
  /** x0, y0, x1, y1, … in world units. */
  points: readonly number[];
}

/** One shape of a scene. */
export type Shape = Rectangle | Circle | Line | Polygon;

/** A picture in world units, y pointing up; later shapes lie over earlier ones. */
export interface Scene {
  /** Left edge of the view. */
  x: number;
  /** Lower edge of the view. */
  y: number;
  /** Width of the view in world units. */
  width: number;
  /** Height of the view in world units. */
  height: number;
  /** Background colour as `#rrggbb`. */
  background: string;
  /** A description of the picture, as its text alternative. */
  description: string;
  /** The shapes, from back to front. */
  shapes: readonly Shape[];
}
