import { fromFileUrl } from "../../../.ci/from_file_url.ts";

/** Models that torch.onnx wrote, and the actions that PyTorch takes by them: `make_models.py` writes both. */
export const PYTORCH_MODELS: URL = new URL("../../golden/pytorch/", import.meta.url);

/** Those that our own network computes; ONNX Runtime computes the others. */
export const OWN: readonly string[] = [
  "extracted",
  "flatten",
  "float16_weights",
  "no_bias",
  "opset9", // every other set has a network with Tanh
  "opset11",
  "opset13",
  "opset14", // no hidden layer
  "opset15",
  "opset17",
  "products",
  "relu1",
  "relu2",
  "relu4",
  "streams",
  "streams1",
  "streams18",
  "unfolded",
];

/** The actions by the name of the model: one digit per observation, or a dot where the two best are too close to tell. */
export function pytorchActions(folder: URL = PYTORCH_MODELS): Record<string, string> {
  return JSON.parse(Deno.readTextFileSync(new URL("actions.json", folder)));
}

/** A model by name. */
export function pytorchModel(name: string, folder: URL = PYTORCH_MODELS): Uint8Array<ArrayBuffer> {
  return Deno.readFileSync(new URL(`${name}.onnx`, folder));
}

/** The observations, 1,000 of 4 numbers. */
export const OBSERVATIONS: readonly Float32Array[] = Array.from(
  { length: 1000 },
  (_, i) =>
    Float32Array.from(
      { length: 4 },
      (_, j) => ((i * i * 31 + i * 9973 + j * (i + 7919)) % 4001 - 2000) / 1000,
    ),
);

/** Actions as digits, with the dots of the expected ones. */
export function digits(actions: readonly number[], expected: string): string {
  return actions.map((action, i) => expected[i] === "." ? "." : String(action)).join("");
}

/** A Python with PyTorch and onnx (Debian: python3-torch, python3-onnx); undefined where there is none. */
const PYTHON = ["/usr/bin/python3", "python3"].find((python) => {
  try {
    return new Deno.Command(python, { args: ["-c", "import onnx, torch"] }).outputSync().success;
  } catch {
    return false;
  }
});

/** Whether {@linkcode makeModels} can make models. */
export const CAN_MAKE_MODELS: boolean = PYTHON !== undefined;

/** Runs make_models.py. */
export function makeModels(folder: string, seed: number): URL {
  const script = fromFileUrl(new URL("make_models.py", import.meta.url));
  const { success, stderr } = new Deno.Command(PYTHON!, { args: [script, folder, String(seed)] })
    .outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new URL(`file://${folder}/`);
}
