import { GOLDEN_LANDER_FILE, landerHashes } from "./golden_lander.ts";
import { GOLDEN_MUJOCO_FILE, mujocoHashes } from "./golden_mujoco.ts";
import { GOLDEN_ONNX_FILE, onnxHashes } from "./golden_onnx.ts";
import { fingerprint, GOLDEN_FILE, GOLDEN_RUNS } from "./golden_runs.ts";

// Rewrites the pinned values. A change of theirs is a change of the product: call it out in the changelog.
const golden: Record<string, unknown> = {};
for (const [name, settings] of Object.entries(GOLDEN_RUNS)) golden[name] = await fingerprint(settings);
Deno.writeTextFileSync(GOLDEN_FILE, JSON.stringify(golden, null, 2) + "\n");
console.log(JSON.stringify(golden, null, 2));
Deno.writeTextFileSync(GOLDEN_ONNX_FILE, JSON.stringify(onnxHashes(), null, 2) + "\n");
Deno.writeTextFileSync(GOLDEN_LANDER_FILE, JSON.stringify(landerHashes(), null, 2) + "\n");
Deno.writeTextFileSync(GOLDEN_MUJOCO_FILE, JSON.stringify(await mujocoHashes(), null, 2) + "\n");
