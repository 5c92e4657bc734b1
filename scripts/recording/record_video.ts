import { drawMoment, pictureSvg } from "./frame_svg.ts";
import type { LoadedPolicy } from "../run_folder/load_policy.ts";
import { firstLineOf } from "../values/reason_of.ts";
import { loadRasterizer } from "../plots/rasterize.ts";
import { syncFolderOf } from "../cli/write_file.ts";
import { chooseFrames, framesPerSecond, type Moment } from "./recording.ts";
import { UsageError } from "../cli/usage_error.ts";

/** The arguments of ffmpeg for each format: H.264 that plays everywhere, and VP9 of the same visible quality. */
const CODECS = {
  mp4: ["-c:v", "libx264", "-movflags", "+faststart"],
  webm: ["-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0", "-row-mt", "0"],
} as const;

/** The longest video; unlike a GIF, a video repeats unchanged frames. */
const MOST_SECONDS = 86_400;

/**
 * Draws a recording as a video that plays at real speed, with the ffmpeg of this machine.
 *
 * @param loaded The policy that was recorded.
 * @param moments The recording.
 * @param format Which kind of video.
 * @param path The file to write; it appears when it is complete.
 * @throws {UsageError} If there is no ffmpeg, or it may not be run, or it fails.
 */
export async function writeVideo(
  loaded: LoadedPolicy,
  moments: readonly Moment[],
  format: keyof typeof CODECS,
  path: string,
): Promise<void> {
  const rasterizer = await loadRasterizer();
  const fps = framesPerSecond(loaded.settings.env);
  const frames = chooseFrames(moments, fps);
  const shortest = Math.min(...frames.map(({ start, end }) => end - start));
  const withEpisode = moments.at(-1)!.episode > 1;
  const draw = (moment: Moment) => rasterizer.pixels(pictureSvg(drawMoment(moment, loaded.env, withEpisode)));
  const { width, height } = draw(frames[0]!.moment);
  const temporary = `${path}.tmp`;
  const rate = Math.max(1, Math.round(1 / shortest));
  const seconds = frames.at(-1)!.end;
  if (seconds > MOST_SECONDS) {
    throw new UsageError(
      `Cannot write ${path}: it must last at most ${MOST_SECONDS} seconds, got ${seconds} (one step takes ${
        1 / fps
      })`,
    );
  }
  const child = startFfmpeg(path, [
    ...["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", `${width}x${height}`],
    ...["-r", String(rate), "-i", "-", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", ...CODECS[format]],
    ...["-pix_fmt", "yuv420p", "-fflags", "+bitexact", "-f", format, temporary],
  ]);
  try {
    const writer = child.stdin.getWriter();
    const complaint = new Response(child.stderr).text();
    try {
      for (const { moment, start, end } of frames) {
        const { data } = draw(moment);
        for (let i = Math.round(start * rate); i < Math.round(end * rate); i++) await writer.write(data);
      }
      await writer.close();
    } catch {
      // ffmpeg has ended; its output says why.
    }
    const { success } = await child.status;
    if (!success) {
      throw new UsageError(`Cannot write ${path}: ffmpeg says: ${firstLineOf((await complaint).trim())}`);
    }
    await Deno.rename(temporary, path);
    syncFolderOf(path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

function startFfmpeg(path: string, args: string[]): Deno.ChildProcess {
  try {
    return new Deno.Command("ffmpeg", { args, stdin: "piped", stdout: "null", stderr: "piped" }).spawn();
  } catch (error) {
    const remedy = error instanceof Deno.errors.NotFound
      ? "ffmpeg must be installed"
      : "ffmpeg must be allowed to run (deno run -RW --allow-run=ffmpeg scripts/record.ts …)";
    throw new UsageError(`Cannot write ${path}: ${remedy}`);
  }
}
