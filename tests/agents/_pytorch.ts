/**
 * Asking PyTorch.
 *
 * @module
 */

function run(python: string, code: string, input: string): string {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(`${folder}/input.json`, input);
    const command = new Deno.Command(python, { args: ["-c", code], cwd: folder });
    const { success, stdout, stderr } = command.outputSync();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A Python that has PyTorch (Debian: python3-torch); undefined where there is none. */
export const PYTHON: string | undefined = ["/usr/bin/python3", "python3"].find((python) => {
  try {
    run(python, "import torch", "{}");
    return true;
  } catch {
    return false;
  }
});

/**
 * Runs a script of Python with PyTorch, one thread, float32.
 *
 * @param script Reads `input` and sets `output`.
 * @param input Plain data.
 * @returns What it leaves in `output`, tensors as lists.
 */
export function pytorch(script: string, input: unknown): Record<string, number[]> {
  const code = `
import json, torch
import torch.nn.functional as F
from torch import nn, optim
torch.set_num_threads(1)
input = json.load(open("input.json"))
${script}
print(json.dumps({name: value.flatten().tolist() for name, value in output.items()}))
`;
  return JSON.parse(run(PYTHON!, code, JSON.stringify(input)));
}

/** The network of a {@linkcode NETWORK} script: tensors by name, as lists. */
export function tensorLists(tensors: readonly { name: string; shape: number[]; data: Float32Array }[]) {
  return Object.fromEntries(tensors.map(({ name, shape, data }) => [name, { shape, data: [...data] }]));
}

/**
 * A script that makes `parameters` of `input["tensors"]`, by name and with gradients, and defines `forward(observations)` of a
 * plain network, one of dueling streams, with or without convolutions and layer normalisation; `read(tensors)` makes others.
 */
export const NETWORK = `
def read(tensors):
    return {name: torch.tensor(t["data"], dtype=torch.float32).reshape(t["shape"]) for name, t in tensors.items()}

parameters = {name: tensor.requires_grad_() for name, tensor in read(input["tensors"]).items()}

def part(name, x, relu_output, parameters):
    count = sum(other.startswith(name + ".") and other.endswith(".weight") for other in parameters)
    for i in range(count):
        x = x @ parameters[f"{name}.{i}.weight"] + parameters[f"{name}.{i}.bias"]
        gain, bias = parameters.get(f"{name}.{i}.norm_gain"), parameters.get(f"{name}.{i}.norm_bias")
        if gain is not None:
            x = F.layer_norm(x, x.shape[-1:], gain, bias)
        if i < count - 1 or relu_output:
            x = F.relu(x)
    return x

def forward(x, parameters=parameters):
    if "convolution.0.weight" in parameters:
        x = x.reshape(-1, *input["image"]).permute(0, 3, 1, 2)
        for i, stride in enumerate(input["strides"]):
            weight = parameters[f"convolution.{i}.weight"].permute(3, 2, 0, 1)
            x = F.relu(F.conv2d(x, weight, parameters[f"convolution.{i}.bias"], stride))
        x = x.permute(0, 2, 3, 1).flatten(1)
    if "layers.0.weight" in parameters:
        return part("layers", x, False, parameters)
    if "torso.0.weight" in parameters:
        x = part("torso", x, True, parameters)
    value, advantage = part("value", x, False, parameters), part("advantage", x, False, parameters)
    parts = advantage.split(input.get("parts", advantage.shape[1]), dim=1)
    return value + torch.cat([part - part.mean(dim=1, keepdim=True) for part in parts], dim=1)
`;
