import { AGENT_KINDS } from "../scripts/settings/agents.ts";
import { presetSettings } from "../scripts/settings/presets.ts";
import {
  AGENTS,
  flagOf,
  OPTIONS,
  SETTING_NAMES,
  type Settings,
  textOf,
} from "../scripts/settings/settings.ts";
import { pageTable } from "./_page_table.ts";

type Name = keyof Settings;

const EXTENSIONS: Partial<Record<Name, string>> = {
  double: "van Hasselt et al. 2016, eq. 4, of the online and the target network",
  dueling: "Wang et al. 2016, eq. 9",
  prioritized: "Schaul et al. 2016, algorithm 1, proportional",
  priorityAlpha: "there eq. 1; 1, and 0 for β, is the lecture's δ / Σδ",
  priorityBetaStart: "there section 3.4",
  priorityBetaEnd: "there section 3.4",
  priorityBetaSteps: "there section 3.4",
  priorityEpsilon: "there section 3.3",
  nStep: 'Sutton 1988; Hessel et al. 2018, "Multi-step learning"',
  noisy: "Fortunato et al. 2018, eq. 9 to 11, factorised, σ₀ = 0.5",
  distribution: "`c51`: Bellemare et al. 2017, algorithm 1; `qr`: Dabney et al. 2018, eq. 10, κ = 1",
  atoms: "N of both",
  vMin: "C51's",
  vMax: "C51's",
  munchausen: "Vieillard et al. 2020, eq. 2",
  munchausenAlpha: "there α",
  munchausenTau: "there τ",
  munchausenClip: "there l₀",
};

const BASIS: Partial<Record<Name, string>> = {
  gamma: "γ of every paper here",
  batchSize: "Mnih et al. 2015, extended data table 1, “minibatch size”",
  bufferSize: "there “replay memory size”",
  learningStarts: "there “replay start size”",
  trainInterval: "there “update frequency”",
  targetUpdateInterval: "there “target network update frequency”, in steps",
  epsilonStart: "there “initial exploration”",
  epsilonEnd: "there “final exploration”",
  epsilonDecaySteps: "there “final exploration frame”, in steps",
  targetUpdateEpisodes: "the lecture's code",
  gradientSteps: "more than one catch up after a `trainInterval`",
  tau: "Lillicrap et al. 2016, algorithm 1; 1 copies",
  learningRate: "Adam: Kingma & Ba 2015, algorithm 1",
  loss: "`huber` is Mnih et al.'s error clipping",
  maxGradNorm: "Pascanu et al. 2013, algorithm 1",
  truncatedAsTerminated: "the lecture's code",
  actionMask: "in acting, exploring, targets; absent: where they are offered",
};

/** What `Dqn` calls a setting. */
function optionOf(name: Name): string {
  if (name.startsWith("epsilon")) return "epsilon";
  return name.startsWith("priorityBeta") ? "priorityBeta" : name;
}

const BEFORE = `# Agents

\`--agent\` names a bundle of options. Every option of DQN works with each other, with or without a name for it:
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

/** The options that have a source, in the order of their sources. */
function optionTable(sources: Partial<Record<Name, string>>, plain: Settings): string {
  const order = Object.keys(sources);
  return pageTable(
    ["flag", "in the library", "must be", "default", "from"],
    SETTING_NAMES.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)).flatMap((name) => {
      const source = sources[name];
      if (source === undefined) return [];
      return [[
        `\`${flagOf(name)}\``,
        `\`${optionOf(name)}\``,
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
      optionTable(EXTENSIONS, plain)
    }`,
    `## DQN itself\n\n${optionTable(BASIS, plain)}`,
    AFTER,
  ].join("\n");
}
