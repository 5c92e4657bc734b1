// `deno publish --dry-run`, and a check that it lists exactly the files that the entry points need. Slow types are found;
// types are checked by `deno task check:types`.
import { deno, withPackageCopy } from "./_package_copy.ts";
import { filesNeededBy, problemsOf } from "./_published_files.ts";
import config from "../deno.json" with { type: "json" };

await withPackageCopy(() => {}, async (folder) => {
  const said = await deno(["publish", "--dry-run", "--allow-dirty", "--no-check"], folder);
  const paths = [...said.matchAll(/\/package\/(\S+) \([\d.]+ ?\w+\)$/gm)].map(([, path]) => path!);
  const files = new Map(paths.map((path) => [path, Deno.statSync(`${folder}/${path}`).size]));
  const entries = Object.values(config.exports).map((path) => path.slice("./".length));
  const needed = filesNeededBy(entries, (path) => Deno.readTextFileSync(`${folder}/${path}`));
  const problems = problemsOf(files, needed);
  for (const problem of problems) console.error(`Cannot publish: ${problem}`);
  const size = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(`${files.size} files, ${size} bytes to publish`);
  if (problems.length > 0) Deno.exitCode = 1;
});
