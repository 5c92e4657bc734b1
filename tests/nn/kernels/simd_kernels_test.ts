import { assert, assertEquals, assertThrows } from "@std/assert";
import { createKernels } from "../../../nn/kernels/create_kernels.ts";
import { SimdKernels } from "../../../nn/kernels/simd_kernels.ts";
import { createMatrix } from "../../../nn/matrix.ts";

Deno.test("createKernels() chooses SIMD if it is available, or the given implementation", () => {
  assertEquals(createKernels(16).name, "simd");
  assertEquals(createKernels(16, "simd").name, "simd");
  assertEquals(createKernels(16, "reference").name, "reference");
  const name: string = "cuda";
  const created = () => Reflect.apply(createKernels, undefined, [16, name]);
  assertThrows(created, RangeError, "Cannot create kernels: name must be simd or reference, got cuda");
});

Deno.test("the constructor refuses a length that is not a whole number or does not fit", () => {
  for (const length of [-1, 0.5, NaN, 2 ** 31]) {
    assertThrows(() => new SimdKernels(length), RangeError, "Cannot create SIMD kernels: length must be");
  }
});

Deno.test("allocate() gives zeroed, aligned arrays that do not overlap, up to the room there is", () => {
  const kernels = new SimdKernels(100);
  const first = kernels.allocate(3).fill(1),
    second = kernels.allocateInt32(17).fill(2),
    third = kernels.allocate(32);
  assert([first, second, third].every((array) => array.byteOffset % 64 === 0));
  assertEquals([...first], [1, 1, 1]);
  assert(second.every((value) => value === 2));
  assert(third.every((value) => value === 0));
  assertThrows(() => kernels.allocate(1_000_000), RangeError, "Cannot allocate from kernels: length must be");
  assertThrows(() => kernels.allocate(-1), RangeError, "got -1");
  assertThrows(() => kernels.allocateInt32(0.5), RangeError, "got 0.5");
  assertEquals(kernels.allocate(0).length, 0);
});

Deno.test("allocate() always has the requested room", () => {
  for (const length of [0, 16, 16_384, 100_000]) {
    assertEquals(new SimdKernels(length).allocate(length).length, length);
  }
});

Deno.test("a kernel refuses arrays from elsewhere", () => {
  const kernels = new SimdKernels(1000);
  const own = createMatrix(2, 2, (length) => kernels.allocate(length));
  const foreign = createMatrix(2, 2);
  const bias = kernels.allocate(4);
  const message = "Cannot run a kernel: its arrays must be allocated by it";
  assertThrows(() => kernels.linearForward(foreign, own, bias, own, true), TypeError, message);
  assertThrows(() => kernels.weightGradient(own, foreign, own, bias), TypeError, message);
  assertThrows(() => kernels.scale(new SimdKernels(16).allocate(4), 2), TypeError, message);
  assertThrows(() => kernels.heads.perturb(own, foreign, bias, bias, own), TypeError, message);
  assertThrows(() => kernels.heads.add(bias, new Float32Array(4)), TypeError, message);
});

Deno.test("two instances do not disturb each other", () => {
  const [first, second] = [new SimdKernels(1000), new SimdKernels(1000)];
  const run = (kernels: SimdKernels, factor: number) => {
    const allocate = (length: number) => kernels.allocate(length);
    const input = createMatrix(1, 3, allocate), weight = createMatrix(3, 1, allocate);
    const output = createMatrix(1, 1, allocate), bias = kernels.allocate(4);
    input.data.set([1, 2, 3]);
    for (let i = 0; i < 3; i++) weight.data[i * weight.stride] = factor;
    kernels.linearForward(input, weight, bias, output, false);
    return output.data;
  };
  const six = run(first, 1), twelve = run(second, 2);
  assertEquals([six[0], twelve[0]], [6, 12]);
});

Deno.test("the memory of unreferenced kernels can be collected", () => {
  for (let i = 0; i < 200; i++) new SimdKernels(16 << 20).allocate(16 << 20)[i] = 1; // 64 MiB each, 13 GB in all
});

Deno.test("a pass does not write after an array of odd length", () => {
  const kernels = new SimdKernels(64);
  const all = kernels.allocate(16).fill(1);
  kernels.scale(all.subarray(0, 6), 3);
  assertEquals([...all], [3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
});
