import { assertEquals } from "@std/assert";
import { makeEnv } from "../../envs/mod.ts";

/** A rule that nearly balances, or nearly climbs: with some random actions, episodes of all lengths. */
const RULES = {
  "CartPole-v0": ([x, v, angle, spin]: Float32Array) =>
    angle! + 0.5 * spin! + 0.05 * x! + 0.1 * v! > 0 ? 1 : 0,
  "CartPole-v1": ([x, v, angle, spin]: Float32Array) =>
    angle! + 0.5 * spin! + 0.05 * x! + 0.1 * v! > 0 ? 1 : 0,
  "MountainCar-v0": ([, v]: Float32Array) => v! >= 0 ? 2 : 0,
};

/** Every number of 20,000 steps from seed 0, a third of them at random, as little-endian float64, hashed. */
async function trajectoryHash(id: keyof typeof RULES): Promise<string> {
  const env = makeEnv(id);
  env.actionSpace.seed(0);
  let { observation } = env.reset({ seed: 0 });
  const numbers: number[] = [...observation];
  for (let i = 0; i < 20_000; i++) {
    const action = i % 3 === 0 ? env.actionSpace.sample() : RULES[id](observation);
    const { reward, terminated, truncated, ...result } = env.step(action);
    observation = result.observation;
    numbers.push(action, ...observation, reward, Number(terminated), Number(truncated));
    if (terminated || truncated) {
      observation = env.reset().observation;
      numbers.push(...observation);
    }
  }
  const bytes = new DataView(new ArrayBuffer(8 * numbers.length));
  numbers.forEach((number, i) => bytes.setFloat64(8 * i, number, true));
  const digest = await crypto.subtle.digest("SHA-256", bytes.buffer);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

Deno.test("CartPole-v0's trajectory of 20,000 steps", async () => {
  assertEquals(
    await trajectoryHash("CartPole-v0"),
    "4f0c3984ebc240437b7534e22e469072c4411379d5ccb6bfc85625804560b61c",
  );
});

Deno.test("CartPole-v1's trajectory of 20,000 steps", async () => {
  assertEquals(
    await trajectoryHash("CartPole-v1"),
    "5b39ff687fa7af175db2b420acf1422be256c0ff0bbd66d8d8b0801a559388b1",
  );
});

Deno.test("MountainCar-v0's trajectory of 20,000 steps", async () => {
  assertEquals(
    await trajectoryHash("MountainCar-v0"),
    "c8cc57551ca8048103f8e2073c96314f3475113a4e2c3baab3e76d57a65f8a9c",
  );
});
