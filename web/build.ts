/**
 * Builds the page: `deno task web:build` writes a folder that any static host can serve, under any path.
 *
 * @module
 */

import { print } from "../scripts/cli/print.ts";
import { readCommand } from "../scripts/settings/read_command.ts";
import { exitCodeOf } from "../scripts/cli/usage_error.ts";

const WEB = new URL(".//", import.meta.url);
/** The folder of the built page. */
export const DIST: URL = new URL("dist/", WEB);

/** Files that are copied unchanged. */
const STATIC = ["index.html", "style.css", "icon.svg"];

/** Empties the folder and builds the page in it. */
export async function build(): Promise<void> {
  await Deno.remove(DIST, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(new URL("policies/", DIST), { recursive: true });
  const entries = ["main.ts", "training_worker.ts"].map((name) => pathOf(new URL(name, WEB)));
  const options = [
    "--quiet",
    "--platform",
    "browser",
    "--minify",
    "--code-splitting",
    "--outdir",
    pathOf(DIST),
  ];
  const { code } = await new Deno.Command(Deno.execPath(), { args: ["bundle", ...options, ...entries] })
    .spawn().status;
  if (code !== 0) throw new Error("Cannot build the page: the bundler failed");
  const policies = [...Deno.readDirSync(new URL("policies/", WEB))].map(({ name }) => `policies/${name}`);
  for (const name of [...STATIC, ...policies]) await Deno.copyFile(new URL(name, WEB), new URL(name, DIST));
  const wasm = "ort-wasm-simd-threaded.wasm";
  await Deno.copyFile(new URL(import.meta.resolve(`onnxruntime-web/${wasm}`)), new URL(wasm, DIST));
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
