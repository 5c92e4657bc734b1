// `deno publish --dry-run` on a copy of the package whose links lie outside of it: inside, Deno takes the linked stand-ins
// for modules of the package that publishing leaves out.
const root = new URL("../", import.meta.url);
const copy = await Deno.makeTempDir();
try {
  const config = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  for (const entry of [...config.publish.include, "deno.lock"]) {
    await copyTree(new URL(entry, root), `${copy}/package/${entry}`);
  }
  await copyTree(new URL("links/", root), `${copy}/links/`);
  delete config.workspace; // the page, which is not published
  config.links = config.links.map((link: string) => link.replace("./links/", "../links/"));
  await Deno.writeTextFile(`${copy}/package/deno.json`, JSON.stringify(config, null, 2));
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty"],
    cwd: `${copy}/package`,
  }).spawn().status;
  Deno.exitCode = code;
} finally {
  await Deno.remove(copy, { recursive: true });
}

/** Copies a file, or a folder whose name ends in a slash. */
async function copyTree(from: URL, to: string): Promise<void> {
  if (!from.pathname.endsWith("/")) {
    await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
    return await Deno.copyFile(from, to);
  }
  for await (const entry of Deno.readDir(from)) {
    const name = entry.isDirectory ? `${entry.name}/` : entry.name;
    await copyTree(new URL(name, from), to + name);
  }
}
