import { escapeXml } from "../../envs/values/escape_xml.ts";
import { describeRecording, drawMoment } from "./frame_svg.ts";
import type { LoadedPolicy } from "../run_folder/load_policy.ts";
import { chooseFrames, framesPerSecond, type Moment } from "./recording.ts";

/**
 * Draws a recording as an SVG animated by CSS that plays at real speed; readers whose system asks for
 * reduced motion see the last moment.
 *
 * @param loaded The policy that was recorded.
 * @param moments The recording.
 * @returns The document.
 */
export function animatedSvgOf(loaded: LoadedPolicy, moments: readonly Moment[]): string {
  const frames = chooseFrames(moments, framesPerSecond(loaded.settings.env));
  const withEpisode = moments.at(-1)!.episode > 1;
  const pictures = frames.map(({ moment }) => drawMoment(moment, loaded.env, withEpisode));
  const { width, height, elements: first } = pictures[0]!;
  const common = first.findIndex((line, i) => pictures.some(({ elements }) => elements[i] !== line));
  const still = common === -1 ? first.length : common;

  const total = frames.at(-1)!.end;
  const durations = [...new Set(frames.map(({ start, end }) => milliseconds(end - start)))];
  const description = describeRecording(loaded, moments);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(description)}</title>`,
    "<style>",
    "g{visibility:hidden}",
    ...durations.map((duration, i) => {
      const share = Number((duration / total / 10).toFixed(5));
      return `.d${i}{animation:k${i} ${milliseconds(total)}ms step-end infinite}` +
        `@keyframes k${i}{0%{visibility:visible}${share}%,100%{visibility:hidden}}`;
    }),
    "@media (prefers-reduced-motion:reduce){g{animation:none}g:last-of-type{visibility:visible}}",
    "</style>",
    ...first.slice(0, still),
    ...frames.map(({ start, end }, i) => {
      const kind = durations.indexOf(milliseconds(end - start));
      const delay = `animation-delay:${milliseconds(start)}ms`;
      return `<g class="d${kind}" style="${delay}">${pictures[i]!.elements.slice(still).join("")}</g>`;
    }),
    "</svg>\n",
  ].join("\n");
}

function milliseconds(seconds: number): number {
  return Math.round(1000 * seconds);
}
