import { assertAlmostEquals } from "@std/assert";
import { randomSeeded } from "@std/random";
import { Adam, RAdam, ReferenceKernels } from "../../nn/mod.ts";
import { PYTHON, pytorch } from "../agents/_pytorch.ts";

const STEPS = 40;

for (const [name, Optimizer] of [["Adam", Adam], ["RAdam", RAdam]] as const) {
  Deno.test({
    name: `${STEPS} steps of ${name} are PyTorch's`,
    ignore: PYTHON === undefined,
    fn: () => {
      const random = randomSeeded(9n);
      const start = Float32Array.from({ length: 24 }, () => 2 * random() - 1);
      const gradients = Array.from({ length: STEPS }, () => start.map(() => 2 * random() - 1));
      const expected = pytorch(
        `
theta = torch.tensor(input["start"]).requires_grad_()
optimizer = optim.${name}([theta], lr=0.01, eps=1e-5)
trace = []
for gradient in input["gradients"]:
    theta.grad = torch.tensor(gradient)
    optimizer.step()
    trace.append(theta.detach().clone())
output = {"trace": torch.stack(trace)}`,
        { start: [...start], gradients: gradients.map((gradient) => [...gradient]) },
      );
      const parameters = start.slice();
      const optimizer = new Optimizer(parameters, new ReferenceKernels(), {
        learningRate: 0.01,
        epsilon: 1e-5,
      });
      gradients.forEach((gradient, k) => {
        optimizer.step(gradient);
        parameters.forEach((value, i) =>
          assertAlmostEquals(value, expected["trace"]![k * start.length + i]!, 1e-6, `step ${k}, ${i}`)
        );
      });
    },
  });
}
