/**
 * Builds the page: `deno task web:build` writes a folder that any static host can serve, under any path.
 *
 * @module
 */

import { print } from "../scripts/cli/print.ts";
import { readCommand } from "../scripts/settings/read_command.ts";
import { exitCodeOf } from "../scripts/cli/usage_error.ts";
import { withoutCodeFromText } from "./mujoco_module.ts";

const WEB = new URL(".//", import.meta.url);
/** The folder of the built page. */
export const DIST: URL = new URL("dist/", WEB);

/** The package of MuJoCo. */
const ENGINE = "@mujoco/mujoco";

/** The name of its module beside the page's. */
const ENGINE_MODULE = "mujoco.js";

/** Files that are copied unchanged. */
const STATIC = ["index.html", "index.ko.html", "style.css", "icon.svg"];

/**
 * Empties a folder and builds the page in it.
 *
 * @param folder Its address, with a slash at the end.
 */
export async function build(folder: URL = DIST): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(new URL("policies/", folder), { recursive: true });
  await bundleModules(
    ["main.ts", "training_worker.ts", "policy_worker.ts"].map((name) => new URL(name, WEB)),
    folder,
  );
  const policies = [...Deno.readDirSync(new URL("policies/", WEB))].map(({ name }) => `policies/${name}`);
  for (const name of [...STATIC, ...policies]) await Deno.copyFile(new URL(name, WEB), new URL(name, folder));
  const wasm = "ort-wasm-simd-threaded.wasm";
  await Deno.copyFile(new URL(import.meta.resolve(`onnxruntime-web/${wasm}`)), new URL(wasm, folder));
}

/**
 * Bundles modules for browsers, with MuJoCo and its WebAssembly beside them if one of them may load it.
 *
 * @param entries The modules that a page or a worker starts with.
 * @param folder An existing folder, whose JavaScript is all of these modules.
 */
export async function bundleModules(entries: readonly URL[], folder: URL): Promise<void> {
  await bundle(["--external", ENGINE, "--code-splitting", "--outdir", pathOf(folder)], entries);
  let isUsed = false;
  for (const { name } of [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".js"))) {
    const url = new URL(name, folder);
    const parts = (await Deno.readTextFile(url)).split(`from"${ENGINE}"`);
    if (parts.length === 1) continue;
    isUsed = true;
    await Deno.writeTextFile(url, parts.join(`from"./${ENGINE_MODULE}"`));
  }
  if (isUsed) await addEngine(folder);
}

/** Puts MuJoCo's module, without code from text, and its WebAssembly into a folder. */
async function addEngine(folder: URL): Promise<void> {
  const source = await Deno.readTextFile(new URL(import.meta.resolve(ENGINE)));
  const module = new URL(ENGINE_MODULE, folder);
  const plain = new URL(`plain_${ENGINE_MODULE}`, folder);
  await Deno.writeTextFile(plain, withoutCodeFromText(source, new URL("mujoco_invokers.ts", WEB).href));
  await bundle(["--output", pathOf(module)], [plain]);
  await Deno.remove(plain);
  const wasm = "mujoco.wasm";
  await Deno.copyFile(new URL(import.meta.resolve(`${ENGINE}/${wasm}`)), new URL(wasm, folder));
}

/**
 * Runs the bundler of Deno for browsers.
 *
 * @param options More of its flags.
 * @param entries The modules to start with.
 */
export async function bundle(options: readonly string[], entries: readonly URL[]): Promise<void> {
  const args = ["bundle", "--quiet", "--platform", "browser", "--minify", ...options];
  const { code } = await new Deno.Command(Deno.execPath(), { args: [...args, ...entries.map(pathOf)] })
    .spawn().status;
  if (code !== 0) throw new Error("Cannot build the page: the bundler failed");
}

/** The path of a file URL. */
export function pathOf(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}

async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, [], "web:build", { more: () => "\n\nThe page is built in web/dist." });
  if (line === undefined) return 0;
  await build();
  print("web/dist");
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
