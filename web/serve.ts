/**
 * Builds the page and serves it to this machine only: `deno task web`.
 *
 * @module
 */

import { print } from "../scripts/cli/print.ts";
import type { Flag } from "../scripts/cli/command_line.ts";
import { flagValue } from "../scripts/cli/flag_value.ts";
import { readCommand } from "../scripts/settings/read_command.ts";
import { integerOption } from "../scripts/cli/option.ts";
import { exitCodeOf, UsageError } from "../scripts/cli/usage_error.ts";
import { build, DIST, pathOf } from "./build.ts";
import { staticFiles } from "./static_files.ts";

/** The page's content security policy, with `frame-ancestors` added, which only a header can set. */
function securityPolicy(folder: URL): string {
  const html = Deno.readTextFileSync(new URL("index.html", folder));
  const content = /content="(default-src [^"]*)"/.exec(html)?.[1];
  if (content === undefined) {
    throw new Error("Cannot serve the page: index.html must have a Content-Security-Policy");
  }
  return `${content}; frame-ancestors 'none'`;
}

/**
 * Serves the page as last built.
 *
 * @param port The port; 0 for any free one.
 * @param folder The folder that it was built in.
 * @returns The server, listening on 127.0.0.1.
 */
export function serve(port: number, folder: URL = DIST): Deno.HttpServer<Deno.NetAddr> {
  const headers = {
    "content-security-policy": securityPolicy(folder),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
  };
  const answer = staticFiles(pathOf(folder), headers);
  return Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, answer);
}

const FLAGS: readonly Flag[] = [
  {
    name: "--port",
    placeholder: "N",
    help: "port to listen on (default: 8000, or any free port if that is taken)",
  },
];

async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "web");
  if (line === undefined) return 0;
  const port = flagValue(line, "port", integerOption(1, ""), undefined);
  await build();
  const { addr, finished } = listen(port);
  print(`http://${addr.hostname}:${addr.port}/`);
  await finished;
  return 0;
}

function listen(port: number | undefined): Deno.HttpServer<Deno.NetAddr> {
  try {
    return serve(port ?? 8000);
  } catch (error) {
    if (port === undefined && error instanceof Deno.errors.AddrInUse) return serve(0);
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Cannot serve the page: --port must be a port that is free, got ${port}: ${reason}`);
  }
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
