/**
 * Fingerprints computed by other engines: Node and Chromium.
 *
 * @module
 */

import { chromium } from "playwright-core";
import { bundleModules, pathOf } from "../../web/build.ts";
import { staticFiles } from "../../web/static_files.ts";
import { BROWSER, FLAGS } from "../web/_browser.ts";

const NODE = "/usr/bin/node";

/** Whether there is a Node. */
export const HAS_NODE: boolean = isFile(NODE);

/** Whether there is a browser. */
export const HAS_BROWSER: boolean = BROWSER !== undefined;

/** What the page allows scripts: nothing from text. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Bundles a module as the page is bundled, into a folder that is removed afterwards. */
async function inBundle<T>(module: URL, body: (folder: URL) => Promise<T>): Promise<T> {
  const folder = new URL(`file://${await Deno.makeTempDir()}/`);
  try {
    await bundleModules([module], folder);
    return await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Runs a script in Node, beside a bundled module, without code from text.
 *
 * @param module The module to bundle, as a `.js` file of the same name.
 * @param code The script; it prints JSON.
 * @returns What it printed.
 */
export function inNode(module: URL, code: string): Promise<unknown> {
  return inBundle(module, async (folder) => {
    await Deno.writeTextFile(new URL("run.mjs", folder), code);
    const { stdout, stderr } = await new Deno.Command(NODE, {
      args: ["--disallow-code-generation-from-strings", "run.mjs"],
      cwd: folder,
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return JSON.parse(text(stdout) || text(stderr));
  });
}

/**
 * Evaluates an expression in Chromium, beside a bundled module, under the page's policy.
 *
 * @param module The module to bundle, as a `.js` file of the same name.
 * @param expression JavaScript whose value is plain data, or a promise of it.
 * @returns Its value.
 */
export function inChromium(module: URL, expression: string): Promise<unknown> {
  return inBundle(module, async (folder) => {
    await Deno.writeTextFile(new URL("index.html", folder), "<!DOCTYPE html><title>Golden runs</title>");
    const answer = staticFiles(pathOf(folder), { "content-security-policy": POLICY });
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
    const browser = await chromium.launch({ executablePath: BROWSER!, args: [...FLAGS] });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.addr.port}/`);
      return await page.evaluate(expression);
    } finally {
      await browser.close();
      await server.shutdown();
    }
  });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
