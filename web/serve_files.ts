import { pathOf } from "./build.ts";
import { staticFiles } from "./static_files.ts";

/**
 * Serves a folder as it is now, to this machine only.
 *
 * @param port The port; 0 for any free one.
 * @param folder Its address, with a slash at the end.
 * @param policy The content security policy of every response, besides what a page states itself.
 * @returns The server, listening on 127.0.0.1.
 */
export function serveFiles(port: number, folder: URL, policy: string): Deno.HttpServer<Deno.NetAddr> {
  const headers = {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
  };
  const answer = staticFiles(pathOf(folder), headers);
  return Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, answer);
}
