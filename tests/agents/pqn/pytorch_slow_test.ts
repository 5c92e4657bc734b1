import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type DiscreteAction,
  type DqnSpaces,
  Pqn,
  type PqnOptions,
  randomStream,
  type Transition,
} from "../../../agents/mod.ts";
import { NETWORK, PYTHON, pytorch, tensorLists } from "../_pytorch.ts";
import { PARTS, severalOf, severalStep, SHIFTS, spacesOf, step } from "./_turns.ts";

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
        parts = forward(after.reshape(turns * envs, -1)).split(input["parts"], dim=1)
        values = sum(part.max(dim=1).values for part in parts).reshape(turns, envs) / len(parts)
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
            chosen = forward(flat[rows]).gather(1, actions.reshape(turns * envs, -1)[rows]).mean(dim=1)
            loss_of = F.smooth_l1_loss if input.get("loss") == "huber" else F.mse_loss
            loss = loss_of(chosen, returns.reshape(-1)[rows])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters.values(), input["maxGradNorm"])
            optimizer.step()
            losses.append(loss.detach())
    statistics.append(torch.stack(losses).mean())
output = {**parameters, "losses": torch.stack(statistics)}
`;

/** Shows an agent two rollouts; its losses, and the rollouts as PyTorch gets them. */
function learn<A extends DiscreteAction>(
  agent: Pqn<A>,
  stepOf: (t: number, i: number) => Transition<Float32Array, A>,
) {
  const shuffles = randomStream(0, "replay");
  const losses: number[] = [];
  const rollouts = [0, 1].map((k) => {
    const turns = Array.from({ length: TURNS }, (_, t) => k * TURNS + t);
    const copies = Array.from({ length: COPIES }, (_, i) => i);
    for (const t of turns) {
      for (const i of copies) {
        const learning = agent.observe(stepOf(t, i), i);
        if (learning !== undefined) losses.push(learning.loss);
      }
    }
    const order = Array.from({ length: COPIES * TURNS }, (_, i) => i);
    const column = <T>(value: (each: Transition<Float32Array, A>) => T) =>
      turns.map((t) => copies.map((i) => value(stepOf(t, i))));
    return {
      observations: column(({ observation }) => [...observation]),
      nextObservations: column(({ nextObservation }) => [...nextObservation]),
      actions: column(({ action }: { action: DiscreteAction }) =>
        typeof action === "number" ? [action] : Array.from(action, (value, i) => value - SHIFTS[i]!)
      ),
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
  return { losses, rollouts };
}

/** Compares an agent's updates with PyTorch's. */
function compare<A extends DiscreteAction>(
  spaces: DqnSpaces<A>,
  variant: PqnOptions,
  parts: readonly number[],
  stepOf: (t: number, i: number) => Transition<Float32Array, A>,
): void {
  // The larger ε keeps RAdam from making steps of the last bits of tiny gradients.
  const given = {
    gamma: 0.9,
    lambda: 0.7,
    learningRate: 1e-3,
    adamEpsilon: 1e-4,
    maxGradNorm: 1,
    ...variant,
  };
  const agent = new Pqn(spaces, { rolloutSteps: TURNS, epochs: EPOCHS, miniBatches: MINI_BATCHES, ...given });
  const tensors = tensorLists(agent.onlineNetwork.tensors());
  const { losses, rollouts } = learn(agent, stepOf);
  const expected = pytorch(UPDATES, { ...given, miniBatches: MINI_BATCHES, tensors, parts, rollouts });
  assertEquals(losses.length, 2);
  losses.forEach((loss, k) => assertAlmostEquals(loss, expected["losses"]![k]!, 1e-5));
  let moved = 0;
  for (const { name, data } of agent.onlineNetwork.tensors()) {
    data.forEach((value, i) => {
      assertAlmostEquals(value, expected[name]![i]!, 1e-5, `${name}[${i}]`);
      moved = Math.max(moved, Math.abs(value - tensors[name]!.data[i]!));
    });
  }
  assert(moved > 1e-3, `${moved}`);
}

const VARIANTS: Readonly<Record<string, PqnOptions>> = {
  "plain": { hidden: [24, 17] },
  "dueling": { hidden: [24, 17], dueling: true },
  "λ 0, one layer": { hidden: [20], lambda: 0 },
};

for (const [name, variant] of Object.entries(VARIANTS)) {
  Deno.test({
    name: `the updates of two whole rollouts are PyTorch's: ${name}`,
    ignore: PYTHON === undefined,
    fn: () => compare(spacesOf(COPIES), variant, [3], step),
  });
}

const SEVERAL: Readonly<Record<string, PqnOptions>> = {
  "plain": { hidden: [24, 17] },
  "dueling, huber": { hidden: [24, 17], dueling: true, loss: "huber" },
};

for (const [name, variant] of Object.entries(SEVERAL)) {
  Deno.test({
    name: `so are those with actions of three parts: ${name}`,
    ignore: PYTHON === undefined,
    fn: () => compare(severalOf(COPIES), variant, PARTS, severalStep),
  });
}
