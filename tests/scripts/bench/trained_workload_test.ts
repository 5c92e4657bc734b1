import { assert, assertEquals, assertGreater } from "@std/assert";
import { CartPole, TimeLimit } from "../../../envs/mod.ts";
import { buildWithKernels, decodeSafetensors, float32Tensors, Mlp } from "../../../nn/mod.ts";
import { createUpdate } from "../../../scripts/bench/dqn_update.ts";
import { BATCHES, encodeWorkload, trainWorkload } from "../../../scripts/bench/trained_workload.ts";

const WORKLOAD = { createEnv: () => new TimeLimit(new CartPole(), 500), sizes: [4, 8, 2], rows: 2 };

Deno.test("a workload has networks that have learned, and transitions of its environment", () => {
  const data = trainWorkload(WORKLOAD);
  assertEquals(trainWorkload(WORKLOAD), data);
  const { observations, actions, rewards, terminated } = data.batches;
  assertEquals([observations.length, actions.length], [BATCHES * 2 * 4, BATCHES * 2]);
  assert(rewards.every((reward) => reward === 1));
  assert(terminated.includes(1) && terminated.includes(0));
  const value = buildWithKernels((kernels) => {
    const network = new Mlp(WORKLOAD.sizes, kernels);
    network.setTensors(data.online);
    const activations = network.createActivations(1);
    activations[0]!.data.set(observations.subarray(0, 4));
    return network.forward(activations).data[0]!;
  });
  // A fresh network gives about 0; the value of a state is the discounted number of steps that follow.
  assertGreater(value, 3);
});

Deno.test("an update is made with either kernels", () => {
  const data = trainWorkload(WORKLOAD);
  for (const kernel of ["simd", "reference"] as const) createUpdate(WORKLOAD, data, kernel)();
});

Deno.test("the file for other languages has both networks and the columns", () => {
  const data = trainWorkload(WORKLOAD);
  const content = decodeSafetensors(encodeWorkload(data));
  const names = content.tensors.map(({ name }) => name);
  assertEquals(names.slice(0, 2), ["online.layers.0.weight", "online.layers.0.bias"]);
  assertEquals(names.slice(-5), ["observations", "next_observations", "actions", "rewards", "terminated"]);
  const floats = float32Tensors({ ...content, tensors: content.tensors.slice(0, -3) });
  assertEquals(floats.find(({ name }) => name === "target.layers.1.bias")?.data, data.target.at(-1)!.data);
});
