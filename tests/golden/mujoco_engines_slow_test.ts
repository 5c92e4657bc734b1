import { assertEquals } from "@std/assert";
import { HAS_BROWSER, HAS_NODE, inChromium, inNode } from "./_engines.ts";
import { GOLDEN_MUJOCO_FILE } from "./golden_mujoco.ts";

const golden = JSON.parse(Deno.readTextFileSync(GOLDEN_MUJOCO_FILE));

const MODULE = new URL("golden_mujoco.ts", import.meta.url);

Deno.test("trajectories and training on MuJoCo have the same bits in Node, without code from text", {
  ignore: !HAS_NODE,
}, async () => {
  const hashes = await inNode(
    MODULE,
    `import { readFileSync } from "node:fs";
import { mujocoHashes } from "./golden_mujoco.js";
console.log(JSON.stringify(await mujocoHashes(readFileSync("mujoco.wasm"))));`,
  );
  assertEquals(hashes, golden);
});

Deno.test("trajectories and training on MuJoCo have the same bits in Chromium, under the page's policy", {
  ignore: !HAS_BROWSER,
}, async () => {
  const hashes = await inChromium(
    MODULE,
    `(async () => {
      const { mujocoHashes } = await import("./golden_mujoco.js");
      return await mujocoHashes(await (await fetch("mujoco.wasm")).arrayBuffer());
    })()`,
  );
  assertEquals(hashes, golden);
});
