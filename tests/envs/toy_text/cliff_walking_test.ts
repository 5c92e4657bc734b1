import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { CliffWalking, makeEnv } from "../../../envs/mod.ts";
import { assertRecording } from "../_assert_recording.ts";
import { optimalPolicy, optimalReturn } from "./_value_iteration.ts";

Deno.test("CliffWalking-v1 repeats everything recorded of Gymnasium", () => {
  assertRecording("CliffWalking-v1", () => makeEnv("CliffWalking-v1"));
});

Deno.test("CliffWalkingSlippery-v1 repeats everything recorded of Gymnasium", () => {
  assertRecording("CliffWalkingSlippery-v1", () => makeEnv("CliffWalkingSlippery-v1"));
});

Deno.test("CliffWalking.transitions() at the edges, the cliff and the goal", () => {
  const env = new CliffWalking();
  assertEquals([0, 1, 2, 3].map((action) => env.transitions(0, action)), [
    [[1, 0, -1, false]],
    [[1, 1, -1, false]],
    [[1, 12, -1, false]],
    [[1, 0, -1, false]],
  ]);
  assertEquals(env.transitions(36, 1), [[1, 36, -100, false]]);
  assertEquals(env.transitions(34, 2), [[1, 36, -100, false]]);
  assertEquals(env.transitions(35, 2), [[1, 47, -1, true]]);
  const slippery = new CliffWalking({ isSlippery: true });
  // Right, right above the cliff: up, right, down.
  assertEquals(slippery.transitions(25, 1), [
    [1 / 3, 13, -1, false],
    [1 / 3, 26, -1, false],
    [1 / 3, 36, -100, false],
  ]);
});

Deno.test("CliffWalking's best way takes 13 steps along the edge", () => {
  const env = new CliffWalking();
  assertEquals(optimalReturn(env), -13);
  const policy = optimalPolicy(env);
  let { observation } = env.reset({ seed: 0 });
  let steps = 0;
  for (let over = false; !over; steps++) {
    const result = env.step(policy[observation]!);
    observation = result.observation;
    over = result.terminated;
    assert(result.reward === -1);
  }
  assertEquals([steps, observation], [13, 47]);
  assertThrows(() => env.step(0), Error, "the episode is over");
});

Deno.test("CliffWalking's best way on slippery ground keeps away from the edge", () => {
  const env = new CliffWalking({ isSlippery: true });
  const policy = optimalPolicy(env, { discount: 0.99 });
  // Nowhere above the cliff does one let go of the slope.
  for (let column = 1; column < 11; column++) assertEquals(policy[24 + column], 0);
  // The mean of 3,000 episodes from seed 0 is what the table promises.
  const best = optimalPolicy(env);
  let { observation } = env.reset({ seed: 0 });
  let [episodes, total] = [0, 0];
  while (episodes < 3_000) {
    const result = env.step(best[observation]!);
    total += result.reward;
    observation = result.observation;
    if (result.terminated) {
      episodes++;
      observation = env.reset().observation;
    }
  }
  assertAlmostEquals(total / episodes / optimalReturn(env), 1, 0.05);
});

Deno.test("CliffWalking refuses bad actions and options", () => {
  const env = new CliffWalking();
  assertThrows(() => env.step(0), Error, "Cannot step CliffWalking-v1: reset must be called first");
  env.reset();
  assertThrows(() => env.step(-1), RangeError, "action must be a whole number from 0 to 3, got -1");
  assertThrows(
    () => Reflect.construct(CliffWalking, [{ isSlippery: "no" }]),
    TypeError,
    'or false, got "no"',
  );
  assertThrows(() => env.transitions(48, 0), RangeError, "state must be a whole number from 0 to 47, got 48");
  assertEquals(makeEnv("CliffWalkingSlippery-v1", { isSlippery: false }).reset().info, { prob: 1 });
});

Deno.test("CliffWalking.render() shows the walker", () => {
  const env = new CliffWalking();
  assertEquals(
    env.render().description,
    "A hillside of 4 × 12 fields with a cliff along its lower edge; the walker is in row 3, column 0",
  );
  env.reset();
  env.step(0);
  assert(env.render().description.endsWith("row 2, column 0"));
  assertEquals([env.render().width, env.render().height], [12, 4]);
});
