/**
 * The path of a file's address.
 *
 * @param url Begins with `file:`.
 * @returns The path, on Windows without the slash before the drive.
 */
export function fromFileUrl(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}
