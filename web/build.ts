/**
 * Builds the page: `deno task web:build` leaves a folder that any static host can serve, under any path.
 *
 * @module
 */

const WEB = new URL("./", import.meta.url);
/** Where the page is built. */
export const DIST: URL = new URL("dist/", WEB);

/** What is served as it is. */
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

function pathOf(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}

if (import.meta.main) {
  await build();
  console.log("web/dist");
}
