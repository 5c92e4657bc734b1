import { assertEquals } from "@std/assert";
import { type Action, type Env, makeEnv, type Observation } from "../../envs/mod.ts";
import type { GYMNASIUM_IDS } from "./_gymnasium_ids.ts";

type Id = (typeof GYMNASIUM_IDS)[number];

/** A rule that nearly balances, climbs, swings up or delivers; undefined: all actions at random. */
type Rule = ((observation: Observation) => Action) | undefined;

const listOf = (value: Observation | Action): readonly number[] =>
  typeof value === "number" ? [value] : [...value];

const balance = (observation: Observation) => {
  const [x, v, angle, spin] = listOf(observation);
  return angle! + 0.5 * spin! + 0.05 * x! + 0.1 * v! > 0 ? 1 : 0;
};

const TRAJECTORIES: Record<Id, [rule: Rule, hash: string]> = {
  "CartPole-v0": [balance, "4f0c3984ebc240437b7534e22e469072c4411379d5ccb6bfc85625804560b61c"],
  "CartPole-v1": [balance, "5b39ff687fa7af175db2b420acf1422be256c0ff0bbd66d8d8b0801a559388b1"],
  "MountainCar-v0": [
    (observation) => listOf(observation)[1]! >= 0 ? 2 : 0,
    "c8cc57551ca8048103f8e2073c96314f3475113a4e2c3baab3e76d57a65f8a9c",
  ],
  "MountainCarContinuous-v0": [
    (observation) => Float32Array.of(listOf(observation)[1]! >= 0 ? 1 : -1),
    "d0a1b18802deba4b28a9edab6c1a25b3563040e475bf97818b07196c76a50cce",
  ],
  "Acrobot-v1": [
    (observation) => listOf(observation)[4]! < 0 ? 2 : 0,
    "0aeec26c300e0e79b07ab63acf22c01f6505e207d903a52801f52163dd205324",
  ],
  "Pendulum-v1": [
    (observation) => Float32Array.of(listOf(observation)[2]! >= 0 ? 2 : -2),
    "193ddb5554dec1333152444e1bf5a7feb84a2abffcd3b991cc2b04f6880b0767",
  ],
  "FrozenLake-v1": [undefined, "5b9b94d21cd1a4099bbdc03e3dc87f9eb204e9d32a1f2216d339e388ffb4c818"],
  "FrozenLake8x8-v1": [undefined, "8c661a7e488c819315bda00947ba4d3158864d4d6f2d44543da12841c38eff1e"],
  "CliffWalking-v1": [undefined, "de3e02b339258ccc4cec3cd96cdc11b85a957a4b13477cf488731546ddd32b8b"],
  "CliffWalkingSlippery-v1": [undefined, "5e244fe4bf054e920aa14f8c4dfb584cca0a387904b5c34ecfc6ac37850260d9"],
  "Taxi-v4": [undefined, "e0708b831bc7439ddc07138a1177e4d2ef71e84eac0ac8f10608cbaa13d39fe7"],
  "Blackjack-v1": [undefined, "9a0e57fa1b4fbca5d5bd3082aa0072d7941aa7ff3f235e91c3b33c8651cc3826"],
};

/** Every number of 20,000 steps from seed 0, a third of them at random, as little-endian float64, hashed. */
async function trajectoryHash(env: Env, rule: Rule): Promise<string> {
  env.actionSpace.seed(0);
  let { observation } = env.reset({ seed: 0 });
  const numbers: number[] = [...listOf(observation)];
  for (let i = 0; i < 20_000; i++) {
    const action = rule === undefined || i % 3 === 0 ? env.actionSpace.sample() : rule(observation);
    const { reward, terminated, truncated, ...result } = env.step(action);
    observation = result.observation;
    numbers.push(...listOf(action), ...listOf(observation), reward, Number(terminated), Number(truncated));
    if (terminated || truncated) {
      observation = env.reset().observation;
      numbers.push(...listOf(observation));
    }
  }
  const bytes = new DataView(new ArrayBuffer(8 * numbers.length));
  numbers.forEach((number, i) => bytes.setFloat64(8 * i, number, true));
  const digest = await crypto.subtle.digest("SHA-256", bytes.buffer);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

for (const [id, [rule, hash]] of Object.entries(TRAJECTORIES)) {
  Deno.test(`${id}'s trajectory of 20,000 steps`, async () => {
    assertEquals(await trajectoryHash(makeEnv(id), rule), hash);
  });
}
