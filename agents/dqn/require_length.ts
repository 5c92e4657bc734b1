/** Throws a TypeError unless an array has the given length; the message begins with "Cannot `action`". */
export function requireLength(action: string, name: string, array: ArrayLike<unknown>, length: number): void {
  if (array.length === length) return;
  throw new TypeError(`Cannot ${action}: ${name} must have ${length} elements, got ${array.length}`);
}

/** Throws a RangeError unless a number is in [0, 1]. */
export function requireShare(action: string, name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new RangeError(`Cannot ${action}: ${name} must be in [0, 1], got ${value}`);
}
