/**
 * The path of a file URL.
 *
 * @param url The URL, which begins with `file:`.
 * @returns The path; on Windows, without the slash before the drive.
 */
export function fromFileUrl(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}
