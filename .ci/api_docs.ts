// The API reference as HTML, in the folder `api/`: every entry point of deno.json.
import config from "../deno.json" with { type: "json" };

const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["doc", "--html", `--name=${config.name}`, "--output=api", ...Object.values(config.exports)],
  cwd: new URL("../", import.meta.url),
}).spawn().status;
Deno.exitCode = code;
