/**
 * Playing with the keyboard.
 *
 * @module
 */

/** Which key stands for which action. */
export interface KeyBindings {
  /** The action of each key, by the key's name (`KeyboardEvent.key`). */
  readonly actions: ReadonlyMap<string, number>;
  /** What to do while no key is held; undefined to go on with the last action. */
  readonly idle: number | undefined;
}

const ARROWS: readonly (readonly [key: string, meaning: RegExp])[] = [
  ["ArrowLeft", /\bleft\b|\bwest\b/i],
  ["ArrowRight", /\bright\b|\beast\b/i],
  ["ArrowUp", /\bup\b|\bnorth\b|\bmain\b/i],
  ["ArrowDown", /\bdown\b|\bsouth\b/i],
];
const IDLE = /\bcoast\b|\bnothing\b|\bno(ne)?\b|\bstay\b/i;

/**
 * Keys for a list of actions: arrows where the meanings speak of directions, the first and the last of a few else; and a
 * digit for each of the first nine.
 */
export function keyBindings(meanings: readonly string[]): KeyBindings {
  const actions = new Map<string, number>();
  for (const [key, pattern] of ARROWS) {
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

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

/** One key for each action, arrows before digits, as in `← push left, → push right`. */
export function keysText({ actions, idle }: KeyBindings, meanings: readonly string[]): string {
  const keys = new Map<number, string>();
  for (const [key, action] of actions) if (!keys.has(action)) keys.set(action, NAMES[key] ?? key);
  const texts = [...keys].filter(([action]) => action !== idle)
    .map(([action, key]) => `${key} ${meanings[action]}`);
  return [...texts, ...(idle === undefined ? [] : [`no key: ${meanings[idle]}`])].join(", ");
}

/** Follows the keys that are held while an element has the focus. */
export class HeldKeys {
  #bindings: KeyBindings = { actions: new Map(), idle: undefined };
  #held: number[] = [];
  #last = 0;

  /**
   * Starts to listen.
   *
   * @param element What must have the focus.
   * @param onPress Called whenever a bound key goes down.
   */
  constructor(element: HTMLElement, onPress: () => void) {
    element.addEventListener("keydown", (event) => {
      const action = this.#bindings.actions.get(event.key);
      if (action === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault(); // arrows would scroll
      if (event.repeat) return;
      this.#held.push(action);
      this.#last = action;
      onPress();
    });
    element.addEventListener("keyup", (event) => {
      const action = this.#bindings.actions.get(event.key);
      this.#held = this.#held.filter((other) => other !== action);
    });
    element.addEventListener("blur", () => this.#held = []);
  }

  /** Listens to other keys. */
  bind(bindings: KeyBindings): void {
    this.#bindings = bindings;
    this.#held = [];
    this.#last = bindings.idle ?? 0;
  }

  /** The action of the key that went down last, or what no key means. */
  get action(): number {
    return this.#held.at(-1) ?? this.#bindings.idle ?? this.#last;
  }

  /** The action of the last key, held or not. */
  get lastPressed(): number {
    return this.#last;
  }
}
