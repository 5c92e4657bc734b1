import { assert, assertEquals } from "@std/assert";
import { ANT_MODEL } from "../../../envs/mujoco/_ant_model.ts";
import { compiledModel, loadedEngine } from "../../../envs/mujoco/_engine.ts";
import { HALF_CHEETAH_MODEL } from "../../../envs/mujoco/_half_cheetah_model.ts";
import { HOPPER_MODEL } from "../../../envs/mujoco/_hopper_model.ts";
import { INVERTED_DOUBLE_PENDULUM_MODEL } from "../../../envs/mujoco/_inverted_double_pendulum_model.ts";
import { INVERTED_PENDULUM_MODEL } from "../../../envs/mujoco/_inverted_pendulum_model.ts";
import { REACHER_MODEL } from "../../../envs/mujoco/_reacher_model.ts";
import { SWIMMER_MODEL } from "../../../envs/mujoco/_swimmer_model.ts";
import { WALKER2D_MODEL } from "../../../envs/mujoco/_walker2d_model.ts";
import { loadMujoco } from "../../../envs/mujoco/mod.ts";
import { MUJOCO_IDS, readRecording } from "./_recording.ts";

await loadMujoco();

const MODELS: Record<typeof MUJOCO_IDS[number], string> = {
  "Ant-v5": ANT_MODEL,
  "HalfCheetah-v5": HALF_CHEETAH_MODEL,
  "Hopper-v5": HOPPER_MODEL,
  "InvertedDoublePendulum-v5": INVERTED_DOUBLE_PENDULUM_MODEL,
  "InvertedPendulum-v5": INVERTED_PENDULUM_MODEL,
  "Reacher-v5": REACHER_MODEL,
  "Swimmer-v5": SWIMMER_MODEL,
  "Walker2d-v5": WALKER2D_MODEL,
};

for (const id of MUJOCO_IDS) {
  Deno.test(`${id}: every recorded field of the compiled model is Gymnasium's, to the last bit`, () => {
    const engine = loadedEngine();
    assert(engine !== undefined);
    const model = compiledModel(engine, MODELS[id]);
    const fields = Object.entries(readRecording(id).model);
    assert(fields.length > 20);
    for (const [name, expected] of fields) {
      const isOption = name === "timestep" || name === "integrator";
      const actual: unknown = Reflect.get(isOption ? model.opt : model, name);
      const plain = ArrayBuffer.isView(actual) ? [...Object.values(actual)] : actual;
      // JSON has one zero.
      assert(JSON.stringify(plain) === JSON.stringify(expected), `${name}: ${plain}, recorded ${expected}`);
    }
    assertEquals(compiledModel(engine, MODELS[id]), model);
  });
}
