/**
 * The fingerprints of LunarLander and of MuJoCo's environments in an engine whose `Math` is less exact than others', printed.
 *
 * @module
 */

const names = ["sin", "cos", "tan", "atan2", "exp", "pow", "tanh"] as const;
for (const name of names) {
  const exact: unknown = Math[name];
  if (typeof exact !== "function") throw new TypeError(`Cannot make ${name} less exact`);
  Reflect.set(Math, name, (...args: unknown[]) => Math.fround(Number(Reflect.apply(exact, undefined, args))));
}
const ofThisEngine = names.map((name) => Math[name]);

const { landerHashes } = await import("./golden_lander.ts");
const { mujocoHashes } = await import("./golden_mujoco.ts");
console.log(JSON.stringify({ lander: landerHashes(), mujoco: await mujocoHashes() }));
if (names.some((name, i) => Math[name] !== ofThisEngine[i])) {
  throw new Error("Cannot go on: Math has changed");
}
