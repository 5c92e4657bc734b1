import { assertEquals } from "@std/assert";
import { GOLDEN_MUJOCO_FILE, mujocoHashes } from "./golden_mujoco.ts";

const golden = JSON.parse(Deno.readTextFileSync(GOLDEN_MUJOCO_FILE));

Deno.test("trajectories on MuJoCo stay as they were in every bit", async () => {
  assertEquals(await mujocoHashes(), golden);
});

Deno.test("trajectories on MuJoCo are the same with another sine in the engine", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-read", new URL("_other_engine.ts", import.meta.url).href],
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals(code, 0, text(stderr));
  assertEquals(JSON.parse(text(stdout)).mujoco, golden);
});
