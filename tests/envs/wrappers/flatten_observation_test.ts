import { assertEquals, assertThrows } from "@std/assert";
import { Box, checkEnv, Discrete, FlattenObservation, FrameStack, makeEnv } from "../../../envs/mod.ts";
import { DotEnv } from "../_dot_env.ts";
import { ScriptedEnv } from "../_toy_envs.ts";

Deno.test("FlattenObservation shows the same numbers in a row, with the same bounds", () => {
  const env = new FlattenObservation(new DotEnv());
  checkEnv(new FlattenObservation(new DotEnv()));
  const plain = new DotEnv();
  assertEquals(`${env.observationSpace}`, "Box(0.0, 255.0, (12,), float32)");
  assertEquals(env.reset({ seed: 1 }).observation, Float32Array.from(plain.reset({ seed: 1 }).observation));
  assertEquals(env.step(1).observation, Float32Array.from(plain.step(1).observation));
});

Deno.test("FlattenObservation keeps the names and the bounds of each number", () => {
  const stacked = new FrameStack(makeEnv("MountainCar-v0"), 2);
  const { observationSpace } = new FlattenObservation(stacked);
  assertEquals(observationSpace.shape, [4]);
  assertEquals(observationSpace.names, stacked.observationSpace.names);
  assertEquals(observationSpace.low, stacked.observationSpace.low);
});

Deno.test("FlattenObservation returns arrays of the caller's", () => {
  const script = [Float32Array.of(0, 1)];
  const env = new FlattenObservation(
    new ScriptedEnv(new Box(0, 1, { shape: [1, 2] }), new Discrete(1), script),
  );
  env.reset().observation.fill(9);
  assertEquals(script[0], Float32Array.of(0, 1));
});

Deno.test("FlattenObservation continues from a snapshot", () => {
  const [env, other] = [new FlattenObservation(new DotEnv()), new FlattenObservation(new DotEnv())];
  env.reset({ seed: 3 });
  env.step(1);
  env.observationSpace.sample();
  other.restore(JSON.parse(JSON.stringify(env.snapshot())));
  assertEquals(other.step(1), env.step(1));
  assertEquals(other.observationSpace.sample(), env.observationSpace.sample());
});

Deno.test("FlattenObservation refuses observations that are no arrays, or of another length", () => {
  assertThrows(
    () => Reflect.construct(FlattenObservation, [makeEnv("Taxi-v4")]),
    TypeError,
    "Cannot flatten observations of Taxi-v4: observationSpace must be a Box, got Discrete(500)",
  );
  const odd = new ScriptedEnv(new Box(0, 1, { shape: [2] }), new Discrete(1), [Float32Array.of(1)]);
  assertThrows(
    () => new FlattenObservation(odd).reset(),
    RangeError,
    "observation must be of length 2, got Float32Array of length 1",
  );
});
