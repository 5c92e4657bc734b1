// Prepares deno.json for publishing; with a tag as its argument, checks that the tag is the version to publish.
import { ROOT } from "./_package_copy.ts";
import { releaseConfig } from "./_release.ts";

const config = new URL("deno.json", ROOT);
const changelog = await Deno.readTextFile(new URL("CHANGELOG.md", ROOT));
await Deno.writeTextFile(
  config,
  releaseConfig({ config: await Deno.readTextFile(config), changelog }, Deno.args[0]),
);
