// Writes the chapters of the course as notebooks for Deno's Jupyter kernel, into docs/notebooks.
import { print } from "../scripts/cli/print.ts";
import { exitCodeOf } from "../scripts/cli/usage_error.ts";
import { readCommand } from "../scripts/settings/read_command.ts";
import { writeNotebooks } from "./_notebooks.ts";
import { ROOT } from "./_package_copy.ts";

function main(args: readonly string[]): number {
  if (readCommand(args, [], "notebooks") === undefined) return 0;
  const { count, kept } = writeNotebooks(new URL("docs/notebooks/", ROOT));
  print(`${count} notebooks in docs/notebooks`);
  for (const path of kept) print(`kept ${path}, which differs: remove it to have it written again`);
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
