import { NO_REPLAY_NO_TARGET } from "../../agents/mod.ts";
import { AGENT_FAMILIES, type AgentFamily, type AgentFamilyName } from "./agent_families.ts";
import { type AgentName, isSettingName, type Settings } from "./settings.ts";

/** An agent that `--agent` knows. */
export interface AgentKind {
  /** What it is, in a few words of Markdown. */
  readonly what: string;
  /** How it acts and learns. */
  readonly family: AgentFamilyName;
  /** The settings that its name stands for; flags win over them. */
  readonly bundle: Partial<Settings>;
  /** Settings that its family uses and that make it what it is: no flag may change them. @default {[]} */
  readonly fixed?: readonly (keyof Settings)[];
}

/** The switches that distinguish the agents, all off. */
const PLAIN = {
  learningRateEnd: null,
  double: false,
  dueling: false,
  noisy: false,
  prioritized: false,
  distribution: "none",
  munchausen: false,
} as const;

/** Every agent: a new one is a row here, and where it learns in a new way a family. */
export const AGENT_KINDS: Readonly<Record<AgentName, AgentKind>> = {
  "random": { what: "random actions: what any agent must beat", family: "random", bundle: {} },
  "q-learning": {
    what: "a table of values (Watkins 1989); a Box is cut into `--bins`",
    family: "table",
    bundle: {},
  },
  "q-network": {
    what: "a network that learns from each step alone: no replay, no target network",
    family: "network",
    bundle: { ...PLAIN, ...NO_REPLAY_NO_TARGET, targetUpdateEpisodes: null },
    fixed: [
      ...Object.keys(NO_REPLAY_NO_TARGET).filter(isSettingName),
      "targetUpdateEpisodes",
      "double", // without a target network there is no second opinion
      "prioritized",
      "priorityAlpha",
      "priorityBetaStart",
      "priorityBetaEnd",
      "priorityBetaSteps",
      "priorityEpsilon",
    ],
  },
  "dqn": {
    what: "a network with replay and a target network (Mnih et al. 2015)",
    family: "network",
    bundle: PLAIN,
  },
  "double-dqn": {
    what: "DQN with Double targets",
    family: "network",
    bundle: { ...PLAIN, double: true },
  },
  "dueling-dqn": {
    what: "DQN with dueling streams",
    family: "network",
    bundle: { ...PLAIN, dueling: true },
  },
  "prioritized-dqn": {
    what: "DQN with prioritized replay",
    family: "network",
    bundle: { ...PLAIN, prioritized: true },
  },
  "rainbow": {
    what: "DQN with six extensions at once (Hessel et al. 2018)",
    family: "network",
    bundle: {
      ...PLAIN,
      double: true,
      dueling: true,
      noisy: true,
      nStep: 3,
      prioritized: true,
      distribution: "c51",
      epsilonStart: 0,
      epsilonEnd: 0,
    },
  },
};

/** What an agent has in common with those that learn in the same way. */
export function familyOf(agent: AgentName): AgentFamily {
  return AGENT_FAMILIES[AGENT_KINDS[agent].family];
}
