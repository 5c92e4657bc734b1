import { assertEquals } from "@std/assert";
import { chromium } from "playwright-core";
import { bundleModules, pathOf } from "../../web/build.ts";
import { staticFiles } from "../../web/static_files.ts";
import { BROWSER, FLAGS } from "../web/_browser.ts";
import { GOLDEN_MUJOCO_FILE } from "./golden_mujoco.ts";

const golden = JSON.parse(Deno.readTextFileSync(GOLDEN_MUJOCO_FILE));

/** What the page allows scripts: nothing from text. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Bundles the golden trajectories as the page is bundled. */
async function inBundle(body: (folder: URL) => Promise<void>): Promise<void> {
  const folder = new URL(`file://${await Deno.makeTempDir()}/`);
  try {
    await bundleModules([new URL("golden_mujoco.ts", import.meta.url)], folder);
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const NODE = "/usr/bin/node";

Deno.test("trajectories and training on MuJoCo have the same bits in Node, without code from text", {
  ignore: !isFile(NODE),
}, () =>
  inBundle(async (folder) => {
    const code = `import { readFileSync } from "node:fs";
import { mujocoHashes } from "./golden_mujoco.js";
console.log(JSON.stringify(await mujocoHashes(readFileSync("mujoco.wasm"))));`;
    await Deno.writeTextFile(new URL("run.mjs", folder), code);
    const { stdout, stderr } = await new Deno.Command(NODE, {
      args: ["--disallow-code-generation-from-strings", "run.mjs"],
      cwd: folder,
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals(JSON.parse(text(stdout) || text(stderr)), golden);
  }));

Deno.test("trajectories and training on MuJoCo have the same bits in Chromium, under the page's policy", {
  ignore: BROWSER === undefined,
}, () =>
  inBundle(async (folder) => {
    await Deno.writeTextFile(new URL("index.html", folder), "<!DOCTYPE html><title>MuJoCo</title>");
    const headers = { "content-security-policy": POLICY };
    const answer = staticFiles(pathOf(folder), headers);
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
    const browser = await chromium.launch({ executablePath: BROWSER!, args: [...FLAGS] });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.addr.port}/`);
      const hashes = await page.evaluate(`(async () => {
        const { mujocoHashes } = await import("./golden_mujoco.js");
        return await mujocoHashes(await (await fetch("mujoco.wasm")).arrayBuffer());
      })()`);
      assertEquals(hashes, golden);
    } finally {
      await browser.close();
      await server.shutdown();
    }
  }));

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
