import { assertAlmostEquals, assertEquals } from "@std/assert";
import { DqnLearner } from "../../../agents/dqn/_dqn_learner.ts";
import { architectureOf, type DqnOptions, Pcg32, resolveDqnOptions } from "../../../agents/mod.ts";
import { Box } from "../../../envs/mod.ts";
import { createKernels } from "../../../nn/mod.ts";
import { NETWORK, PYTHON, pytorch, tensorLists } from "../_pytorch.ts";

const ROWS = 16;

/** Three updates on one mini-batch, the target network staying as it was. */
const UPDATES = `${NETWORK}
observations, next_observations = torch.tensor(input["observations"]), torch.tensor(input["nextObservations"])
actions = torch.tensor(input["actions"]).reshape(len(observations), -1)
rewards = torch.tensor(input["rewards"])
terminated = torch.tensor(input["terminated"], dtype=torch.float32)
target = read(input["targetTensors"])
parts_of = lambda values: values.split(input["parts"], dim=1)

def targets_now():
    values = parts_of(forward(next_observations, target))
    choosing = parts_of(forward(next_observations)) if input["double"] else values
    best = [v.gather(1, c.argmax(dim=1, keepdim=True)).squeeze(1) for v, c in zip(values, choosing)]
    return rewards + input["gamma"] * torch.stack(best).mean(dim=0) * (1 - terminated)

optimizer = optim.Adam(parameters.values(), lr=input["learningRate"], eps=input["adamEpsilon"])
losses = []
for _ in range(3):
    with torch.no_grad():
        targets = targets_now()
    parts = parts_of(forward(observations))
    chosen = torch.stack([values.gather(1, actions[:, i, None]).squeeze(1) for i, values in enumerate(parts)]).mean(dim=0)
    loss = F.huber_loss(chosen, targets)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(parameters.values(), input["maxGradNorm"])
    optimizer.step()
    losses.append(loss.detach())
output = {**parameters, "losses": torch.stack(losses)}
`;

const IMAGE = [9, 8, 3] as const;
const CONVOLUTIONS = {
  hidden: [17],
  convolution: [{ filters: 6, kernel: 3, stride: 2 }, { filters: 5, kernel: 2, stride: 1 }],
};

const VARIANTS: Readonly<Record<string, DqnOptions & { parts?: readonly number[] }>> = {
  "plain": { hidden: [24, 17] },
  "two parts": { hidden: [24, 17], parts: [3, 2] },
  "two parts, double": { hidden: [24, 17], parts: [3, 2], double: true },
  "two parts, layer norm, dueling": { hidden: [24, 17], parts: [3, 2], layerNorm: true, dueling: true },
  "convolutions": CONVOLUTIONS,
  "convolutions, double, layer norm, dueling": {
    ...CONVOLUTIONS,
    double: true,
    layerNorm: true,
    dueling: true,
  },
  "layer norm": { hidden: [24, 17], layerNorm: true },
  "layer norm, dueling": { hidden: [24, 17], layerNorm: true, dueling: true },
};

for (const [name, { parts, ...variant }] of Object.entries(VARIANTS)) {
  Deno.test({
    name: `updates are PyTorch's: ${name}`,
    ignore: PYTHON === undefined,
    fn: () => {
      const hasImages = variant.convolution !== undefined;
      const images = new Box(0, 255, { shape: IMAGE, dtype: "uint8" });
      const shifts = parts === undefined ? [0] : [0, -parts[0]!];
      // The larger ε keeps Adam from making steps of the last bits of tiny gradients.
      const given = { adamEpsilon: 1e-5, gamma: 0.9, learningRate: 1e-3, maxGradNorm: 0.5 };
      const options = resolveDqnOptions({ ...given, batchSize: ROWS, loss: "huber", ...variant });
      const learner = new DqnLearner(
        createKernels(200_000),
        architectureOf(hasImages ? images : 5, parts ?? 3, options),
        shifts,
        options,
      );
      const random = Pcg32.seeded(5n);
      learner.onlineNetwork.initialize("pytorch", random.prng);
      // Gains and biases of every size; the target network differs, so that Double may choose another action.
      const shake = () =>
        learner.onlineNetwork.setTensors(
          learner.onlineNetwork.tensors().map((tensor) => ({
            ...tensor,
            data: tensor.data.map((value) => value + 0.4 * (random.next() - 0.5)),
          })),
        );
      shake();
      learner.updateTarget();
      shake();
      const { batch } = learner;
      const rowsOf = (observations: typeof batch.observations) =>
        Array.from({ length: ROWS }, (_, r) => {
          const row = Float32Array.from(
            { length: observations.columns },
            () => hasImages ? random.nextIndex(256) / 255 : 2 * random.next() - 1,
          );
          observations.data.set(row, r * observations.stride);
          return [...row];
        });
      const observations = rowsOf(batch.observations), nextObservations = rowsOf(batch.nextObservations);
      for (let r = 0; r < ROWS; r++) {
        if (parts === undefined) batch.actions[r] = random.nextIndex(3);
        else parts.forEach((count, i) => batch.actions[r * parts.length + i] = random.nextIndex(count));
        batch.rewards[r] = 6 * random.next() - 3;
        batch.terminated[r] = r % 5 === 0 ? 1 : 0;
        batch.steps[r] = 1;
      }
      const expected = pytorch(UPDATES, {
        ...given,
        image: IMAGE,
        strides: learner.onlineNetwork.architecture.convolution?.map(({ stride }) => stride),
        double: options.double,
        tensors: tensorLists(learner.onlineNetwork.tensors()),
        targetTensors: tensorLists(learner.targetNetwork.tensors()),
        observations,
        nextObservations,
        actions: [...batch.actions],
        parts: parts ?? [3],
        rewards: [...batch.rewards],
        terminated: [...batch.terminated],
      });
      const statistics = { loss: 0, meanQ: 0 };
      for (const loss of expected["losses"]!) {
        assertEquals(learner.learn(statistics, random), undefined);
        assertAlmostEquals(statistics.loss, loss, 1e-5);
      }
      const tensors = learner.onlineNetwork.tensors();
      assertEquals(tensors.length, Object.keys(expected).length - 1);
      for (const { name, data } of tensors) {
        data.forEach((value, i) => assertAlmostEquals(value, expected[name]![i]!, 1e-5, `${name}[${i}]`));
      }
    },
  });
}
