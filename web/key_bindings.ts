/**
 * Key bindings of actions.
 *
 * @module
 */

/** Key bindings of actions. */
export interface KeyBindings {
  /** The action of each key, by the key's name (`KeyboardEvent.key`). */
  readonly actions: ReadonlyMap<string, number>;
  /** The action while no key is held; undefined repeats the last action. */
  readonly idle: number | undefined;
}

const NAMED: readonly (readonly [key: string, meaning: RegExp])[] = [
  ["ArrowLeft", /\bleft\b|\bwest\b/i],
  ["ArrowRight", /\bright\b|\beast\b/i],
  ["ArrowUp", /\bup\b|\bnorth\b|\bmain\b|\bforward\b/i],
  ["ArrowDown", /\bdown\b|\bsouth\b/i],
  [" ", /\btoggle\b/i],
  ["p", /\bpick up\b/i],
  ["d", /\bdrop\b/i],
];
const IDLE = /\bcoast\b|\bnothing\b|\bno(ne)?\b|\bstay\b|\bdone\b/i;

/**
 * Keys for a list of actions: arrows, the space bar and letters if the meanings name directions, switching, picking up and dropping;
 * arrows for strengths below and above zero; otherwise arrows for the first and the last of a few actions. The first nine actions that are not strengths also get digits.
 */
export function keyBindings(meanings: readonly string[]): KeyBindings {
  const strengths = strengthsOf(meanings);
  if (strengths !== undefined) return strengthBindings(strengths);
  const actions = new Map<string, number>();
  for (const [key, pattern] of NAMED) {
    const action = meanings.findIndex((meaning) => pattern.test(meaning));
    if (action !== -1) actions.set(key, action);
  }
  if (actions.size === 0 && meanings.length <= 3) {
    actions.set("ArrowLeft", 0).set("ArrowRight", meanings.length - 1);
  }
  for (let i = 0; i < Math.min(meanings.length, 9); i++) actions.set(`${i + 1}`, i);
  const idle = meanings.findIndex((meaning) => IDLE.test(meaning));
  return { actions, idle: idle === -1 ? undefined : idle };
}

/** The numbers in meanings such as `main engine -1, side engines 0`; undefined if some have none, or none is below zero. */
function strengthsOf(meanings: readonly string[]): number[][] | undefined {
  const strengths = meanings.map((meaning) =>
    meaning.split(", ").map((part) => Number(/ (-?\d+(\.\d+)?)$/.exec(part)?.[1]))
  );
  const all = strengths.flat();
  return all.some((value) => value < 0) && !all.some(Number.isNaN) ? strengths : undefined;
}

/** Left and right for a single strength; up and down for the first of two strengths, left and right for the second. */
function strengthBindings(strengths: readonly (readonly number[])[]): KeyBindings {
  const dimensions = strengths[0]!.length;
  const actions = new Map<string, number>();
  const bind = (key: string, sign: number, along: number) => {
    const worth = (values: readonly number[]) =>
      values.reduce((sum, value, i) => i === along ? sum + sign * value : sum - Math.abs(value), 0);
    const best = Math.max(...strengths.map(worth));
    actions.set(key, strengths.findIndex((values) => worth(values) === best));
  };
  if (dimensions > 1) {
    bind("ArrowUp", 1, 0);
    bind("ArrowDown", -1, 0);
  }
  bind("ArrowLeft", -1, dimensions > 1 ? 1 : 0);
  bind("ArrowRight", 1, dimensions > 1 ? 1 : 0);
  const idle = strengths.findIndex((values) => values.every((value) => value === 0));
  return { actions, idle: idle === -1 ? undefined : idle };
}

const ARROWS: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

/** What a page calls the space bar, and holding no key. */
export interface KeyNames {
  readonly space: string;
  readonly noKey: string;
}

/** One key for each action, digits last, such as `← push left, → push right`. */
export function keysText(
  { actions, idle }: KeyBindings,
  meanings: readonly string[],
  { space, noKey }: KeyNames,
): string {
  const keys = new Map<number, string>();
  for (const [key, action] of actions) {
    if (!keys.has(action)) keys.set(action, key === " " ? space : ARROWS[key] ?? key);
  }
  const texts = [...keys].filter(([action]) => action !== idle)
    .map(([action, key]) => `${key} ${meanings[action]}`);
  const all = [...texts, ...(idle === undefined ? [] : [`${noKey}: ${meanings[idle]}`])];
  return all.join(meanings.some((meaning) => meaning.includes(",")) ? "; " : ", ");
}
