/** Elements of one kind at the end of another: a redraw keeps those that it needs again, so that the browser has little to do. */
export class Repeated<E extends Element> {
  readonly #parent: Element;
  readonly #create: () => E;
  readonly #elements: E[] = [];

  /** Adds nothing yet; `create` makes an element. */
  constructor(parent: Element, create: () => E) {
    this.#parent = parent;
    this.#create = create;
  }

  /** Creates or removes elements at the end until there are so many, and returns them. */
  fit(count: number): readonly E[] {
    while (this.#elements.length > count) this.#elements.pop()!.remove();
    while (this.#elements.length < count) {
      const element = this.#create();
      this.#parent.append(element);
      this.#elements.push(element);
    }
    return this.#elements;
  }
}
