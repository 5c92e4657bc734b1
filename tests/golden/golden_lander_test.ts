import { assertEquals } from "@std/assert";
import { GOLDEN_LANDER_FILE, landerHashes } from "./golden_lander.ts";

const golden = JSON.parse(Deno.readTextFileSync(GOLDEN_LANDER_FILE));

Deno.test("LunarLander's trajectories stay as they were in every bit", () => {
  assertEquals(landerHashes(), golden);
});

Deno.test("LunarLander's trajectories are the same with another sine in the engine", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-read", new URL("_other_engine.ts", import.meta.url).href],
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)).lander, golden);
});
