/**
 * The physics engine, with the same arithmetic in every JavaScript engine. The order of these three lines
 * matters.
 *
 * @module
 */

import "./_lend_math.ts";
export { type Body, Box, Edge, Polygon, RevoluteJoint, Vec2, World } from "planck";
import "./_take_math_back.ts";
