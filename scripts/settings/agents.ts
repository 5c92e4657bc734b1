import { NO_REPLAY_NO_TARGET } from "../../agents/mod.ts";
import { AGENT_FAMILIES, type AgentFamily, type AgentFamilyName } from "./agent_families.ts";
import { type AgentName, isSettingName, type Settings } from "./settings.ts";

/** A value of `--agent`. */
export interface AgentKind {
  /** A short description, in Markdown. */
  readonly what: string;
  /** How it acts and learns. */
  readonly family: AgentFamilyName;
  /** The settings that its name stands for; flags override them. */
  readonly bundle: Partial<Settings>;
  /** Settings used by its family that define it, so that no flag may change them. @default {[]} */
  readonly fixed?: readonly (keyof Settings)[];
}

/** The switches that distinguish the agents, all off. */
const PLAIN = {
  double: false,
  dueling: false,
  noisy: false,
  prioritized: false,
  distribution: "none",
  munchausen: false,
} as const;

/** Every agent. A new one is a row here, and also a family if it learns in a new way. */
export const AGENT_KINDS: Readonly<Record<AgentName, AgentKind>> = {
  "random": { what: "random actions, a baseline", family: "random", bundle: {} },
  "q-learning": {
    what: "a table of values (Watkins 1989); a Box is cut into `--bins`",
    family: "table",
    bundle: {},
  },
  "q-network": {
    what: "a network that learns from each step once: no replay, no target network",
    family: "network",
    bundle: { ...PLAIN, ...NO_REPLAY_NO_TARGET, targetUpdateEpisodes: null },
    fixed: [
      ...Object.keys(NO_REPLAY_NO_TARGET).filter(isSettingName),
      "targetUpdateEpisodes",
      "double", // without a target network there is no second estimate
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
  "munchausen-dqn": {
    what: "DQN with Munchausen targets (Vieillard et al. 2020)",
    family: "network",
    bundle: { ...PLAIN, munchausen: true },
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
  "pqn": {
    what:
      "a network that learns from `--envs` at once, without replay or target network (Gallici et al. 2025)",
    family: "rollouts",
    bundle: { dueling: false, layerNorm: true },
  },
};

/** The family of an agent. */
export function familyOf(agent: AgentName): AgentFamily {
  return AGENT_FAMILIES[AGENT_KINDS[agent].family];
}
