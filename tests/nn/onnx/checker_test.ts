import { assertEquals } from "@std/assert";
import { decodeOnnx, encodeOnnx } from "../../../nn/mod.ts";
import { inFolder } from "../../scripts/_process.ts";
import { ARCHITECTURES, randomPolicy } from "./_policies.ts";

/** What onnx's own tools make of every file in a folder: check it, infer all shapes, write it again. */
const SCRIPT = `
import glob, json, sys
import onnx
from onnx import checker, helper, shape_inference

report = {}
for path in sorted(glob.glob("*.onnx")):
    model = onnx.load(path)
    checker.check_model(model, full_check=True)
    inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    report[path] = [helper.printable_type(value.type) for value in [*inferred.graph.input, *inferred.graph.output]]
    onnx.save_model(model, path)
print(json.dumps(report))
`;

function runPython(python: string, code: string, cwd: string): Deno.CommandOutput {
  return new Deno.Command(python, { args: ["-c", code], cwd }).outputSync();
}

/** A Python that has the onnx package (Debian: python3-onnx). */
function findPython(): string | undefined {
  return ["/usr/bin/python3", "python3"].find((python) => {
    try {
      return runPython(python, "import onnx", ".").success;
    } catch {
      return false;
    }
  });
}

const python = findPython();

Deno.test({
  name: "onnx's checker accepts every kind of policy, and saves it again as the same policy",
  ignore: python === undefined,
  fn: () =>
    inFolder((folder) => {
      const policies = Object.values(ARCHITECTURES).flatMap((architecture) =>
        [false, true].map((normalized) => randomPolicy(architecture, { normalized }))
      );
      policies.forEach((policy, i) => Deno.writeFileSync(`${folder}/${100 + i}.onnx`, encodeOnnx(policy)));
      const { success, stdout, stderr } = runPython(python!, SCRIPT, folder);
      assertEquals([success, new TextDecoder().decode(stderr)], [true, ""]);
      const report = JSON.parse(new TextDecoder().decode(stdout));
      policies.forEach((policy, i) => {
        const { observationLength, image = [observationLength], byteScale, actionCount } =
          policy.architecture;
        const type = byteScale === undefined ? "FLOAT" : "UINT8";
        const file = `${100 + i}.onnx`;
        assertEquals(report[file], [`${type}, batchx${image.join("x")}`, `FLOAT, batchx${actionCount}`]);
        const again = decodeOnnx(Deno.readFileSync(`${folder}/${file}`));
        assertEquals(again, decodeOnnx(encodeOnnx(policy)));
      });
      return Promise.resolve();
    }),
});
