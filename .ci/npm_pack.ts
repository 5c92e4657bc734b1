// Writes the library as an npm package into a folder: `deno run … .ci/npm_pack.ts [FOLDER]`, for `npm publish`.
// `deno pack` writes JavaScript and declarations. It would turn @std into packages of JSR's own npm registry, which Node's
// users would have to configure first; so the few parts that the library uses are put into the package instead.
import { fromFileUrl } from "./from_file_url.ts";
import { copyTree, deno, ROOT, withPackageCopy } from "./_package_copy.ts";
import config from "../deno.json" with { type: "json" };

/** The parts of @std that the library uses, as files below `std/`. */
const STD: Readonly<Record<string, string>> = {
  "@std/random": "random.ts",
  "@std/text/closest-string": "closest_string.js",
};
const PRNG = `/** A function that returns a number in [0, 1), as \`Math.random\` does. */
export type Prng = typeof Math.random;
`;
const NOTICE = "// From @std/text, copyright the Deno authors, MIT license.\n";

const folder = Deno.args[0] ?? fromFileUrl(new URL("npm", ROOT));
await withPackageCopy((copied) => {
  // The commands need Deno.
  const library = Object.entries(config.exports).filter(([, path]) => !path.startsWith("./scripts/"));
  Object.assign(copied, { exports: Object.fromEntries(library) });
}, async (copy) => {
  await Deno.remove(`${copy}/scripts`, { recursive: true });
  await Deno.mkdir(`${copy}/std`);
  await Deno.writeTextFile(`${copy}/std/random.ts`, PRNG);
  await Deno.writeTextFile(
    `${copy}/std/entry.ts`,
    'export { closestString } from "@std/text/closest-string";',
  );
  await deno(["bundle", "--quiet", "--output", "std/closest_string.js", "std/entry.ts"], copy);
  await Deno.remove(`${copy}/std/entry.ts`);
  const bundled = await Deno.readTextFile(`${copy}/std/closest_string.js`);
  // Without the bundler's remarks, which name files of this machine.
  await Deno.writeTextFile(`${copy}/std/closest_string.js`, NOTICE + bundled.replaceAll(/^\/\/ .*\n/gm, ""));
  for (const path of ["agents/", "envs/", "nn/"]) await useOwnStd(`${copy}/${path}`, "../");

  await deno(["pack", "--allow-dirty", "--no-source-maps", "--output", `${copy}/packed.tgz`], copy);
  const { success } = await new Deno.Command("tar", { args: ["xzf", "packed.tgz"], cwd: copy }).output();
  if (!success) throw new Error("Cannot unpack what deno pack wrote");
  const manifest = JSON.parse(await Deno.readTextFile(`${copy}/package/package.json`));
  manifest.description = config.description;
  manifest.keywords = ["reinforcement-learning", "dqn", "q-learning", "gymnasium", "onnx", "seeded"];
  manifest.engines = { node: ">=20" };
  // A bundle of one environment has only that. Planck's modules depend on the order in which they load; MiniGrid's and
  // MuJoCo's rooms register their environments.
  manifest.sideEffects = ["./envs/box2d/*.js", "./envs/minigrid/mod.js", "./envs/mujoco/mod.js"];
  // Exact, as in deno.json: another version of a physics engine would give other bits.
  for (const name of Object.keys(manifest.dependencies)) {
    manifest.dependencies[name] = Object.entries(config.imports)
      .find(([specifier]) => specifier === name)![1].split("@").at(-1);
  }
  await Deno.writeTextFile(`${copy}/package/package.json`, JSON.stringify(manifest, null, 2) + "\n");
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await copyTree(new URL(`file://${copy}/package/`), `${folder}/`);
});

/** Makes the modules of a folder import `std/` in the place of @std; examples in comments stay as they are. */
async function useOwnStd(path: string, up: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (isDirectory) {
      await useOwnStd(`${path}${name}/`, `../${up}`);
      continue;
    }
    const source = await Deno.readTextFile(path + name);
    const own = source.replace(
      /^((?:import|export) .* from )"(@std\/[^"]+)";/gm,
      (_, start, specifier) => `${start}"${up}std/${STD[specifier]}";`,
    );
    if (own !== source) await Deno.writeTextFile(path + name, own);
  }
}
