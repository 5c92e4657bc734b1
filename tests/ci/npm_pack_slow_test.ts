import { assert, assertEquals } from "@std/assert";
import { deno, ROOT } from "../../.ci/_package_copy.ts";
import { fromFileUrl } from "../../.ci/from_file_url.ts";

/** A page or program that uses the packed package, and what it prints once it is bundled. */
async function bundle(folder: string, name: string, code: string): Promise<{ bytes: number; said: string }> {
  await Deno.writeTextFile(`${folder}/${name}.js`, code);
  const args = ["--quiet", "--minify", "--platform", "browser", "--output", `${name}.bundle.js`];
  await deno(["bundle", ...args, `${name}.js`], folder);
  const said = await deno(["run", "--no-prompt", `${name}.bundle.js`], folder);
  return { bytes: Deno.statSync(`${folder}/${name}.bundle.js`).size, said: said.trim() };
}

Deno.test("a bundle of the npm package contains only the modules that it uses", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const modules = `${folder}/node_modules`;
    await Deno.mkdir(`${modules}/@bellman`, { recursive: true });
    const pack = fromFileUrl(new URL(".ci/npm_pack.ts", ROOT));
    await deno(
      ["run", "--allow-read", "--allow-write", "--allow-run", pack, `${modules}/@bellman/dqn`],
      ROOT,
    );
    const { dependencies } = JSON.parse(Deno.readTextFileSync(`${modules}/@bellman/dqn/package.json`));
    await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify({ type: "module", dependencies }));
    await deno(["install", "--quiet", "--node-modules-dir=auto"], folder);

    const cart = await bundle(
      folder,
      "cart",
      'import { CartPole } from "@bellman/dqn";\n' +
        "console.log(new CartPole().reset({ seed: 42 }).observation.length);",
    );
    assertEquals(cart.said, "4");
    assert(cart.bytes < 25_000, `${cart.bytes} bytes`);

    const lander = await bundle(
      folder,
      "lander",
      'import { makeEnv } from "@bellman/dqn/envs";\nimport "@bellman/dqn/envs/box2d";\n' +
        'const env = makeEnv("LunarLander-v3");\nenv.reset({ seed: 42 });\n' +
        "for (let i = 0; i < 50; i++) env.step(2);\nconsole.log(JSON.stringify([...env.step(0).observation]));",
    );
    const { makeEnv } = await import("../../envs/mod.ts");
    await import("../../envs/box2d/mod.ts");
    const env = makeEnv("LunarLander-v3");
    env.reset({ seed: 42 });
    for (let i = 0; i < 50; i++) env.step(2);
    assertEquals(lander.said, JSON.stringify([...env.step(0).observation as Float32Array]));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
