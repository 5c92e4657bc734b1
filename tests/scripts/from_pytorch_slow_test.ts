import { assert, assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "../../.ci/from_file_url.ts";
import { GreedyPolicy } from "../../agents/mod.ts";
import { buildWithKernels, decodeOnnx, QNetwork } from "../../nn/mod.ts";
import { inFolder, runScript } from "./_process.ts";

const ROOT = new URL("../../", import.meta.url);
const PAGE = Deno.readTextFileSync(new URL("docs/from_pytorch.md", ROOT));

/** The scripts of the page by name. */
const SCRIPTS = [...PAGE.matchAll(/```python\n# (\S+)\n([^]*?)```/g)].map(([, name, code]) => [name!, code!]);

const PYTHON = ["/usr/bin/python3", "python3"].find((python) => {
  try {
    return new Deno.Command(python, { args: ["-c", "import numpy, torch"] }).outputSync().success;
  } catch {
    return false;
  }
});

/** The Q-values of a policy of the page on the observations of from_bellman.py. */
function ownValues(id: string): number[][] {
  const { architecture, tensors, normalization } = decodeOnnx(
    Deno.readFileSync(new URL(`web/policies/${id}.onnx`, ROOT)),
  );
  const policy = buildWithKernels((kernels) =>
    new GreedyPolicy(new QNetwork(architecture, kernels), kernels)
  );
  policy.network.setTensors(tensors);
  const length = architecture.observationLength;
  return Array.from({ length: 20 }, (_, r) => {
    const observation = Float32Array.from({ length }, (_, i) => Math.fround((r * length + i) % 7 / 7) - 0.5);
    const { mean, std } = normalization ?? { mean: [0], std: [1] };
    const scaled = observation.map((value, i) => (value - (mean[i] ?? 0)) / (std[i] ?? 1));
    return [...policy.qValues(scaled)];
  });
}

Deno.test({
  name: "the scripts of the page on PyTorch give its numbers",
  ignore: PYTHON === undefined,
  fn: () =>
    inFolder(async (cwd) => {
      assertEquals(SCRIPTS.map(([name]) => name), ["to_onnx.py", "from_bellman.py"]);
      for (const [name, code] of SCRIPTS) Deno.writeTextFileSync(`${cwd}/${name}`, code!);
      const python = (...args: string[]) => {
        const { success, stdout, stderr } = new Deno.Command(PYTHON!, { args, cwd }).outputSync();
        assert(success, new TextDecoder().decode(stderr));
        return new TextDecoder().decode(stdout);
      };
      const evaluate = async (...args: string[]) => {
        const { code, stdout, stderr } = await runScript("evaluate.ts", ["--seed", "1", ...args], { cwd });
        assertEquals(code, 0, stderr);
        const [, mean, std] = /mean (\S+), std (\S+),/.exec(stdout)!;
        return { reached: `${mean} ± ${std}`, said: stderr };
      };
      python("to_onnx.py");
      await evaluate("--policy", "mine.onnx", "--env", "CartPole-v1", "--episodes", "2");
      const [, flags] = /deno task train (--init-weights .*)/.exec(PAGE)!;
      const short = ["--steps", "1200", "--eval-episodes", "2", "--skip-pictures", "--out", "run"];
      const trained = await runScript("train.ts", [...flags!.split(" "), ...short], { cwd });
      assertEquals([trained.code, trained.stderr], [0, ""]);
      assertEquals(Deno.readFileSync(`${cwd}/run/init_weights.bin`), Deno.readFileSync(`${cwd}/mine.onnx`));
      for (const id of ["CartPole-v1", "LunarLander-v3"]) {
        const policy = fromFileUrl(new URL(`web/policies/${id}.onnx`, ROOT));
        const args = ["--policy", policy, "--format", "pytorch", "--out", `${id}.safetensors`];
        assertEquals((await runScript("export.ts", args, { cwd })).code, 0);
        const values: number[][] = JSON.parse(python("from_bellman.py", `${id}.safetensors`, `${id}.onnx`));
        const own = ownValues(id);
        assertEquals(values.length, own.length);
        values.flat().forEach((value, i) => {
          const expected = own.flat()[i]!;
          assert(Math.abs(value - expected) <= 1e-5 * Math.max(1, Math.abs(expected)), `${id}: ${value}`);
        });
        const [before, after] = [
          await evaluate("--policy", policy),
          await evaluate("--policy", `${id}.onnx`, "--env", id),
        ];
        assertMatch(after.said, /computed by ONNX Runtime\n$/);
        const row = PAGE.split("\n").find((line) => line.startsWith(`| ${id} `))!;
        assertEquals(row.split("|").slice(2, 4).map((cell) => cell.trim()), [before.reached, after.reached]);
      }
    }),
});
