import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { decodeSafetensors } from "../../../nn/mod.ts";
import {
  createImageUpdate,
  encodeImages,
  IMAGE_ROWS,
  IMAGE_WORKLOADS,
  trainImages,
} from "../../../scripts/bench/image_workload.ts";
import { BallEnv } from "../../../scripts/bench/ball_env.ts";

const SMALL = { ...IMAGE_WORKLOADS[0]!, units: 8, batches: 2, learned: 20 };

Deno.test("the images have MinAtar's shape, or that of DQN on Atari", () => {
  const bits = new BallEnv({ planes: 4 }), pixels = new BallEnv("pixels");
  const shown = bits.reset({ seed: 0 }).observation;
  assertEquals([bits.observationSpace.shape, shown.reduce((sum, bit) => sum + bit, 0)], [
    [10, 10, 4],
    1 + 2 + 30,
  ]);
  assert(bits.observationSpace.contains(shown));
  const first = pixels.reset({ seed: 0 }).observation, second = pixels.step(1).observation;
  assertEquals([pixels.observationSpace.shape, first.length], [[84, 84, 4], 28_224]);
  for (let place = 0; place < 84 * 84; place++) assertEquals(second[4 * place], first[4 * place + 1]);
});

Deno.test("an update on images is made with either kernels, and a file has the channels first", () => {
  const data = trainImages(SMALL);
  assertEquals(trainImages(SMALL), data);
  for (const kernel of ["simd", "reference"] as const) createImageUpdate(data, kernel)();
  const { tensors } = decodeSafetensors(encodeImages(data));
  const { shape, data: turned } = tensors.find(({ name }) => name === "observations")!;
  assertEquals(shape, [2 * IMAGE_ROWS, 4, 10, 10]);
  assertEquals(turned[100 + 37], data.observations[37 * 4 + 1]!);
  assertAlmostEquals(data.architecture.byteScale!, 1);
});
