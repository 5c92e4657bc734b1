/**
 * The comment of a GIF, if it comes before the first frame.
 *
 * @param gif The file.
 * @returns The text; undefined if there is none, or the file is not a GIF.
 */
export function gifComment(gif: Uint8Array): string | undefined {
  const flags = gif[10] ?? 0;
  let at = 13 + (flags & 128 ? 3 << (flags & 7) + 1 : 0);
  while (gif[at] === 0x21) {
    const isComment = gif[at + 1] === 0xfe;
    const content: number[] = [];
    for (at += 2; gif[at]! > 0; at += gif[at]! + 1) content.push(...gif.subarray(at + 1, at + 1 + gif[at]!));
    if (isComment) return new TextDecoder().decode(Uint8Array.from(content));
    at++;
  }
  return undefined;
}
