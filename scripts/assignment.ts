/**
 * The command that does the lecture's quiz: apply DQN to MountainCar, vary the hyperparameters, and hand in the best ones, the
 * graph of total reward per episode, the maximum total reward, and an animation of that policy.
 *
 * ```sh
 * deno task assignment
 * deno task assignment --env Acrobot-v1 --trials 20
 * ```
 *
 * It is a sweep with a space and budgets made for it; what it leaves is what `deno task sweep` leaves, and the report of the best
 * run has the four answers on its first page.
 *
 * @module
 */

import { type Flag, isOn, readCommandLine } from "./cli/command_line.ts";
import { refuseWords } from "./cli/flag_value.ts";
import { helpText } from "./settings/help.ts";
import { jsonObject } from "./values/json_object.ts";
import { envFolder } from "./run_folder/load_env.ts";
import { freeFolder } from "./cli/output_folder.ts";
import { readJsonFile } from "./cli/read_file.ts";
import { exitCodeOf } from "./cli/usage_error.ts";
import { main as sweep } from "./sweep.ts";

const FLAGS: readonly Flag[] = [
  { name: "--env", placeholder: "ID", help: "environment to solve (default: MountainCar-v0)" },
  { name: "--trials", placeholder: "N", help: "settings to try (default: 9)" },
  { name: "--seeds", placeholder: "N", help: "runs of each (default: 1)" },
  { name: "--seed", placeholder: "N", help: "first seed, and seed of the trials (default: 0)" },
  { name: "--steps", placeholder: "N", help: "environment steps of the best trials (default: the preset's)" },
  { name: "--workers", placeholder: "N", help: "runs at a time (default: one per core)" },
  {
    name: "--out",
    placeholder: "DIR",
    help: "folder to save in (default: the next free one of runs/ENV/assignment)",
  },
  { name: "--quiet", help: "show no progress" },
  { name: "--help", help: "print this (-h)" },
];

/** What is varied: each around the preset's value. */
const SPACE = [
  "learning-rate=log:5e-4:4e-3",
  "gamma=0.98|0.99|0.995",
  "n-step=3|4|5|6",
  "hidden=64,64|128,128",
  "target-update-interval=250|500|1000",
];

/**
 * Does the assignment as the command line says.
 *
 * @param args The arguments.
 * @returns The exit code, that of the sweep.
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
  const line = readCommandLine(args, FLAGS);
  if (isOn(line, "help")) {
    console.log(helpText("assignment", "[flags]", FLAGS));
    return 0;
  }
  refuseWords(line);
  const value = (name: string, otherwise: string) => line.values.get(name) ?? otherwise;
  const env = value("env", "MountainCar-v0");
  const asked = ["seed", "steps", "workers"].flatMap((name) => {
    const given = line.values.get(name);
    return given === undefined ? [] : [`--${name}`, given];
  });
  const out = freeFolder(line.values.get("out"), `runs/${envFolder(env)}/assignment`);
  const code = await sweep([
    ...[
      "--env",
      env,
      "--agent",
      "double-dqn",
      "--trials",
      value("trials", "9"),
      "--seeds",
      value("seeds", "1"),
    ],
    ...["--rungs", "2", "--out", out, ...asked, ...SPACE.flatMap((search) => ["--search", search])],
    ...(isOn(line, "quiet") ? ["--quiet"] : []),
  ]);
  if (code === 0) console.log(answers(out));
  return code;
}

/** The quiz's four answers. */
function answers(folder: string): string {
  const best = `${folder}/best`;
  const summary = jsonObject(readJsonFile(`${best}/summary.json`), `${best}/summary.json`);
  const evaluation = summary.object("evaluation");
  const config = jsonObject(readJsonFile(`${best}/config.json`), `${best}/config.json`);
  const settings = SPACE.map((search) => {
    const flag = search.split("=")[0]!;
    const name = flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return `${flag} ${config.value(name)}`;
  });
  return [
    "",
    `1) best hyperparameters      ${settings.join(", ")}`,
    `2) total reward per episode  ${best}/reward.svg`,
    `3) maximum total reward      ${evaluation.number("max")}, mean ${
      evaluation.number("mean").toFixed(2)
    } over ${evaluation.number("episodes")} greedy episodes`,
    `4) that policy at play       ${best}/policy.gif`,
    `all of it on one page        ${best}/report.html`,
  ].join("\n");
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
