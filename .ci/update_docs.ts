// Writes the generated pages of the guide: docs/agents.md, docs/options.md and docs/licences.md.
import { agentsPage } from "./_agents_page.ts";
import { commandHelps } from "./_command_help.ts";
import { deno, ROOT } from "./_package_copy.ts";
import { licenceOf, licenceRow, licencesPage, lockedPackages } from "./_licences_page.ts";
import { optionsPage } from "./_options_page.ts";

const docs = new URL("docs/", ROOT);
await Deno.writeTextFile(new URL("agents.md", docs), agentsPage());
await Deno.writeTextFile(new URL("options.md", docs), optionsPage(await commandHelps()));

const lock = JSON.parse(await Deno.readTextFile(new URL("deno.lock", ROOT)));
const { npmCache } = JSON.parse(await deno(["info", "--json"], ROOT));
const rows = [];
for (const npm of lockedPackages(lock)) {
  const licence = await licenceOf(npmCache, npm);
  if (licence === undefined) {
    throw new Error(`Cannot tell the licence of ${npm.name}: deno install fetches it into the cache`);
  }
  rows.push(licenceRow(npm, licence));
}
await Deno.writeTextFile(new URL("licences.md", docs), licencesPage(rows));
await deno(["fmt", "docs/agents.md", "docs/options.md", "docs/licences.md"], ROOT);
