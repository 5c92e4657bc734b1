/**
 * Builds the page and serves it to this machine only: `deno task web`.
 *
 * @module
 */

import { exitCodeOf } from "../scripts/cli/usage_error.ts";
import { build, DIST } from "./build.ts";
import { serveCommand } from "./serve_command.ts";
import { serveFiles } from "./serve_files.ts";

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
  return serveFiles(port, folder, securityPolicy(folder));
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => serveCommand(Deno.args, "web", build, serve)));
