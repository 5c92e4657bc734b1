/**
 * Starting when the reader looks.
 *
 * @module
 */

/** Calls a function once, when an element has come well into the screen. */
export function whenSeen(element: Element, start: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    start();
  }, { rootMargin: "-15% 0px" });
  observer.observe(element);
}

/** Whether the reader wants things to move by themselves. */
export function mayMove(): boolean {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}
