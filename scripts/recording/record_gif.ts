import { describeRecording, drawMoment, pictureSvg } from "./frame_svg.ts";
import { startGif } from "./gif.ts";
import type { LoadedPolicy } from "../run_folder/load_policy.ts";
import { choosePalette } from "./palette.ts";
import { loadRasterizer } from "../plots/rasterize.ts";
import { chooseFrames, framesPerSecond, type Moment } from "./recording.ts";

/** Number of frames that the palette is chosen from. */
const SAMPLES = 12;

/**
 * Draws a recording as an animated GIF that plays at real speed.
 *
 * @param loaded The policy that was recorded.
 * @param moments The recording.
 * @returns The file; the same recording gives the same bytes.
 */
export async function gifOf(loaded: LoadedPolicy, moments: readonly Moment[]): Promise<Uint8Array> {
  const rasterizer = await loadRasterizer();
  const frames = chooseFrames(moments, framesPerSecond(loaded.settings.env));
  const withEpisode = moments.at(-1)!.episode > 1;
  const draw = (moment: Moment) => rasterizer.pixels(pictureSvg(drawMoment(moment, loaded.env, withEpisode)));

  const every = Math.ceil(frames.length / SAMPLES);
  const samples = new Map(
    frames.filter((_, i) => i % every === 0 || i === frames.length - 1).map(({ moment }) => [
      moment,
      draw(moment),
    ]),
  );
  const { width, height } = samples.get(frames[0]!.moment)!;
  const palette = choosePalette([...samples.values()].map(({ data }) => data), width);
  const gif = startGif(width, height, palette, describeRecording(loaded, moments));
  for (const { moment, start, end } of frames) {
    const { data } = samples.get(moment) ?? draw(moment);
    gif.add(data, Math.round(100 * end) - Math.round(100 * start));
  }
  return gif.finish();
}
