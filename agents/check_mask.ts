/** Fails with a TypeError where an action mask has another length than there are actions. */
export function checkMask(mask: Uint8Array, actions: number): void {
  if (mask.length === actions) return;
  throw new TypeError(`Cannot act: the action mask must have ${actions} elements, got ${mask.length}`);
}
