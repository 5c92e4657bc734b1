/**
 * Float32 numbers in NumPy's notation.
 *
 * @module
 */

/** The shortest text that gives the same float32, with a point, such as `0.1`, `2.` and `inf`. */
function digits(value: number): string {
  if (value === Infinity) return "inf";
  if (value === -Infinity) return "-inf";
  for (let precision = 1; precision < 9; precision++) {
    const text = value.toPrecision(precision);
    if (Math.fround(Number(text)) === value) return withPoint(String(Number(text)));
  }
  return withPoint(String(Number(value.toPrecision(9))));
}

function withPoint(text: string): string {
  return /[.e]/.test(text) ? text : `${text}.`;
}

/** A single number, such as `0.1`, `2.0` and `inf`. */
export function float32Text(value: number): string {
  return digits(value).replace(/\.$/, ".0");
}

/** A vector, such as `[0.1 2. inf]`; NumPy also pads the columns. */
export function float32VectorText(values: Float32Array): string {
  return `[${Array.from(values, digits).join(" ")}]`;
}
