/** Throws a RangeError unless a value is a whole number from `least`; the message begins with "Cannot `action`". */
export function requireWhole(action: string, name: string, value: number, least: 0 | 1): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`Cannot ${action}: ${name} must be a whole number from ${least}, got ${value}`);
}
