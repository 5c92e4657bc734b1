// `deno doc --lint` of every entry point, one at a time: linted together, one could use types that only another exports.
import config from "../deno.json" with { type: "json" };

const root = new URL("../", import.meta.url);
for (const path of Object.values(config.exports)) {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", "--quiet", path],
    cwd: root,
  }).output();
  if (success) continue;
  Deno.stderr.writeSync(stderr);
  Deno.exitCode = 1;
}
