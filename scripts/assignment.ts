/**
 * The command that answers the lecture's quiz: apply DQN to MountainCar, vary the hyperparameters, and hand in the best ones, the
 * graph of total reward per episode, the maximum total reward, and an animation of that policy.
 *
 * ```sh
 * deno task assignment
 * deno task assignment --env Acrobot-v1 --trials 20
 * ```
 *
 * It is a sweep with its own search space and budgets. It writes the files of `deno task sweep`, but its report shows everything
 * to hand in on one page.
 *
 * @module
 */

import { print } from "./cli/print.ts";
import { type Flag, isOn } from "./cli/command_line.ts";
import { readCommand } from "./settings/read_command.ts";
import { envFolder } from "./settings/env_name.ts";
import { TRUST_FLAG } from "./run_folder/env_source.ts";
import { envFileOf } from "./run_folder/load_env.ts";
import { freeFolder } from "./cli/output_folder.ts";
import { mayRasterize } from "./plots/rasterize.ts";
import { tryToDraw } from "./plots/try_to_draw.ts";
import { bestEpisodeOf } from "./recording/best_episode.ts";
import { gifOf } from "./recording/record_gif.ts";
import { recordMoments } from "./recording/recording.ts";
import { assignmentHtml } from "./report/assignment_html.ts";
import { loadPolicy } from "./run_folder/load_policy.ts";
import { readSavedRun } from "./run_folder/saved_run.ts";
import { flagOf, SETTING_NAMES, textOf } from "./settings/settings.ts";
import { main as sweep } from "./sweep.ts";
import { ASSIGNMENT_AGENT, ASSIGNMENT_ENV, ASSIGNMENT_RUNGS } from "./sweep/assignment_plan.ts";
import { ASSIGNMENT_SPACE } from "./sweep/assignment_space.ts";
import type { FinishedSweep } from "./sweep/finish_sweep.ts";
import { exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { episodesText } from "./settings/episodes_text.ts";

const FLAGS: readonly Flag[] = [
  { name: "--env", placeholder: "ID", help: "environment to solve (default: MountainCar-v0)" },
  { name: "--trials", placeholder: "N", help: "hyperparameter settings to try (default: 9)" },
  { name: "--seeds", placeholder: "N", help: "runs per trial (default: 1)" },
  { name: "--seed", placeholder: "N", help: "first seed of the runs and seed of the trials (default: 0)" },
  {
    name: "--steps",
    placeholder: "N",
    help: "environment steps per run of the best trials (default: the preset's)",
  },
  { name: "--workers", placeholder: "N", help: "runs in parallel (default: one per core)" },
  {
    name: "--out",
    placeholder: "DIR",
    help: "folder for the results (default: runs/ENV/assignment, or the next free name)",
  },
  {
    name: "--resume",
    placeholder: "DIR",
    help:
      "resume the assignment in this folder; only --workers, --quiet and the flags of an environment file may be given with it",
  },
  TRUST_FLAG,
  { name: "--quiet", help: "show no progress" },
];

const BESIDE_RESUME = ["resume", "env", "trust-env", "workers", "quiet"];
/** The animation of the episode with the maximum total reward. */
const FILM = "maximum.gif";
/** Most steps of an animated episode. */
const MOST_STEPS = 1_000;

/**
 * Runs the assignment that the command line describes.
 *
 * @param args The arguments.
 * @returns The exit code of the sweep.
 * @throws {Error} If something on the command line is wrong, or a file cannot be written.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/assignment";
 *
 * await main(["--trials", "3", "--steps", "9000"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "assignment");
  if (line === undefined) return 0;
  const resumed = line.values.get("resume");
  const odd = [...line.values.keys()].find((name) => !BESIDE_RESUME.includes(name));
  if (resumed !== undefined && odd !== undefined) {
    throw new UsageError(
      `Cannot resume: --${odd} must be absent beside --resume, since the assignment's own is used`,
    );
  }
  const env = line.values.get("env") ?? ASSIGNMENT_ENV;
  const out = resumed ?? freeFolder(line.values.get("out"), `runs/${envFolder(env)}/assignment`);
  const given = (name: string, otherwise?: string) => {
    const value = line.values.get(name) ?? otherwise;
    return value === undefined ? [] : [`--${name}`, value];
  };
  const asked = resumed !== undefined ? [...given("resume"), ...given("env"), ...given("trust-env")] : [
    ...["--env", env, "--agent", ASSIGNMENT_AGENT, ...given("trials", "9"), ...given("seeds", "1")],
    ...["--rungs", String(ASSIGNMENT_RUNGS), "--out", out, ...given("seed"), ...given("steps")],
    ...ASSIGNMENT_SPACE.flatMap((search) => ["--search", search]),
  ];
  const quiet = isOn(line, "quiet") ? ["--quiet"] : [];
  const code = await sweep([...asked, ...given("workers"), ...quiet], {
    leave: handIn,
    resume: "deno task assignment --resume",
  });
  if (code === 0) print(answers(out));
  return code;
}

/** The files to hand in: the animation of the best episode, and the page. */
async function handIn(
  { folder, searched, section }: FinishedSweep,
): Promise<[string, string | Uint8Array][]> {
  const run = readSavedRun(`${folder}/best`);
  const best = await tryToDraw(FILM, () => filmOfMaximum(`${folder}/best`, run.settings.env));
  const names = searched.flatMap((flag) => SETTING_NAMES.filter((name) => flagOf(name) === `--${flag}`));
  const page = await assignmentHtml({ run, searched: names, best, search: section });
  const files: [string, string | Uint8Array][] = [["report.html", page]];
  if (best !== undefined) files.push([FILM, best.gif]);
  return files;
}

/** The animation of the episode with the highest return; undefined if nothing can be drawn. */
async function filmOfMaximum(folder: string, env: string) {
  if (!mayRasterize()) return undefined;
  // The environment file is the one that the sweep has loaded.
  const values = new Map([["env", envFileOf(env) ?? env]]);
  const loaded = await loadPolicy(folder, { values, words: [] });
  const best = bestEpisodeOf(loaded);
  const { seed, skip } = best;
  const moments = recordMoments(loaded, { episodes: 1, maxSteps: MOST_STEPS, seed, skip });
  return { ...best, gif: await gifOf(loaded, moments) };
}

function hasFilm(folder: string): boolean {
  return [...Deno.readDirSync(folder)].some(({ name }) => name === FILM);
}

/** The quiz's answers. */
function answers(folder: string): string {
  const best = `${folder}/best`;
  const { settings, summary } = readSavedRun(best);
  const { evaluation } = summary;
  const searched = ASSIGNMENT_SPACE.map((search) => {
    const flag = search.split("=")[0]!;
    const name = SETTING_NAMES.find((setting) => flagOf(setting) === `--${flag}`)!;
    return `${flag} ${textOf(settings[name])}`;
  });
  return [
    "",
    `1) best hyperparameters      ${searched.join(", ")}`,
    `2) total reward per episode  ${best}/reward.svg`,
    ...(evaluation === null ? [] : [
      `3) maximum total reward      ${evaluation.max}, mean ${evaluation.mean.toFixed(2)} over ${
        episodesText(evaluation.episodes, settings.agent)
      }`,
    ]),
    ...(hasFilm(folder) ? [`4) that episode at play      ${folder}/${FILM}`] : []),
    `everything on one page       ${folder}/report.html`,
  ].join("\n");
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
