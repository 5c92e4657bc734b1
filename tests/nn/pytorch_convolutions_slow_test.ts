import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  buildWithKernels,
  encodeSafetensors,
  fromPytorchTensors,
  type NetworkArchitecture,
  networkWeights,
  pytorchTensors,
  QNetwork,
  type Tensor,
} from "../../nn/mod.ts";
import { GreedyPolicy } from "../../agents/mod.ts";
import { PYTHON, pytorch } from "../agents/_pytorch.ts";
import { ARCHITECTURES } from "./onnx/_policies.ts";

const IMAGE: NetworkArchitecture = {
  ...ARCHITECTURES["plain"]!,
  image: [9, 7, 3],
  observationLength: 9 * 7 * 3,
  convolution: [{ filters: 6, kernel: 3, stride: 2 }, { filters: 4, kernel: 2, stride: 1 }],
  hidden: [16],
  actionCount: 5,
};

/** Modules of PyTorch, whose images have channels first or, with permute(), last. */
const MODELS = `
import io, warnings
warnings.filterwarnings("ignore")
torch.manual_seed(4)

class Model(nn.Module):
    def __init__(self, last, scale=None, padding=0, stride=2):
        super().__init__()
        self.last, self.scale = last, scale
        self.cnn = nn.Sequential(nn.Conv2d(3, 6, 3, stride, padding), nn.ReLU(), nn.Conv2d(6, 4, 2), nn.ReLU(), nn.Flatten())
        with torch.no_grad():
            length = self.cnn(torch.zeros(1, 3, 9, 7)).shape[1]
        self.linear = nn.Sequential(nn.Linear(length, 16), nn.ReLU())
        self.q_net = nn.Linear(16, 5)
    def forward(self, x):
        if self.last:
            x = x.permute(0, 3, 1, 2)
        return self.q_net(self.linear(self.cnn(x if self.scale is None else x / self.scale)))

def exported(model, opset=13):
    file = io.BytesIO()
    shape = (1, 9, 7, 3) if model.last else (1, 3, 9, 7)
    torch.onnx.export(model.eval(), torch.zeros(shape), file, opset_version=opset)
    return torch.tensor(list(file.getvalue()))

model = Model(False)
images = torch.rand(8, 9, 7, 3) - 0.5
output = {name: value for name, value in model.state_dict().items()}
output["values"] = model(images.permute(0, 3, 1, 2)).detach()
output["images"] = images
output["onnx"] = exported(model)
output["onnx9"] = exported(model, 9)
for name, other in {"last": Model(True), "scaled": Model(True, 255.0), "padded": Model(False, padding=1),
                    "strided": Model(False, stride=1)}.items():
    if other.cnn[0].weight.shape == model.cnn[0].weight.shape and name in ("last", "scaled"):
        other.load_state_dict(model.state_dict())
    output[name] = exported(other)
`;

Deno.test({
  name: "convolutions of PyTorch, as a state dict and as ONNX, give the values that PyTorch gives",
  ignore: PYTHON === undefined,
  fn: () => {
    const output = pytorch(MODELS, {});
    const tensor = (name: string, ...shape: number[]): Tensor => ({
      name,
      shape,
      data: Float32Array.from(output[name]!),
    });
    const dict = [
      tensor("cnn.0.weight", 6, 3, 3, 3),
      tensor("cnn.0.bias", 6),
      tensor("cnn.2.weight", 4, 6, 2, 2),
      tensor("cnn.2.bias", 4),
      tensor("linear.0.weight", 16, 24),
      tensor("linear.0.bias", 16),
      tensor("q_net.weight", 5, 16),
      tensor("q_net.bias", 5),
    ];
    const own = fromPytorchTensors(IMAGE, dict);
    const policy = buildWithKernels((kernels) => new GreedyPolicy(new QNetwork(IMAGE, kernels), kernels));
    policy.network.setTensors(own);
    const { observationLength: length } = IMAGE;
    const values = Array.from(
      { length: 8 },
      (
        _,
        row,
      ) => [...policy.qValues(Float32Array.from(output["images"]!.slice(row * length, (row + 1) * length)))],
    ).flat();
    assertEquals(values.length, output["values"]!.length);
    values.forEach((value, i) => assert(Math.abs(value - output["values"]![i]!) <= 1e-5, `${i}: ${value}`));
    assertEquals(
      pytorchTensors(IMAGE, own).map(({ data }) => data),
      dict.map(({ data }) => data),
    );

    const file = (name: string) => Uint8Array.from(output[name]!);
    for (const name of ["onnx", "onnx9", "last"]) assertEquals(networkWeights(file(name), IMAGE), own, name);
    assertEquals(networkWeights(encodeSafetensors({ metadata: {}, tensors: dict }), IMAGE), own);
    assertEquals(networkWeights(file("scaled"), { ...IMAGE, byteScale: 255 }), own);
    const refused: [string, NetworkArchitecture, string][] = [
      ["scaled", IMAGE, "must divide the observation by 1, got 255"],
      ["padded", IMAGE, "must have pads of 0, got 1, 1, 1, 1"],
      ["strided", IMAGE, "must have strides of 2, got 1, 1"],
      ["onnx", { ...IMAGE, hidden: [] }, "must be one of 3 layers"],
      ["onnx", { ...IMAGE, convolution: [IMAGE.convolution![0]!] }, "must be one of 1, with a Relu each"],
      ["onnx", { ...IMAGE, hidden: [16, 16] }, "must have 3 layers, got 2"],
      ["onnx", { ...IMAGE, actionCount: 4 }, "must be of shape (4, 16) for layers.1.weight, got (5, 16)"],
      ["onnx", ARCHITECTURES["plain"]!, "got Conv"],
    ];
    for (const [name, architecture, message] of refused) {
      assertThrows(() => networkWeights(file(name), architecture), Error, message, name);
    }
  },
});
