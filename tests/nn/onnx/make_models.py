"""Writes ONNX models of many kinds by torch.onnx, and the actions that PyTorch takes by them.

    python3 tests/nn/onnx/make_models.py tests/golden/pytorch 0

The first argument is the folder, the second the seed of the weights. `actions.json` has for each file one digit per observation.
"""

import json
import os
import sys
import warnings

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

warnings.filterwarnings("ignore")
FOLDER, SEED = sys.argv[1], int(sys.argv[2])
COUNT = 1000
CLOSE = 1e-5  # of two values; which is larger may differ between runtimes


def observations():
    """The same numbers as `observations()` of _pytorch_models.ts."""
    i, j = numpy.meshgrid(numpy.arange(COUNT), numpy.arange(4), indexing="ij")
    return torch.tensor((((i * i * 31 + i * 9973 + j * (i + 7919)) % 4001) - 2000) / 1000, dtype=torch.float32)


def mlp(hidden, activation, actions=2, bias=True):
    sizes = [4, *hidden]
    layers = [part for n, m in zip(sizes, sizes[1:]) for part in (nn.Linear(n, m, bias=bias), activation())]
    return nn.Sequential(*layers, nn.Linear(sizes[-1], actions, bias=bias))


class Dueling(nn.Module):
    def __init__(self):
        super().__init__()
        self.torso = nn.Sequential(nn.Linear(4, 16), nn.ReLU())
        self.value, self.advantage = nn.Linear(16, 1), nn.Linear(16, 2)

    def forward(self, x):
        x = self.torso(x)
        advantage = self.advantage(x)
        return self.value(x) + advantage - advantage.mean(1, keepdim=True)


class Streams(nn.Module):
    """Dueling streams with a hidden layer each, as this library has them."""

    def __init__(self, torso):
        super().__init__()
        self.torso = nn.Sequential(*[part for n, m in zip([4, *torso], torso) for part in (nn.Linear(n, m), nn.ReLU())])
        inputs = [4, *torso][-1]
        self.value_stream = nn.Sequential(nn.Linear(inputs, 8), nn.ReLU(), nn.Linear(8, 1))
        self.advantage_stream = nn.Sequential(nn.Linear(inputs, 8), nn.ReLU(), nn.Linear(8, 2))

    def forward(self, x):
        x = self.torso(x)
        advantage = self.advantage_stream(x)
        return self.value_stream(x) + (advantage - advantage.mean(dim=-1, keepdim=True))


class Extracted(nn.Module):
    """A network behind a features extractor, as Stable-Baselines3 has it."""

    def __init__(self):
        super().__init__()
        self.features_extractor = nn.Flatten()
        self.q_net = mlp([16], nn.ReLU)

    def forward(self, x):
        return self.q_net(self.features_extractor(x.float()))


class Convolution(nn.Module):
    """Of an image of 2 by 2, which a vector of 4 is taken for, or is."""

    def __init__(self, is_image):
        super().__init__()
        self.is_image = is_image
        self.layers = nn.Sequential(
            nn.Conv2d(1, 6, 2, padding=1), nn.ReLU(), nn.Flatten(), nn.Linear(54, 2)
        )

    def forward(self, x):
        return self.layers(x if self.is_image else x.reshape(-1, 1, 2, 2))


class ActorCritic(nn.Module):
    """Logits and a value, as PPO has them; or the action itself, as Stable-Baselines3's policies give it."""

    def __init__(self, is_action):
        super().__init__()
        self.is_action = is_action
        self.actor, self.critic = mlp([16], nn.Tanh), mlp([16], nn.Tanh, 1)

    def forward(self, x):
        logits = self.actor(x)
        return (logits.argmax(1) if self.is_action else logits), self.critic(x)


class Products(nn.Module):
    """Products and sums by hand."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 12), nn.Linear(12, 2)])
        self.weights = nn.ParameterList([nn.Parameter(layer.weight.t().clone()) for layer in self.layers])

    def forward(self, x):
        for i, (weight, layer) in enumerate(zip(self.weights, self.layers)):
            x = (x if i == 0 else x.relu()) @ weight + layer.bias
        return x


class Rows(nn.Module):
    """Linear layers over three dimensions, which become MatMul and Add."""

    def __init__(self):
        super().__init__()
        self.layers = mlp([12], nn.ReLU)

    def forward(self, x):
        return self.layers(x.unsqueeze(1)).squeeze(1)


def convert(model, element, is_cast):
    """Weights of another type: cast to float32 where they are used, or computed with throughout."""
    dtype = {TensorProto.FLOAT16: numpy.float16, TensorProto.DOUBLE: numpy.float64}[element]
    graph = model.graph
    casts = []
    for i, tensor in enumerate(graph.initializer):
        name = f"{tensor.name}.stored" if is_cast else tensor.name
        if is_cast:
            casts.append(helper.make_node("Cast", [name], [tensor.name], to=TensorProto.FLOAT))
        graph.initializer[i].CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(dtype), name))
    if not is_cast:
        for port in [*graph.input, *graph.output]:
            port.type.tensor_type.elem_type = element
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def with_axes(model):
    """Axes as an input, as operator set 18 has them."""
    for node in model.graph.node:
        for attribute in [a for a in node.attribute if node.op_type == "ReduceMean" and a.name == "axes"]:
            name = f"{node.output[0]}.axes"
            model.graph.initializer.append(numpy_helper.from_array(numpy.array(attribute.ints), name))
            node.input.append(name)
            node.attribute.remove(attribute)


def without_shape(model):
    model.graph.input[0].type.tensor_type.ClearField("shape")


def with_unknown_batch(model):
    """-1 for a length that is not known."""
    dim = model.graph.input[0].type.tensor_type.shape.dim[0]
    dim.dim_value = -1


KINDS = {f"opset{9 + i}": dict(
    opset=9 + i,
    module=lambda i=i: mlp([16, 12, 8, 6][:i % 5], nn.ReLU if i % 2 == 0 else nn.Tanh),
    batch=[None, 1, 8][i % 3],
) for i in range(10)}
KINDS |= {
    "relu1": dict(module=lambda: mlp([16], nn.ReLU)),
    "relu2": dict(module=lambda: mlp([16, 16], nn.ReLU), batch=1),
    "relu4": dict(module=lambda: mlp([12, 10, 8, 6], nn.ReLU)),
    "tanh2": dict(module=lambda: mlp([16, 16], nn.Tanh)),
    "no_bias": dict(module=lambda: mlp([16], nn.ReLU, bias=False), opset=17),
    "flatten": dict(module=lambda: nn.Sequential(nn.Flatten(), *mlp([16], nn.ReLU)), opset=9),
    "unfolded": dict(module=lambda: mlp([16], nn.ReLU, bias=False), folding=False),
    "products": dict(module=Products),
    "rows": dict(module=Rows),
    "rows_unfolded": dict(module=Rows, folding=False, opset=11),
    "dueling": dict(module=Dueling),
    "convolution": dict(module=lambda: Convolution(False)),
    "image": dict(module=lambda: Convolution(True), shape=(1, 2, 2), batch=1),
    "logits": dict(module=lambda: ActorCritic(False), outputs=["logits", "value"]),
    "action": dict(module=lambda: ActorCritic(True), outputs=["actions", "values"]),
    "float16_weights": dict(module=lambda: mlp([16], nn.ReLU), element=TensorProto.FLOAT16, is_cast=True),
    "float16": dict(module=lambda: mlp([16], nn.ReLU), element=TensorProto.FLOAT16, tolerance=1e-2),
    "float64": dict(module=lambda: mlp([16], nn.ReLU), element=TensorProto.DOUBLE),
    "streams": dict(module=lambda: Streams([12])),
    "streams1": dict(module=lambda: Streams([]), batch=1, opset=9),
    "streams18": dict(module=lambda: Streams([12, 10]), opset=18, change=with_axes),
    "extracted": dict(module=Extracted, opset=11),
    "no_shape": dict(module=lambda: mlp([16], nn.Tanh), change=without_shape),
    "minus_batch": dict(module=lambda: mlp([16], nn.Tanh), change=with_unknown_batch),
}


def digits(values, tolerance):
    """The action by each row; a dot where two values are too close to tell."""
    if values.dtype == torch.int64:
        return "".join(str(int(action)) for action in values)
    top = values.topk(2, 1).values
    close = (top[:, 0] - top[:, 1]) < tolerance
    return "".join("." if c else str(int(a)) for a, c in zip(values.argmax(1), close))


os.makedirs(FOLDER, exist_ok=True)
actions = {}
for number, (name, kind) in enumerate(KINDS.items()):
    shape = kind.get("shape", (4,))
    for attempt in range(1000):  # until both actions are taken
        torch.manual_seed(100_000 * SEED + 1000 * number + attempt)
        module = kind["module"]().eval()
        if kind.get("is_cast"):
            for parameter in module.parameters():
                parameter.data = parameter.data.half().float()
        with torch.no_grad():
            result = module(observations().reshape(-1, *shape))
        values = result[0] if kind.get("outputs") else result
        actions[name] = digits(values, kind.get("tolerance", CLOSE))
        if min(actions[name].count(digit) for digit in "01") >= COUNT // 10:
            break
    batch = kind.get("batch")
    outputs = kind.get("outputs")
    opset = kind.get("opset", 14)
    path = f"{FOLDER}/{name}.onnx"
    torch.onnx.export(
        module,
        torch.zeros(batch or 2, *shape),
        path,
        opset_version=min(opset, 17),  # PyTorch 1.13 writes no later one; set 18 defines these operators as 17 does
        # A batch of fixed size comes with the names that PyTorch makes up.
        input_names=None if batch else ["obs"],
        output_names=outputs,
        dynamic_axes=None if batch else {"obs": {0: "n"}},
        do_constant_folding=kind.get("folding", True),
    )
    model = onnx.load(path)
    if opset == 18:
        model.opset_import[0].version = 18
    if "change" in kind:
        kind["change"](model)
    if "element" in kind:
        convert(model, kind["element"], kind.get("is_cast", False))
    onnx.save(model, path)
with open(f"{FOLDER}/actions.json", "w") as file:
    json.dump(actions, file, indent=2)
    file.write("\n")
