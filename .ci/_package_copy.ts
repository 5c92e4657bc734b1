import config from "../deno.json" with { type: "json" };

/** Root of the repository. */
export const ROOT: URL = new URL("../", import.meta.url);

/** The content of deno.json. */
export type Config = Record<string, unknown> & Pick<typeof config, "exports" | "imports">;

/**
 * Makes a copy of the published files, as a package with its links beside it: inside the package, Deno takes
 * the linked stand-ins for modules that publishing leaves out.
 *
 * @param edit Changes the copy's deno.json.
 * @param body Uses the folder, whose name is `package`.
 */
export async function withPackageCopy(
  edit: (config: Config) => void,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const temporary = await Deno.makeTempDir();
  try {
    const folder = `${temporary}/package`;
    for (const entry of [...config.publish.include, "deno.lock"]) {
      await copyTree(new URL(entry, ROOT), `${folder}/${entry}`);
    }
    await copyTree(new URL("links/", ROOT), `${temporary}/links/`);
    // Without the page, which is not published. A release no longer has links.
    const { workspace: _, links = [], ...rest }: typeof config & { links?: string[] } = config;
    const copied = structuredClone({ ...rest, links: links.map((link) => link.replace("./", "../")) });
    edit(copied);
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(copied, null, 2));
    await body(folder);
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

/** Copies a file, or a folder whose name ends in a slash. */
export async function copyTree(from: URL, to: string): Promise<void> {
  if (!from.pathname.endsWith("/")) {
    await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
    return await Deno.copyFile(from, to);
  }
  for await (const entry of Deno.readDir(from)) {
    const name = entry.isDirectory ? `${entry.name}/` : entry.name;
    await copyTree(new URL(name, from), to + name);
  }
}

/** Runs Deno in a folder; returns its output, or throws with it if it fails. */
export async function deno(args: readonly string[], cwd: string | URL): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  if (!success) throw new Error(`Cannot deno ${args.join(" ")}:\n${said}`);
  return said;
}
