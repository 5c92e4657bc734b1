import { assertEquals } from "@std/assert";
import { Dqn, type DqnOptions } from "../../../agents/mod.ts";
import { Box, Discrete, makeEnv } from "../../../envs/mod.ts";
import { decodeOnnx, encodeOnnx } from "../../../nn/mod.ts";

const VARIANTS: readonly DqnOptions[] = [
  {},
  { hidden: [], dueling: true },
  { distribution: "c51", atoms: 7, vMin: -3, vMax: 5 },
  { hidden: [8, 8], distribution: "qr", atoms: 5, dueling: true },
  { hidden: [8, 8], layerNorm: true, dueling: true },
];

for (const options of VARIANTS) {
  Deno.test(`encodeOnnx writes policyFile(), with ${JSON.stringify(options)}`, () => {
    const agent = new Dqn(makeEnv("MountainCar-v0"), options);
    const file = decodeOnnx(encodeOnnx(agent.policyFile({ note: "mine" })));
    assertEquals(file.tensors, agent.onlineNetwork.tensors());
    assertEquals(file.architecture.distribution, options.distribution ?? "none");
    const { observation_names, action_meanings, note } = file.metadata;
    assertEquals(JSON.parse(observation_names!).length, 2);
    assertEquals(JSON.parse(action_meanings!).length, 3);
    assertEquals(note, "mine");
  });
}

Deno.test("policyFile() of a noisy network has the means, which are the policy", () => {
  const agent = new Dqn(makeEnv("CartPole-v1"), { hidden: [8], noisy: true });
  const file = decodeOnnx(encodeOnnx(agent.policyFile()));
  const means = agent.onlineNetwork.tensors().filter(({ name }) => !name.endsWith("_sigma"));
  assertEquals(file.tensors, means);
});

Deno.test("policyFile() of spaces without names has none, and its tensors are copies", () => {
  const agent = new Dqn({ observationSpace: new Box(-1, 1, { shape: [3] }), actionSpace: new Discrete(2) });
  const { metadata, tensors } = agent.policyFile();
  assertEquals(Object.keys(metadata), ["observation_space", "action_space"]);
  tensors[0]!.data.fill(7);
  assertEquals(agent.onlineNetwork.parameters.includes(7), false);
});
