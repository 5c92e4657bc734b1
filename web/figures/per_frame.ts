/**
 * Drawing no more often than the screen.
 *
 * @module
 */

/** Makes a function that calls another in the next animation frame, once for all calls until then. */
export function perFrame(draw: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      draw();
    });
  };
}
