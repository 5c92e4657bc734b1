/** Throws a TypeError unless an action mask has one element per action. */
export function checkMask(mask: Uint8Array, actions: number): void {
  if (mask.length === actions) return;
  throw new TypeError(`Cannot act: the action mask must have ${actions} elements, got ${mask.length}`);
}
