import { COLOUR } from "./plot_theme.ts";

/**
 * Stacks pictures vertically.
 *
 * @param svgs SVG documents that begin with their `svg` element, width and height in pixels; at least one.
 * @returns One document; a single one is returned unchanged.
 */
export function stackSvgs(svgs: readonly string[]): string {
  if (svgs.length === 1) return svgs[0]!;
  const size = (svg: string, name: string) =>
    Number(svg.match(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`))?.[1] ?? NaN);
  const width = Math.max(...svgs.map((svg) => size(svg, "width")));
  let y = 0;
  const placed = svgs.map((svg) => {
    const inner = svg.replace(/^<svg/, `<svg y="${y}"`);
    y += size(svg, "height");
    return inner;
  });
  const box = `width="${width}" height="${y}" viewBox="0 0 ${width} ${y}"`;
  const background = `<rect width="100%" height="100%" fill="${COLOUR.background}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}>${background}${placed.join("\n")}</svg>\n`;
}
