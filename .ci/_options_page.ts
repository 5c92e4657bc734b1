import type { CommandHelp } from "./_command_help.ts";
import { pageTable } from "./_page_table.ts";
import { presetSettings } from "../scripts/settings/presets.ts";
import { flagOf, OPTIONS, SETTING_NAMES, type Settings, textOf } from "../scripts/settings/settings.ts";

type Name = keyof Settings;

/** What belongs together, in the order of the page; what is nowhere else comes last. */
const GROUPS: readonly (readonly [title: string, names: readonly Name[]])[] = [
  ["What to learn", ["env", "envOptions", "bins", "actionBins", "normalize"]],
  ["Who learns", ["agent", "preset", "seed", "kernel"]],
  ["How long, and how it is measured", [
    "steps",
    "episodes",
    "evalInterval",
    "evalEpisodes",
    "stopAtReturn",
  ]],
  ["The network and its optimizer", [
    "hidden",
    "initializer",
    "learningRate",
    "learningRateEnd",
    "loss",
    "maxGradNorm",
    "batchSize",
  ]],
  ["When it learns, and from which targets", [
    "learningStarts",
    "trainInterval",
    "gradientSteps",
    "gamma",
    "nStep",
    "targetUpdateInterval",
    "targetUpdateEpisodes",
    "tau",
    "double",
    "truncatedAsTerminated",
  ]],
  ["Exploration", ["epsilonStart", "epsilonEnd", "epsilonDecaySteps", "noisy", "actionMask"]],
  ["Replay", [
    "bufferSize",
    "prioritized",
    "priorityAlpha",
    "priorityBetaStart",
    "priorityBetaEnd",
    "priorityBetaSteps",
    "priorityEpsilon",
  ]],
  ["What the network tells", [
    "dueling",
    "distribution",
    "atoms",
    "vMin",
    "vMax",
    "munchausen",
    "munchausenAlpha",
    "munchausenTau",
    "munchausenClip",
  ]],
];

const BEFORE = `# Options

What decides how a run goes: the flags of \`deno task train\`, and under the same names in camelCase the settings of
\`config.json\`. \`deno task sweep\` takes them, too. The defaults are those of \`CartPole-v1\` and of \`--preset lecture\`; other
environments have presets of their own (\`deno task train --env ID --help\` does not tell, \`config.json\` of a run does).

This page is written by \`deno task docs:update\`.
`;

/** The tables of what decides how a run goes. */
function settingTables(): string {
  const tuned = presetSettings({});
  const lecture = presetSettings({ preset: "lecture" });
  const grouped = new Set(GROUPS.flatMap(([, names]) => names));
  const others = SETTING_NAMES.filter((name) => !grouped.has(name));
  const groups: typeof GROUPS = others.length === 0 ? GROUPS : [...GROUPS, ["More", others]];
  return groups.map(([title, names]) =>
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

/** The tables of everything else on the command line. */
function commandTables(helps: readonly CommandHelp[]): string {
  const settings = new Set(SETTING_NAMES.map(flagOf));
  return helps.map(({ usage, flags }) => {
    const takesAll = flags.filter(({ name }) => settings.has(name)).length === settings.size;
    const own = flags.filter(({ name }) => !takesAll || !settings.has(name));
    const rows = own.map(({ name, placeholder, help }) => [`\`${`${name} ${placeholder}`.trim()}\``, help]);
    const more = takesAll ? [["all of the above", "how each run goes"]] : [];
    return table(`\`deno task ${usage}\``, ["flag", "what"], [...rows, ...more]);
  }).join("");
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\n### ${title}\n\n${pageTable(head, rows)}`;
}

/**
 * The page of all options.
 *
 * @param helps What the commands say of themselves.
 * @returns Markdown, to be formatted.
 */
export function optionsPage(helps: readonly CommandHelp[]): string {
  return `${BEFORE}\n## Of a run\n${settingTables()}\n## Of the commands\n${commandTables(helps)}`;
}
