/**
 * The command that plays the policy of a run folder and draws it.
 *
 * ```sh
 * deno task record runs/CartPole-v1/dqn-seed0                 # writes policy.gif into the folder
 * deno task record runs/CartPole-v1/dqn-seed0 --format mp4 --out cart_pole.mp4
 * deno task record --policy from_pytorch.onnx --env CartPole-v1 # writes from_pytorch.gif
 * deno run -RW jsr:@bellman/dqn/record runs/CartPole-v1/dqn-seed0
 * ```
 *
 * @module
 */

import { printLine } from "./cli/print.ts";
import { type CommandLine, type Flag, isOn } from "./cli/command_line.ts";
import { describeRecording, drawMoment, pictureSvg } from "./recording/frame_svg.ts";
import { flagValue, oneFolder } from "./cli/flag_value.ts";
import { ENV_FILE_FLAGS } from "./run_folder/env_source.ts";
import { readCommand } from "./settings/read_command.ts";
import { warnOfFiles } from "./run_folder/check_files.ts";
import { listInRun } from "./run_folder/list_in_run.ts";
import { type LoadedPolicy, loadPolicy, POLICY_FILES } from "./run_folder/load_policy.ts";
import {
  loadOnnx,
  playAndClose,
  POLICY_ENV_FLAG,
  POLICY_FLAGS,
  requirePolicy,
} from "./run_folder/load_onnx.ts";
import { choiceOption, integerOption } from "./cli/option.ts";
import { loadRasterizer } from "./plots/rasterize.ts";
import { gifOf } from "./recording/record_gif.ts";
import { animatedSvgOf } from "./recording/record_svg.ts";
import { writeVideo } from "./recording/record_video.ts";
import {
  chooseFrames,
  framesPerSecond,
  MAX_STEPS,
  type Moment,
  recordingSeed,
  recordMoments,
} from "./recording/recording.ts";
import { type Format, formatOf, FORMATS } from "./recording/recording_format.ts";
import { attempt, exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { counted } from "./values/counted.ts";
import { writeFile } from "./cli/write_file.ts";
import { reasonOf } from "./values/reason_of.ts";

const FLAGS: readonly Flag[] = [
  { name: "--episodes", placeholder: "N", help: "greedy episodes to record (default: 1)" },
  {
    name: "--seed",
    placeholder: "N",
    help: "seed of the environment (default: the seed that evaluate uses)",
  },
  {
    name: "--max-steps",
    placeholder: "N",
    help: `steps to record of each episode at most (default: ${MAX_STEPS})`,
  },
  {
    name: "--format",
    placeholder: FORMATS.join("|"),
    help:
      "gif; svg, an animation; png, a folder of frames; mp4 and webm, which need ffmpeg (default: from the extension of --out, or gif)",
  },
  {
    name: "--out",
    placeholder: "PATH",
    help:
      "file or folder to write (default: policy.gif, policy.svg, policy.mp4, policy.webm or policy-frames in the run folder, or beside --policy with its name)",
  },
  {
    name: "--state-plot",
    help:
      "also plot each component of the observations over time, as state.svg in the run folder, or beside --policy",
  },
  ...POLICY_FLAGS,
  POLICY_ENV_FLAG,
  ...ENV_FILE_FLAGS.filter(({ name }) => name !== "--env"),
];

/**
 * Records a policy.
 *
 * @param args The arguments: a run folder and flags.
 * @returns The exit code, 0.
 * @throws {Error} If something on the command line or in the run folder is wrong, or nothing can be written.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/record";
 *
 * await main(["runs/CartPole-v1/dqn-seed0", "--format", "svg"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "record", { words: "RUN" });
  if (line === undefined) return 0;
  const file = line.values.get("policy");
  requirePolicy(line, "record");
  const source = file === undefined ? oneFolder(line, "record") : withoutEnding(file, line);
  const asked = flagValue(line, "format", choiceOption(FORMATS, ""), undefined);
  const format = formatOf(asked, line.values.get("out"));
  const episodes = flagValue(line, "episodes", integerOption(1, ""), 1);
  const maxSteps = flagValue(line, "max-steps", integerOption(1, ""), MAX_STEPS);
  const givenSeed = flagValue(line, "seed", integerOption(0, ""), undefined);
  const withStates = isOn(line, "state-plot");
  const name = file === undefined ? `${source}/policy` : source;
  const out = line.values.get("out") ?? (format === "png" ? `${name}-frames` : `${name}.${format}`);

  const loaded = file === undefined ? await loadPolicy(source, line) : await loadOnnx(file, line);
  const seed = givenSeed ?? recordingSeed(loaded.settings.seed);
  const moments = playAndClose(loaded, () => recordMoments(loaded, { episodes, maxSteps, seed }));
  const description = describeRecording(loaded, moments);
  const fps = framesPerSecond(loaded.settings.env);
  // Loaded only when needed, since it takes longer than everything else.
  const states = withStates
    ? await (await import("./recording/state_plot.ts")).plotStates(description, loaded.env, moments, fps)
    : undefined;
  await listInRun(out, () => write(format, out, loaded, moments));
  if (file === undefined) await warnOfFiles(source, POLICY_FILES);
  printLine(description);
  const frames = chooseFrames(moments, fps);
  printLine(`saved in    ${out} (${counted(frames.length, "frame")}, ${frames.at(-1)!.end.toFixed(1)} s)`);
  if (states !== undefined) {
    const path = file === undefined ? `${source}/state.svg` : `${source}-state.svg`;
    await listInRun(path, () => save(path, states));
    printLine(`saved in    ${path}`);
  }
  return 0;
}

/** The path of an ONNX file up to its extension; there must be no run folder besides. */
function withoutEnding(file: string, { words }: CommandLine): string {
  if (words.length === 0) return file.replace(/\.onnx$/i, "");
  throw new UsageError(`Cannot record: one run folder or --policy must be given, got both; see --help`);
}

async function write(
  format: Format,
  out: string,
  loaded: LoadedPolicy,
  moments: readonly Moment[],
): Promise<void> {
  if (format === "gif") save(out, await gifOf(loaded, moments));
  else if (format === "svg") save(out, animatedSvgOf(loaded, moments));
  else if (format === "mp4" || format === "webm") await writeVideo(loaded, moments, format, out);
  else await writeFrames(out, loaded, moments);
}

/** Writes one PNG per frame, and removes those of an earlier recording. */
async function writeFrames(
  folder: string,
  loaded: LoadedPolicy,
  moments: readonly Moment[],
): Promise<void> {
  const rasterizer = await loadRasterizer();
  try {
    Deno.mkdirSync(folder, { recursive: true });
    for (const { name } of Deno.readDirSync(folder)) {
      if (/^frame-\d{5}\.png$/.test(name)) Deno.removeSync(`${folder}/${name}`);
    }
  } catch (error) {
    throw new UsageError(
      `Cannot record: ${folder} must be a writable folder, got: ${reasonOf(error)}`,
    );
  }
  const withEpisode = moments.at(-1)!.episode > 1;
  for (const [i, { moment }] of chooseFrames(moments, framesPerSecond(loaded.settings.env)).entries()) {
    const svg = pictureSvg(drawMoment(moment, loaded.env, withEpisode));
    save(`${folder}/frame-${String(i + 1).padStart(5, "0")}.png`, rasterizer.png(svg));
  }
}

/** Writes a file; a failure is a usage error, since the user named the path. */
function save(path: string, content: string | Uint8Array): void {
  attempt(() => writeFile(path, content));
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
