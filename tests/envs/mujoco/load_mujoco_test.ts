import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { makeEnv } from "../../../envs/mod.ts";
import { Hopper, loadMujoco } from "../../../envs/mujoco/mod.ts";
import { MUJOCO_VERSION } from "../../../envs/mujoco/_engine.ts";
import config from "../../../deno.json" with { type: "json" };
import { mujocoWasm } from "../../../scripts/run_folder/mujoco_wasm.js";
import { fromFileUrl } from "../../../.ci/from_file_url.ts";

// This file's tests run in their order: what comes first finds no engine.

Deno.test("without MuJoCo, an environment says what to do", () => {
  const expected = "Cannot make Hopper-v5: MuJoCo must be loaded first, with await loadMujoco()";
  assertThrows(() => new Hopper(), Error, expected);
  assertThrows(() => makeEnv("Hopper-v5"), Error, expected);
});

Deno.test("loadMujoco() refuses anything but MuJoCo's WebAssembly, and can be called again", async () => {
  const load = (wasm: unknown) => Reflect.apply(loadMujoco, undefined, [{ wasm }]);
  await assertRejects(
    () => load("mujoco.wasm"),
    TypeError,
    'Cannot load MuJoCo: wasm must be bytes or a WebAssembly.Module, got "mujoco.wasm"',
  );
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  for (const wasm of [new Uint8Array(9), empty, new WebAssembly.Module(empty)]) {
    await assertRejects(() => load(wasm), Error, "Cannot load MuJoCo: mujoco.wasm of @mujoco/mujoco must be");
  }
  assertThrows(() => new Hopper(), Error, "MuJoCo must be loaded first");
});

Deno.test("loadMujoco() takes the compiled module, and is done at once the second time", async () => {
  await loadMujoco({ wasm: mujocoWasm });
  assertEquals(makeEnv("Hopper-v5").reset({ seed: 0 }).observation.length, 11);
  await loadMujoco();
});

Deno.test("the version is exactly the one of deno.json", () => {
  assertEquals(config.imports["@mujoco/mujoco"], `npm:@mujoco/mujoco@${MUJOCO_VERSION}`);
});

/** What a program in the repository's root prints that has no permission at all. */
async function said(code: string): Promise<{ stdout: string; stderr: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--ext=js", "-"],
    cwd: fromFileUrl(new URL("../../../", import.meta.url)),
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const written = new Blob([code]).stream().pipeTo(child.stdin);
  const { stdout, stderr } = await child.output();
  await written;
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { stdout: text(stdout), stderr: text(stderr) };
}

const LOAD = `import { loadMujoco } from "./envs/mujoco/mod.ts";
try {
  await loadMujoco(OPTIONS);
  console.log("loaded");
} catch (error) {
  console.log(error.message);
}`;

Deno.test("without permission, loading names the unreadable file; the compiled module needs none", async () => {
  const refused = await said(LOAD.replace("OPTIONS", ""));
  assertStringIncludes(
    refused.stdout,
    "Cannot load MuJoCo: mujoco.wasm of @mujoco/mujoco must be readable, got ",
  );
  assertStringIncludes(refused.stdout, "read access");
  assertEquals(refused.stderr, "");
  const wasm = "{ wasm: (await import('./scripts/run_folder/mujoco_wasm.js')).mujocoWasm }";
  const granted = await said(LOAD.replace("OPTIONS", wasm));
  assertEquals([granted.stdout, granted.stderr], ["loaded\n", ""]);
});
