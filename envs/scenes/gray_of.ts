/**
 * Colours as gray.
 *
 * @module
 */

/**
 * The brightness of a colour, whole numbers from 0 to 255, computed in float64 and cut to a whole number
 * (`gymnasium/wrappers/transform_observation.py`, GrayscaleObservation).
 */
export function grayOf(red: number, green: number, blue: number): number {
  return Math.floor(red * 0.2125 + green * 0.7154 + blue * 0.0721);
}
