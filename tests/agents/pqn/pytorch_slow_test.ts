import { assert, assertAlmostEquals } from "@std/assert";
import { Pqn, type PqnOptions, randomStream } from "../../../agents/mod.ts";
import { NETWORK, PYTHON, pytorch, tensorLists } from "../_pytorch.ts";
import { observe, spacesOf, step } from "./_turns.ts";

const COPIES = 4, TURNS = 8, EPOCHS = 3, MINI_BATCHES = 4;

/** Two rollouts and their updates, by the formulas of the paper. */
const UPDATES = `${NETWORK}
optimizer = optim.RAdam(parameters.values(), lr=input["learningRate"], eps=input["adamEpsilon"])
gamma, lam, statistics = input["gamma"], input["lambda"], []
for rollout in input["rollouts"]:
    column = lambda name: torch.tensor(rollout[name], dtype=torch.float32)
    observations, after = column("observations"), column("nextObservations")
    actions, rewards = torch.tensor(rollout["actions"]), column("rewards")
    terminated, truncated = column("terminated"), column("truncated")
    turns, envs = rewards.shape
    with torch.no_grad():
        values = forward(after.reshape(turns * envs, -1)).max(dim=1).values.reshape(turns, envs)
        returns = torch.zeros(turns, envs)
        for t in reversed(range(turns)):
            one_step = rewards[t] + gamma * values[t]
            if t == turns - 1:
                many_steps = one_step
            else:
                many_steps = rewards[t] + gamma * (lam * returns[t + 1] + (1 - lam) * values[t])
            returns[t] = torch.where(truncated[t] > 0, one_step, many_steps)
            returns[t] = torch.where(terminated[t] > 0, rewards[t], returns[t])
    flat, losses = observations.reshape(turns * envs, -1), []
    for order in rollout["orders"]:
        for rows in torch.tensor(order).chunk(input["miniBatches"]):
            chosen = forward(flat[rows]).gather(1, actions.reshape(-1)[rows][:, None]).squeeze(1)
            loss = F.mse_loss(chosen, returns.reshape(-1)[rows])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters.values(), input["maxGradNorm"])
            optimizer.step()
            losses.append(loss.detach())
    statistics.append(torch.stack(losses).mean())
output = {**parameters, "losses": torch.stack(statistics)}
`;

const VARIANTS: Readonly<Record<string, PqnOptions>> = {
  "plain": { hidden: [24, 17] },
  "dueling": { hidden: [24, 17], dueling: true },
  "λ 0, one layer": { hidden: [20], lambda: 0 },
};

for (const [name, variant] of Object.entries(VARIANTS)) {
  Deno.test({
    name: `the updates of two whole rollouts are PyTorch's: ${name}`,
    ignore: PYTHON === undefined,
    fn: () => {
      // The larger ε keeps RAdam from making steps of the last bits of tiny gradients.
      const given = {
        gamma: 0.9,
        lambda: 0.7,
        learningRate: 1e-3,
        adamEpsilon: 1e-4,
        maxGradNorm: 1,
        ...variant,
      };
      const options = { rolloutSteps: TURNS, epochs: EPOCHS, miniBatches: MINI_BATCHES };
      const agent = new Pqn(spacesOf(COPIES), { ...options, ...given });
      const before = tensorLists(agent.onlineNetwork.tensors());
      const shuffles = randomStream(0, "replay");
      const losses: number[] = [];
      const rollouts = [0, 1].map((k) => {
        const turns = Array.from({ length: TURNS }, (_, t) => k * TURNS + t);
        const learning = turns.map((t) => observe(agent, t)?.loss);
        losses.push(learning.at(-1)!);
        const order = Array.from({ length: COPIES * TURNS }, (_, i) => i);
        const column = <T>(value: (each: ReturnType<typeof step>) => T) =>
          turns.map((t) => Array.from({ length: COPIES }, (_, i) => value(step(t, i))));
        return {
          observations: column(({ observation }) => [...observation]),
          nextObservations: column(({ nextObservation }) => [...nextObservation]),
          actions: column(({ action }) => action),
          rewards: column(({ reward }) => reward),
          terminated: column(({ terminated }) => Number(terminated)),
          truncated: column(({ truncated }) => Number(truncated)),
          orders: Array.from({ length: EPOCHS }, () => {
            for (let i = order.length - 1; i > 0; i--) {
              const j = shuffles.nextIndex(i + 1);
              [order[i], order[j]] = [order[j]!, order[i]!];
            }
            return [...order];
          }),
        };
      });
      const expected = pytorch(UPDATES, { ...given, miniBatches: MINI_BATCHES, tensors: before, rollouts });
      losses.forEach((loss, k) => assertAlmostEquals(loss, expected["losses"]![k]!, 1e-5));
      let moved = 0;
      for (const { name, data } of agent.onlineNetwork.tensors()) {
        data.forEach((value, i) => {
          assertAlmostEquals(value, expected[name]![i]!, 1e-5, `${name}[${i}]`);
          moved = Math.max(moved, Math.abs(value - before[name]!.data[i]!));
        });
      }
      assert(moved > 1e-3, `${moved}`);
    },
  });
}
