/** 2ᵏ at index k − {@linkcode LEAST}; each is half or twice its neighbour, and so exact. */
const LEAST = -1024;
const POWERS: Float64Array = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2048);
  powers[0] = 5.562684646268003e-309; // 2⁻¹⁰²⁴
  for (let i = 1; i < powers.length; i++) powers[i] = 2 * powers[i - 1]!;
  return powers;
}

/** 2ᵏ for whole numbers k from −1024 to 1023: a table look-up, faster than building a double from its bits. */
export function powerOfTwo(k: number): number {
  return POWERS[k - LEAST]!;
}
