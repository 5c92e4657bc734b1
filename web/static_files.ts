const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  gif: "image/gif",
  wasm: "application/wasm",
  onnx: "application/octet-stream",
};

/** The local names of this machine, with any port. */
const OWN_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** A file that is served. */
interface StaticFile {
  readonly path: string;
  readonly type: string;
}

/**
 * Answers requests with the files that are in a folder now. An address is decoded once and
 * looked up in their list, so no address leads out of the folder; links are not in the list.
 *
 * @param folder Its path.
 * @param headers The headers of every response.
 * @returns A request handler. It answers 400 to an address that cannot be decoded, 403 to another host's name, 404 to a file that is
 * not in the list, and 405 to methods other than GET and HEAD.
 */
export function staticFiles(
  folder: string,
  headers: Readonly<Record<string, string>>,
): (request: Request) => Promise<Response> {
  const files = new Map(listFiles(folder, "/"));
  const refuse = (status: number, text: string, more: Readonly<Record<string, string>> = {}) =>
    new Response(text, {
      status,
      headers: { ...headers, "content-type": "text/plain; charset=utf-8", ...more },
    });
  return async (request) => {
    if (!OWN_HOST.test(request.headers.get("host") ?? "")) {
      return refuse(403, "Forbidden: another host's name");
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return refuse(405, "Method not allowed", { allow: "GET, HEAD" });
    }
    const name = decoded(new URL(request.url).pathname);
    if (name === undefined) return refuse(400, "Bad request: the address cannot be decoded");
    const file = files.get(name.endsWith("/") ? `${name}index.html` : name);
    if (file === undefined) return refuse(404, "Not found");
    try {
      const { size } = await Deno.stat(file.path);
      const body = request.method === "HEAD" ? null : (await Deno.open(file.path)).readable;
      return new Response(body, {
        headers: { ...headers, "content-type": file.type, "content-length": String(size) },
      });
    } catch {
      return refuse(404, "Not found"); // The file has been removed since.
    }
  };
}

/** Every file of a folder whose type is known, by its address. */
function* listFiles(folder: string, prefix: string): Generator<[string, StaticFile], void, undefined> {
  for (const { name, isFile, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* listFiles(path, `${prefix}${name}/`);
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)];
    if (isFile && type !== undefined) yield [`${prefix}${name}`, { path, type }];
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
