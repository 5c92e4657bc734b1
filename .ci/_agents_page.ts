import { DQN_OPTIONS, OWN_PQN_OPTION_NAMES, PQN_OPTIONS } from "../agents/mod.ts";
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

\`--agent\` names a bundle of options. The options of DQN are freely combinable, whether or not the combination has a name:
\`deno task train --agent dqn --double --n-step 3\`. In the library \`Dqn\` has the same options in
camelCase, \`pqn\` is the class \`Pqn\`; \`epsilon\` and \`priorityBeta\` are schedules, functions of the step, as \`linearSchedule\` makes them.

A flag that changes nothing is refused: one that the agent does not use, or one of an option that is off.

This page is written by \`deno task docs:update\`.
`;

const PQN = `## PQN

\`pqn\` (Gallici et al., "Simplifying Deep Temporal Difference Learning", ICLR 2025) acts in \`--envs\` environments at once. After
\`--rollout-steps\` steps of each it computes their λ-returns with the network that acted, and learns them in \`--epochs\` passes of
\`--mini-batches\` gradient steps. There is no replay buffer and no target network; \`--layer-norm\`
keeps learning stable in their place. The optimizer is RAdam (Liu et al. 2020), and its step size falls to \`--learning-rate-end\` at the last of
\`--steps\`, or over \`--learning-rate-steps\`. It shares DQN's options of the network and of ε. In the library it is the class \`Pqn\`, whose number of
environments is that of its \`VectorEnv\`.
`;

const AFTER = `## When to use which

| when | use |
| --- | --- |
| observations are images | \`--convolution minatar --hidden 128\` for small ones, \`--convolution nature --hidden 512\` for screens of 84 × 84 |
| there are few enough states for a table | \`q-learning\` |
| you want to see the effect of replay and the target network | \`q-network\` beside \`dqn\` |
| you try anything else for the first time | \`dqn\`, or \`double-dqn\`, which costs one more forward pass |
| Q-values overestimate returns ([how to see it](07_double_dqn.md)) | \`--double\` |
| rewards are sparse or delayed | \`--n-step 3\` to 5, \`--prioritized\` |
| the choice of action often makes no difference | \`--dueling\` |
| single random actions do not explore enough | \`--noisy\`, instead of ε |
| returns are random and their range is known | \`--distribution c51\` with \`--v-min\` and \`--v-max\` |
| returns are random and their range is unknown | \`--distribution qr\` |
| experience is cheap, and the run should be short | \`pqn\` |
| several of these apply | \`rainbow\`, with \`--v-min\` and \`--v-max\` as for C51 |

[Performance](performance.md) measures what each costs in time, [Results](results.md) shows how well the presets learn, and
\`deno task benchmark\` compares agents in any environment.

## Where it differs from the papers

- C51's priorities are cross-entropies, as in common implementations of Rainbow. The paper names the Kullback-Leibler divergence,
  which is smaller by the entropy of the target.
- The online network draws its noise once per gradient step, for the choice of the next action and for the update.
- With n-step returns, the Munchausen term is that of the first step only.
- Greedy actions, and so evaluations and exported policies, use no noise.
- QR-DQN's priorities are the TD error between the means of the quantiles; its paper has no prioritized replay.
- QR-DQN has 51 quantiles, as many as C51 has atoms; the paper has 200: \`--atoms 200\`.
- α of prioritized replay is 0.6, as in its paper, and Adam's ε 1e-8. Rainbow's own are 0.5 and 1.5e-4:
  \`--priority-alpha 0.5 --adam-epsilon 1.5e-4\`.
- β of prioritized replay reaches its end at the last of \`--steps\`, as in its paper. Without that flag, and in the library,
  which does not know the budget, it takes 50,000 steps: give \`linearSchedule(0.4, 1, steps)\`.
- Convolutions have no padding, and ReLU after each; with \`--noisy\` and \`--layer-norm\` only the dense layers have noise and
  normalisation. Observations of uint8 are divided by the upper bound of their space: 255 for pixels, 1 for zeros and ones.
- PQN bootstraps if an episode was cut off by a time limit, as DQN does; action masks are not used. Its presets have few
  environments, four epochs of four mini-batches, and a step size that falls to 0.
- With \`--action-parts\`, and in the library with \`MultiDiscrete\` actions (\`MultiDiscreteActions\`), \`Dqn\` and \`Pqn\` are decoupled
  Q-networks (Seyde et al. 2022): Q(s, a) is the mean over parts of Q_i(s, a_i), the target the mean of the parts' maxima (with
  Double, where the online network has them), and ε is drawn per part. That paper also has two critics and a residual network.
  With dueling the streams are those of branching dueling (Tavakoli et al. 2018, eq. 1), whose loss and target per branch are not
  used. λ-returns bootstrap from the mean of the parts' maxima. Quantile z of an action is the mean of its parts' quantiles z. With C51, for which neither paper has a
  rule, the return of an action is distributed as the mixture of its parts' distributions, whose expectation is again the mean;
  the target is the projected mixture of the next action, and each part's distribution learns it by its own cross-entropy.
  Munchausen is refused: its policy is defined for one choice.
- The first update is made at step \`learningStarts\`; the papers start after it.
`;

function flagText(name: Name, value: Settings[Name]): string {
  return value === true ? flagOf(name) : `${flagOf(name)} ${textOf(value)}`;
}

/** All agents, and the options that each name changes. */
function agentTable(plain: Settings): string {
  return pageTable(
    ["`--agent`", "description", "options it sets"],
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

/** The options of `Dqn` that have a source: extensions, or options of DQN itself. */
function optionTable(isExtension: boolean, plain: Settings): string {
  return pageTable(
    ["flag", "in the library", "must be", "default", "source"],
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

/** The options that only `Pqn` has. */
function pqnTable(plain: Settings): string {
  return pageTable(
    ["flag", "in the library", "must be", "default", "what", "source"],
    OWN_PQN_OPTION_NAMES.map((name) => [
      `\`${flagOf(name)}\``,
      `\`${name}\``,
      OPTIONS[name].rule,
      `\`${textOf(plain[name])}\``,
      PQN_OPTIONS[name].help,
      PQN_OPTIONS[name].source ?? "",
    ]),
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
    `## Extensions of DQN\n\nThe defaults apply where no preset sets another value.\n\n${
      optionTable(true, plain)
    }`,
    `## DQN itself\n\n${optionTable(false, plain)}`,
    `${PQN}\n${pqnTable(plain)}`,
    AFTER,
  ].join("\n");
}
