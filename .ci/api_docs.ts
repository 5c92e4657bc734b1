// The API reference as HTML, in the folder `api/`: every entry point of deno.json, on an index.
import config from "../deno.json" with { type: "json" };
import {
  type EntryPoint,
  indexPage,
  isMemberPage,
  withoutMemberLinks,
  withSharedIcons,
} from "./_small_docs.ts";

const ROOT = new URL("../", import.meta.url);
const FOLDER = new URL("api/", ROOT);
/** The main entry point exports what `envs`, `agents` and `nn` do: its pages would be theirs again. */
const entries = Object.entries(config.exports).filter(([name]) => name !== ".");

await Deno.remove(FOLDER, { recursive: true }).catch(() => {});
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["doc", "--html", `--name=${config.name}`, "--output=api", ...entries.map(([, path]) => path)],
  cwd: ROOT,
}).spawn().status;
if (code !== 0) Deno.exit(code);
await shrink(FOLDER);
const points = await Promise.all(entries.map(async ([name, path]): Promise<EntryPoint> => ({
  name: config.name + name.slice(1),
  path: name.slice(2), // the name of its pages' folder
  summary: summaryOf(await Deno.readTextFile(new URL(path, ROOT))),
})));
await Deno.writeTextFile(new URL("index.html", FOLDER), indexPage(config.name, points));

async function shrink(folder: URL): Promise<void> {
  for (const { name, isDirectory } of [...Deno.readDirSync(folder)]) {
    const url = new URL(name + (isDirectory ? "/" : ""), folder);
    if (isDirectory) await shrink(url);
    else if (isMemberPage(decodeURIComponent(url.pathname))) await Deno.remove(url);
    else if (/\.html$|^search_index\.js$/.test(name)) {
      const text = withoutMemberLinks(await Deno.readTextFile(url));
      await Deno.writeTextFile(url, name.endsWith(".html") ? withSharedIcons(text) : text);
    }
  }
}

/** The first sentence of a module's comment. */
function summaryOf(source: string): string {
  const [, comment = ""] = /\/\*\*([^]*?)\*\//.exec(source) ?? [];
  const text = comment.replaceAll(/^ *\* ?/gm, "").trim().split(/\n\s*\n/)[0]!.replaceAll(/\s+/g, " ");
  return /^[^]*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}
