/** The size of a picture in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads the size of an SVG, a GIF or a PNG, so that a page keeps its place before the picture arrives.
 *
 * @param name The picture's name, for its extension and for errors.
 * @param bytes The picture.
 * @throws {SyntaxError} If the size cannot be read.
 */
export function pictureSize(name: string, bytes: Uint8Array<ArrayBuffer>): PictureSize {
  const size = sizeOf(name.slice(name.lastIndexOf(".") + 1), bytes);
  if (size === undefined) {
    throw new SyntaxError(`Cannot show ${name}: it must be an SVG, a GIF or a PNG with a size`);
  }
  return size;
}

function sizeOf(extension: string, bytes: Uint8Array<ArrayBuffer>): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (extension === "gif" && bytes.length > 10) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (extension === "png" && bytes.length > 24) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (extension !== "svg") return undefined;
  const [tag = ""] = /<svg\b[^>]*>/.exec(new TextDecoder().decode(bytes)) ?? [];
  const side = (name: string) => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(tag)?.[1]);
  const [width, height] = [side("width"), side("height")];
  return width > 0 && height > 0 ? { width: Math.round(width), height: Math.round(height) } : undefined;
}
