/**
 * Builds the course with the page that plays and trains, and serves it to this machine only: `deno task site`.
 *
 * @module
 */

import { exitCodeOf } from "../../scripts/cli/usage_error.ts";
import { serveCommand } from "../serve_command.ts";
import { serveFiles } from "../serve_files.ts";
import { buildSite, SITE_DIST } from "./build.ts";

/**
 * Serves the site as last built. Each page states its own content security policy, as on any static host.
 *
 * @param port The port; 0 for any free one.
 * @param folder The folder that it was built in.
 * @returns The server, listening on 127.0.0.1.
 */
export function serveSite(port: number, folder: URL = SITE_DIST): Deno.HttpServer<Deno.NetAddr> {
  return serveFiles(port, folder, "frame-ancestors 'self'");
}

if (import.meta.main) {
  Deno.exit(await exitCodeOf(() => serveCommand(Deno.args, "site", buildSite, serveSite)));
}
