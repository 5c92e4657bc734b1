/** The name of a setting as readers see it, not as a command takes it: `learning rate` for `learning-rate`. */
export function shownName(flag: string): string {
  return flag.replaceAll("-", " ");
}
