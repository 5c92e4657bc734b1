import { DQN_OPTIONS } from "../agents/mod.ts";
import { AGENT_KINDS } from "../scripts/settings/agents.ts";
import { presetSettings } from "../scripts/settings/presets.ts";
import {
  AGENTS,
  dqnOptionOf,
  flagOf,
  OPTIONS,
  SETTING_NAMES,
  type Settings,
  textOf,
} from "../scripts/settings/settings.ts";
import { pageTable } from "./_page_table.ts";

type Name = keyof Settings;

const BEFORE = `# Agents

\`--agent\` names a bundle of options. The options of DQN are freely combinable, with or without a name for it:
\`deno task train --agent dqn --double --n-step 3\`. In the library all networks are one class, \`Dqn\`, with the same options in
camelCase; \`epsilon\` and \`priorityBeta\` are schedules, functions of the step, as \`linearSchedule\` makes them.

A flag that changes nothing is refused: one that the agent does not use, or one of an option that is off.

This page is written by \`deno task docs:update\`.
`;

const AFTER = `## When to use which

| where | take |
| --- | --- |
| states can be counted | \`q-learning\` |
| you want to see what replay and target network add | \`q-network\` beside \`dqn\` |
| anything else, to begin with | \`dqn\`, or \`double-dqn\`, for one more forward pass |
| values run ahead of returns ([how to see it](07_double_dqn.md)) | \`--double\` |
| rewards are rare or late | \`--n-step 3\` to 5, \`--prioritized\` |
| it often makes no difference what one does | \`--dueling\` |
| single random actions lead nowhere | \`--noisy\`, in place of ε |
| returns are random, and how far they reach is known | \`--distribution c51\` with \`--v-min\` and \`--v-max\` so far |
| the same, and it is not known | \`--distribution qr\` |
| all of it at once | \`rainbow\`, with \`--v-min\` and \`--v-max\` as for C51 |

[Performance](performance.md) says what each costs in time, [Results](results.md) how well the presets learn, and
\`deno task benchmark\` compares agents in the environment of your choice.

## Where it differs from the papers

- C51's priorities are cross-entropies, as in common implementations of Rainbow. The paper names the Kullback-Leibler divergence,
  which is less by the entropy of the target.
- The online network has one noise per gradient step, for the choice of the next action and for the update.
- With returns of several steps, Munchausen's part is that of the first step.
- Greedy actions, and so evaluations and exported policies, are without noise.
`;

function flagText(name: Name, value: Settings[Name]): string {
  return value === true ? flagOf(name) : `${flagOf(name)} ${textOf(value)}`;
}

/** Who there is, and what a name sets that is not so anyway. */
function agentTable(plain: Settings): string {
  return pageTable(
    ["`--agent`", "what it is", "what it sets"],
    AGENTS.map((agent) => {
      const { what, bundle } = AGENT_KINDS[agent];
      const own = SETTING_NAMES.flatMap((name) => {
        const value = bundle[name];
        return value === undefined || textOf(value) === textOf(plain[name]) ? [] : [flagText(name, value)];
      });
      return [`\`${agent}\``, what, own.length === 0 ? "" : `\`${own.join(" ")}\``];
    }),
  );
}

/** The options of `Dqn` that have a source: those that extend DQN, or those of DQN itself. */
function optionTable(isExtension: boolean, plain: Settings): string {
  return pageTable(
    ["flag", "in the library", "must be", "default", "from"],
    SETTING_NAMES.flatMap((name) => {
      const option = dqnOptionOf(name);
      if (option === undefined) return [];
      const { source, isExtension: extended = false } = DQN_OPTIONS[option];
      if (source === undefined || extended !== isExtension) return [];
      return [[
        `\`${flagOf(name)}\``,
        `\`${option}\``,
        OPTIONS[name].rule,
        `\`${textOf(plain[name])}\``,
        source,
      ]];
    }),
  );
}

/**
 * The page of all agents.
 *
 * @returns Markdown, to be formatted.
 */
export function agentsPage(): string {
  const plain = presetSettings({ env: "./my_env.ts", agent: "dqn" });
  return [
    BEFORE,
    `## By name\n\n${agentTable(plain)}`,
    `## What came after DQN\n\nDefaults are those where no preset says otherwise.\n\n${
      optionTable(true, plain)
    }`,
    `## DQN itself\n\n${optionTable(false, plain)}`,
    AFTER,
  ].join("\n");
}
