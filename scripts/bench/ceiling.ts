/**
 * The machine's limit: vectors multiplied and added in registers, with nothing loaded or stored.
 *
 * @module
 */

import { ModuleWriter } from "../../nn/kernels/assembler/module.ts";
import { doWhile } from "../../nn/kernels/assembler/statements.ts";
import { V128 } from "../../nn/kernels/assembler/values.ts";

const SUMS = 12;
const ROUNDS = 20_000;

/** Floating-point operations in one call of the function that {@linkcode createCeiling} returns. */
export const CEILING_OPERATIONS = ROUNDS * SUMS * 8;

/** Prepares a loop over independent sums, with one multiplication and one addition each per round. */
export function createCeiling(): () => void {
  const writer = new ModuleWriter();
  writer.function("run", "f32", (v) => {
    const rounds = v.parameter(), factor = v.parameterF32().splat(), summand = v.parameterF32().splat();
    const left = v.v128(), right = v.v128(), sums = v.vectors(SUMS);
    return [
      left.set(factor),
      right.set(summand),
      doWhile(
        () => rounds,
        ...sums.map((sum) => sum.set(sum.mul(left).add(right))),
        rounds.set(rounds.sub(1)),
      ),
      sums.reduce((total: V128, sum) => total.add(sum), V128.zero()).lane(0),
    ];
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(writer.bytes(0)), { env: { memory } });
  const { run } = exports;
  if (typeof run !== "function") {
    throw new TypeError("Cannot measure the ceiling: the module must export run");
  }
  return () => run(ROUNDS, 0.99, 0.5);
}
