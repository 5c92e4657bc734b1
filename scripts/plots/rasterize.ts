import { initWasm, Resvg } from "@resvg/resvg-wasm";
// Imported only so that the package, whose fonts are read as files, is in the lock file and on disk.
import "dejavu-fonts-ttf/package.json" with { type: "json" };
import config from "../../deno.json" with { type: "json" };

const WASM = `${config.imports["@resvg/resvg-wasm"]}/index_bg.wasm`;
const FONT = `${config.imports["dejavu-fonts-ttf"]}/ttf/DejaVuSans.ttf`;
const BOLD_FONT = `${config.imports["dejavu-fonts-ttf"]}/ttf/DejaVuSans-Bold.ttf`;

/** Turns SVG into pixels, the same on every machine, whatever fonts are installed. */
export interface Rasterizer {
  /**
   * @param svg The document; text is set in DejaVu Sans whatever it asks for.
   * @returns Width, height, and R, G, B, A of each pixel, row by row.
   */
  pixels(svg: string): { width: number; height: number; data: Uint8Array };
  /**
   * @param svg The document.
   * @param scale Pixels per unit of the document.
   * @returns A PNG file.
   */
  png(svg: string, scale?: number): Uint8Array;
}

let initialized: Promise<void> | undefined;

const readPackageFile = (specifier: string) => Deno.readFile(new URL(import.meta.resolve(specifier)));

/**
 * Loads the module, once per process, and the fonts.
 *
 * @param bold Whether to draw bold text as bold, which takes longer.
 * @returns The rasterizer.
 * @throws {Error} If the packages' files may not be read.
 */
export async function loadRasterizer(bold = false): Promise<Rasterizer> {
  await (initialized ??= readPackageFile(WASM).then(initWasm));
  const font = {
    fontBuffers: await Promise.all((bold ? [FONT, BOLD_FONT] : [FONT]).map(readPackageFile)),
    defaultFontFamily: "DejaVu Sans",
    sansSerifFamily: "DejaVu Sans",
  };
  return {
    pixels(svg) {
      const renderer = new Resvg(svg, { font });
      const image = renderer.render();
      const { width, height, pixels: data } = image;
      image.free();
      renderer.free();
      return { width, height, data };
    },
    png(svg, scale = 1) {
      const renderer = new Resvg(svg, { font, fitTo: { mode: "zoom", value: scale } });
      const image = renderer.render();
      const png = image.asPng();
      image.free();
      renderer.free();
      return png;
    },
  };
}

/** Whether this process may read the packages that {@linkcode loadRasterizer} needs. */
export function mayRasterize(): boolean {
  return [WASM, FONT].every((specifier) =>
    Deno.permissions.querySync({ name: "read", path: new URL(import.meta.resolve(specifier)) }).state ===
      "granted"
  );
}
