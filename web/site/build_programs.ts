import { bundle, bundleModules, pathOf } from "../build.ts";

const CODE = new URL("../code_blocks/", import.meta.url);

/**
 * Bundles what runs the programs of the pages.
 *
 * @param folder Where; it need not exist.
 */
export async function buildPrograms(folder: URL): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await bundleModules([new URL("main.ts", CODE)], folder);
  await buildFrame(folder);
  await bundle(["--output", pathOf(new URL("program_worker.js", folder))], [
    new URL("program_worker.ts", CODE),
  ]);
  await buildMujocoWorker(folder);
}

/** The frame's page, with its script, which its policy names by its hash. */
async function buildFrame(folder: URL): Promise<void> {
  const module = new URL("frame.js", folder);
  await bundle(["--output", pathOf(module)], [new URL("frame.ts", CODE)]);
  const script = await Deno.readTextFile(module);
  await Deno.remove(module);
  if (script.includes("</script")) {
    throw new Error("Cannot build the site: the frame's script must not end itself");
  }
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  const policy = `default-src 'none'; script-src 'sha256-${
    new Uint8Array(hash).toBase64()
  }' blob: 'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; form-action 'none'`;
  await Deno.writeTextFile(
    new URL("frame.html", folder),
    `<!DOCTYPE html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>A program of the course</title>
<script type="module">${script}</script>
`,
  );
}

/** A script of one file: a frame without an origin can start no module as a worker, and load no second file. */
async function bundleWorker(entry: URL, file: URL): Promise<void> {
  await bundle(["--format", "iife", "--output", pathOf(file)], [entry]);
}

/** The same with MuJoCo, in two steps: its module is rewritten between them. */
async function buildMujocoWorker(folder: URL): Promise<void> {
  const parts = new URL("parts/", folder);
  await Deno.mkdir(parts, { recursive: true });
  const name = "mujoco_program_worker";
  await bundleModules([new URL(`${name}.ts`, CODE)], parts);
  await bundleWorker(new URL(`${name}.js`, parts), new URL(`${name}.js`, folder));
  await Deno.remove(parts, { recursive: true });
}
