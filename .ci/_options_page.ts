import { DQN_OPTIONS, type DqnOption, OWN_PQN_OPTION_NAMES } from "../agents/mod.ts";
import type { CommandHelp } from "./_command_help.ts";
import { pageTable } from "./_page_table.ts";
import { presetSettings } from "../scripts/settings/presets.ts";
import {
  dqnOptionOf,
  flagOf,
  OPTIONS,
  SETTING_NAMES,
  type Settings,
  textOf,
} from "../scripts/settings/settings.ts";

type Name = keyof Settings;

/** A table of the page: the settings of a group of options of `Dqn`, and others by name. */
interface Group {
  readonly title: string;
  readonly dqn?: DqnOption<unknown>["group"];
  readonly others?: readonly Name[];
}

/** The groups of settings, in the order of the page; settings of no group come last. */
const GROUPS: readonly Group[] = [
  {
    title: "What to learn",
    others: [
      "env",
      "envSha256",
      "envOptions",
      "bins",
      "actionBins",
      "actionParts",
      "normalize",
      "pixels",
      "blackBackground",
      "frameStack",
      "envs",
    ],
  },
  { title: "Which agent learns", dqn: "run", others: ["agent", "preset"] },
  {
    title: "How long it runs, and how it is measured",
    others: ["steps", "episodes", "evalInterval", "evalEpisodes", "stopAtReturn"],
  },
  {
    title: "The network and its optimizer",
    dqn: "network",
    others: ["learningRateEnd", "learningRateSteps", "initWeightsSha256"],
  },
  { title: "When it learns, and from which targets", dqn: "learning" },
  { title: "Exploration", dqn: "exploration" },
  { title: "Replay", dqn: "replay", others: ["bufferSha256"] },
  { title: "What the network outputs", dqn: "output" },
  { title: "Rollouts of PQN", others: OWN_PQN_OPTION_NAMES },
];

/** The settings of a group, in the order of `--help`. */
function namesOf({ dqn, others }: Group): Name[] {
  return SETTING_NAMES.filter((name) => {
    const option = dqnOptionOf(name);
    return others?.includes(name) || option !== undefined && DQN_OPTIONS[option].group === dqn;
  });
}

const BEFORE = `# Options

The settings of a run: the flags of \`deno task train\`, and under the same names in camelCase the entries of
\`config.json\`. \`deno task sweep\` takes them, too. The defaults are those of \`CartPole-v1\` and of \`--preset lecture\`; other
environments have presets of their own, which the \`config.json\` of a run shows (\`--help\` does not).

This page is written by \`deno task docs:update\`.
`;

/** The tables of settings. */
function settingTables(): string {
  const tuned = presetSettings({});
  const lecture = presetSettings({ preset: "lecture" });
  const groups = GROUPS.map((group) => ({ title: group.title, names: namesOf(group) }));
  const grouped = new Set(groups.flatMap(({ names }) => names));
  const rest = SETTING_NAMES.filter((name) => !grouped.has(name));
  return [...groups, ...(rest.length === 0 ? [] : [{ title: "More", names: rest }])].map(({ title, names }) =>
    table(
      title,
      ["flag", "what", "must be", "default", "lecture"],
      names.map((name) => [
        `\`${flagOf(name)}\``,
        OPTIONS[name].help,
        OPTIONS[name].rule,
        `\`${textOf(tuned[name])}\``,
        `\`${textOf(lecture[name])}\``,
      ]),
    )
  ).join("");
}

/** The tables of all other flags, by command. */
function commandTables(helps: readonly CommandHelp[]): string {
  const settings = new Set(SETTING_NAMES.map(flagOf));
  return helps.map(({ usage, flags }) => {
    const takesAll = flags.filter(({ name }) => settings.has(name)).length === settings.size;
    const own = flags.filter(({ name }) => !takesAll || !settings.has(name));
    const rows = own.map(({ name, placeholder, help }) => [`\`${`${name} ${placeholder}`.trim()}\``, help]);
    const more = takesAll ? [["all of the above", "the settings of each run"]] : [];
    return table(`\`deno task ${usage}\``, ["flag", "what"], [...rows, ...more]);
  }).join("");
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\n### ${title}\n\n${pageTable(head, rows)}`;
}

/**
 * The page of all options.
 *
 * @param helps The help texts of the commands.
 * @returns Markdown, to be formatted.
 */
export function optionsPage(helps: readonly CommandHelp[]): string {
  return `${BEFORE}\n## Settings of a run\n${settingTables()}\n## Flags of the commands\n${
    commandTables(helps)
  }`;
}
