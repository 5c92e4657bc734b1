import { bundleModules } from "../build.ts";

const FIGURES = new URL("../figures/", import.meta.url);

/**
 * Bundles the browser's entry and the workers of the figures, and copies their style.
 *
 * @param folder An existing folder of their own: the entry looks for workers beside itself.
 */
export async function buildFigures(folder: URL): Promise<void> {
  const names = [...Deno.readDirSync(FIGURES)].map(({ name }) => name);
  const modules = names.filter((name) => name === "main.ts" || name.endsWith("_worker.ts")).sort();
  await bundleModules(modules.map((name) => new URL(name, FIGURES)), folder);
  await Deno.copyFile(new URL("figures.css", FIGURES), new URL("figures.css", folder));
}
