import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  buildWithKernels,
  decodeOnnxMlp,
  encodeSafetensors,
  type NetworkArchitecture,
  networkWeights,
  pytorchTensors,
  QNetwork,
} from "../../nn/mod.ts";
import { Dqn, GreedyPolicy } from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";
import { PYTHON, pytorch } from "../agents/_pytorch.ts";
import { ARCHITECTURES } from "./onnx/_policies.ts";

const VECTOR: NetworkArchitecture = {
  ...ARCHITECTURES["linear"]!,
  hidden: [12, 8],
  actionCount: 2,
  dueling: true,
};
const IMAGE: NetworkArchitecture = {
  ...VECTOR,
  image: [5, 4, 3],
  observationLength: 60,
  convolution: [{ filters: 6, kernel: 3, stride: 1 }],
};

/** Dueling networks of PyTorch with the names that people give to the streams, and other ways to add them up. */
const MODELS = `
import io, json, warnings
warnings.filterwarnings("ignore")
torch.manual_seed(3)

class Model(nn.Module):
    def __init__(self, is_image=False, form="brackets", own=8):
        super().__init__()
        self.form = form
        before = [nn.Conv2d(3, 6, 3), nn.ReLU(), nn.Flatten()] if is_image else []
        self.features = nn.Sequential(*before, nn.Linear(36 if is_image else 4, 12), nn.ReLU())
        stream = lambda n: nn.Sequential(nn.Linear(12, own), nn.ReLU(), nn.Linear(own, n)) if own else nn.Linear(12, n)
        self.fc_adv, self.fc_val = stream(2), stream(1)

    def forward(self, x):
        x = self.features(x)
        v, a = self.fc_val(x), self.fc_adv(x)
        if self.form == "brackets":
            return v + (a - a.mean(dim=1, keepdim=True))
        if self.form == "largest":
            return v + (a - a.max(dim=1, keepdim=True)[0])
        return a + v - a.mean(-1, keepdim=True) if self.form == "open" else (v - a.mean(1, keepdim=True)) + a

def exported(model, x, opset=13):
    file = io.BytesIO()
    torch.onnx.export(model.eval(), x, file, opset_version=opset)
    return torch.tensor(list(file.getvalue()))

vectors, images = torch.rand(8, 4) - 0.5, torch.rand(8, 5, 4, 3) - 0.5
turned = images.permute(0, 3, 1, 2)
output = {"vectors": vectors, "images": images}
for name, model, x in [("vector", Model(), vectors), ("image", Model(True), turned)]:
    output[name] = model(x).detach()
    output[name + ".onnx"] = exported(model, x[:1])
    for key, value in model.state_dict().items():
        output[f"{name}/{key}/{'x'.join(map(str, value.shape))}"] = value
    for form in ["open", "around"]:
        model.form = form
        output[f"{name}.{form}"] = exported(model, x[:1], 9)
output["largest"] = exported(Model(form="largest"), vectors[:1])
output["shallow"] = exported(Model(own=0), vectors[:1])
output["wide"] = exported(Model(own=9), vectors[:1])
`;

Deno.test({
  name: "dueling networks of PyTorch, as a state dict and as ONNX, give the values that PyTorch gives",
  ignore: PYTHON === undefined,
  fn: () => {
    const output = pytorch(MODELS, {});
    const file = (name: string) => Uint8Array.from(output[name]!);
    for (
      const [name, architecture, rows] of [["vector", VECTOR, "vectors"], ["image", IMAGE, "images"]] as const
    ) {
      const tensors = Object.keys(output).filter((key) => key.startsWith(`${name}/`)).map((key) => {
        const [, name = "", shape = ""] = key.split("/");
        return { name, shape: shape.split("x").map(Number), data: Float32Array.from(output[key]!) };
      });
      const own = networkWeights(encodeSafetensors({ metadata: { format: "pt" }, tensors }), architecture);
      for (const form of [".onnx", ".open", ".around"]) {
        assertEquals(networkWeights(file(`${name}${form}`), architecture), own, `${name}${form}`);
      }
      const back = new Map(pytorchTensors(architecture, own).map(({ name, data }) => [name, data]));
      for (const { name, data } of tensors) {
        const ours = name.replace("features", "torso").replace("fc_adv", "advantage").replace(
          "fc_val",
          "value",
        );
        assertEquals(back.get(ours), data, ours);
      }
      assertEquals(back.size, tensors.length);

      const policy = buildWithKernels((kernels) =>
        new GreedyPolicy(new QNetwork(architecture, kernels), kernels)
      );
      policy.network.setTensors(own);
      const { observationLength: length } = architecture;
      output[name]!.forEach((expected, i) => {
        const row = Math.floor(i / 2);
        const observation = Float32Array.from(output[rows]!.slice(row * length, (row + 1) * length));
        assert(Math.abs(policy.qValues(observation)[i % 2]! - expected) <= 1e-5, `${name} ${i}`);
      });
    }

    const agent = new Dqn(makeEnv("CartPole-v1"), { hidden: [12, 8], dueling: true, seed: 0 });
    agent.loadWeights(file("vector.onnx"));
    const observation = Float32Array.from(output["vectors"]!.slice(0, 4));
    [...agent.qValues(observation)].forEach((value, i) =>
      assert(Math.abs(value - output["vector"]![i]!) <= 1e-5)
    );

    assertThrows(
      () => decodeOnnxMlp(file("largest")),
      SyntaxError,
      "must have one input that is no constant",
    );
    assertThrows(() => decodeOnnxMlp(file("shallow")), SyntaxError, "same size, got 1 and 2");
    const plain = { ...VECTOR, dueling: false };
    assertThrows(
      () => networkWeights(file("vector.onnx"), plain),
      TypeError,
      "there must be 6 tensors, got 10",
    );
    assertThrows(
      () => networkWeights(file("wide"), VECTOR),
      TypeError,
      "value.0.weight must be of shape (12, 8)",
    );
  },
});
