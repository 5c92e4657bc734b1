/**
 * The functions between JavaScript and the engine (Emscripten's Embind), as closures. `@mujoco/mujoco` would otherwise build them
 * from text, which the page's content security policy forbids.
 *
 * @module
 */

/** The conversion of values of one of the engine's types to and from JavaScript. */
interface WireType {
  readonly toWireType: (destructors: unknown[] | null, value: unknown) => unknown;
  readonly fromWireType: (value: unknown) => unknown;
  readonly destructorFunction: ((value: unknown) => void) | null | undefined;
  readonly readValueFromPointer: (pointer: number) => unknown;
  readonly argPackAdvance: number;
  readonly isVoid?: boolean;
}

/** A function of the engine, as the package describes it. */
interface Invocation {
  /** The types of the result, of `this` and of the arguments. */
  readonly types: readonly (WireType | null)[];
  /** Whether `this` is passed. */
  readonly isMethod: boolean;
  /** Whether there is a result. */
  readonly returns: boolean;
  /** Whether values made for the call are kept in a list until it ends. */
  readonly keepsList: boolean;
  /** Calls the engine: a pointer to its function, then the values. */
  readonly invoke: (...values: unknown[]) => unknown;
  /** The pointer. */
  readonly target: unknown;
  /** Throws for a wrong number of arguments. */
  readonly checkCount: (count: number) => void;
  /** Frees the values in the list. */
  readonly release: (list: unknown[]) => void;
}

/** Creates a JavaScript function that calls the engine. */
export function createInvoker(
  { types, isMethod, returns, keepsList, invoke, target, checkCount, release }: Invocation,
): (...args: unknown[]) => unknown {
  const [result, self] = types;
  const passed = types.slice(2).map((type) => type!);
  const first = isMethod ? 2 : 1;
  return function (this: unknown, ...args: unknown[]): unknown {
    checkCount(args.length);
    const list = keepsList ? [] : null;
    const values: unknown[] = [target];
    if (isMethod) values.push(self!.toWireType(list, this));
    for (let i = 0; i < passed.length; i++) values.push(passed[i]!.toWireType(list, args[i]));
    const value = invoke(...values);
    if (list !== null) release(list);
    else {
      if (isMethod) self!.destructorFunction?.(values[1]);
      for (let i = 0; i < passed.length; i++) passed[i]!.destructorFunction?.(values[first + i]);
    }
    return returns ? result!.fromWireType(value) : undefined;
  };
}

/** Creates a function by which the engine calls JavaScript; the arguments are consecutive in its memory. */
export function createMethodCaller(
  types: readonly WireType[],
  result: WireType,
  isConstructor: boolean,
  passesObject: boolean,
  giveBack: (type: WireType, destructors: unknown, value: unknown) => unknown,
): (object: unknown, method: unknown, destructors: unknown, pointer: number) => unknown {
  return (object, method, destructors, pointer) => {
    const args: unknown[] = [];
    let at = pointer;
    for (const type of types) {
      args.push(type.readValueFromPointer(at));
      at += type.argPackAdvance;
    }
    if (typeof method !== "function") {
      throw new TypeError("Cannot call JavaScript: method must be a function");
    }
    const value: unknown = isConstructor
      ? Reflect.construct(method, args)
      : passesObject
      ? Reflect.apply(method, object, args)
      : Reflect.apply(method, args[0], args.slice(1));
    return result.isVoid ? undefined : giveBack(result, destructors, value);
  };
}
