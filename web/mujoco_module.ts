/**
 * The package `@mujoco/mujoco` in a form that the page may load.
 *
 * @module
 */

/** The code that the package builds from text, and its replacement. */
const PLACES = [
  [
    "new Function(...args, invokerFnBody)(...closureArgs)",
    `createInvoker({
        types: argTypes,
        isMethod: isClassMethodFunc,
        returns,
        keepsList: needsDestructorStack,
        invoke: cppInvokerFunc,
        target: cppTargetFunc,
        checkCount: (count) => checkArgCount(count, minArgs, expectedArgCount, humanName, throwBindingError),
        release: runDestructors,
      })`,
  ],
  [
    "new Function(...params, functionBody)(...args)",
    "createMethodCaller(types, retType, kind === 1, kind === 0, emval_returnValue)",
  ],
] as const;

/**
 * The package's module without code from text: a page whose content security policy has no `unsafe-eval` runs it.
 *
 * @param source The package's `mujoco.js`.
 * @param invokers The address of `mujoco_invokers.ts`.
 * @returns The module, which imports the invokers.
 * @throws {Error} If the package is not the expected one.
 */
export function withoutCodeFromText(source: string, invokers: string): string {
  const refuse = (expected: string) => new Error(`Cannot build the page: mujoco.js must ${expected}`);
  let module = source;
  for (const [text, closure] of PLACES) {
    const parts = module.split(text);
    if (parts.length !== 2) throw refuse(`have "${text}" once`);
    module = parts.join(closure);
  }
  if (/\bnew Function\b|\beval\(/.test(module)) throw refuse("build no other code from text");
  return `import { createInvoker, createMethodCaller } from ${JSON.stringify(invokers)};\n${module}`;
}
