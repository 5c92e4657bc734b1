/**
 * Builds the page and serves it on this machine alone: `deno task web`.
 *
 * @module
 */

import { build, DIST } from "./build.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  onnx: "application/octet-stream",
};

/** The page's own policy, which a header can make stricter by `frame-ancestors`. */
function securityPolicy(): string {
  const html = Deno.readTextFileSync(new URL("index.html", DIST));
  const content = /content="(default-src [^"]*)"/.exec(html)?.[1];
  if (content === undefined) {
    throw new Error("Cannot serve the page: index.html must have a Content-Security-Policy");
  }
  return `${content}; frame-ancestors 'none'`;
}

/**
 * Serves the page that was built last.
 *
 * @param port 0 for any that is free.
 * @returns The server, listening on 127.0.0.1.
 */
export function serve(port: number): Deno.HttpServer<Deno.NetAddr> {
  const headers = {
    "content-security-policy": securityPolicy(),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
  };
  return Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, async (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    const name = path.endsWith("/") ? `${path}index.html` : path;
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)];
    if (type === undefined || name.includes("..")) return new Response("Not found", { status: 404, headers });
    try {
      const file = await Deno.open(new URL(`.${name}`, DIST));
      return new Response(file.readable, { headers: { ...headers, "content-type": type } });
    } catch {
      return new Response("Not found", { status: 404, headers });
    }
  });
}

if (import.meta.main) {
  await build();
  const server = serve(Number(Deno.args[0] ?? 8000));
  console.log(`http://${server.addr.hostname}:${server.addr.port}/`);
}
