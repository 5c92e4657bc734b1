import { OWN_PQN_OPTION_NAMES } from "../../agents/mod.ts";
import { SETTING_NAMES, type Settings } from "./settings.ts";

/** The settings-related facts shared by all agents that learn in the same way. */
export interface AgentFamily {
  /** The settings that such an agent uses; the others have no effect. */
  readonly uses: readonly (keyof Settings)[];
  /** What it learns: nothing; a table, which is written as CSV and drawn; or a network, which is exported. */
  readonly policy: "none" | "table" | "network";
  /** The default search space of `deno task sweep`, in the syntax of `--search`. */
  readonly searchSpace: readonly string[];
  /** Environment steps between checkpoints, so that they cost a run about a hundredth of its time. */
  readonly checkpointInterval: (settings: Settings) => number;
}

/** Settings of any run: its identity, its length, and its evaluation. */
const RUN: readonly (keyof Settings)[] = [
  "env",
  "envSha256",
  "envOptions",
  "agent",
  "preset",
  "seed",
  "steps",
  "episodes",
  "evalInterval",
  "evalEpisodes",
  "stopAtReturn",
];

/** Settings of agents with a table. */
const TABLE: readonly (keyof Settings)[] = [
  "bins",
  "actionBins",
  "gamma",
  "learningRate",
  "learningRateEnd",
  "learningRateSteps",
  "epsilonStart",
  "epsilonEnd",
  "epsilonDecaySteps",
];

/** Settings that DQN and its extensions do not have. */
const NOT_DQN: readonly (keyof Settings)[] = ["bins", ...OWN_PQN_OPTION_NAMES];

/** Settings of PQN. */
const PQN: readonly (keyof Settings)[] = [
  "actionBins",
  "actionParts",
  "normalize",
  "pixels",
  "blackBackground",
  "frameStack",
  "envs",
  "convolution",
  "observationScale",
  "hidden",
  "layerNorm",
  "initializer",
  "initWeightsSha256",
  "gamma",
  "learningRate",
  "learningRateEnd",
  "learningRateSteps",
  "adamEpsilon",
  "epsilonStart",
  "epsilonEnd",
  "epsilonDecaySteps",
  "loss",
  "maxGradNorm",
  "dueling",
  "kernel",
  ...OWN_PQN_OPTION_NAMES,
];

/** The families of agents; `run/agent_behaviours.ts` defines how each of them acts and learns. */
export const AGENT_FAMILIES = {
  random: {
    uses: RUN,
    policy: "none",
    searchSpace: [],
    checkpointInterval: () => 200_000,
  },
  table: {
    uses: [...RUN, ...TABLE],
    policy: "table",
    searchSpace: [
      "learning-rate=log:0.02:1",
      "learning-rate-end=none|0.001|0.01",
      "gamma=0.95|0.99|0.999|1",
      "epsilon-end=0.01|0.05|0.1|0.2",
    ],
    checkpointInterval: () => 200_000, // saving a table takes a few milliseconds
  },
  network: {
    uses: SETTING_NAMES.filter((name) => !NOT_DQN.includes(name)),
    policy: "network",
    // The settings that the lecture names, around the values of the presets.
    searchSpace: [
      "learning-rate=log:1e-4:1e-2",
      "hidden=64,64|128,128|256,256",
      "gamma=0.98|0.99|0.995",
      "batch-size=32|64|128",
      "buffer-size=10000|50000",
      "target-update-interval=100|300|1000",
      "epsilon-end=0.01|0.05|0.1",
    ],
    // A replay buffer is saved when a tenth of it is new.
    checkpointInterval: ({ bufferSize }) => Math.max(10_000, Math.ceil(bufferSize / 10)),
  },
  rollouts: {
    uses: [...RUN, ...PQN],
    policy: "network",
    searchSpace: [
      "learning-rate=log:2e-4:3e-3",
      "hidden=64,64|120,84|128,128|256,256",
      "gamma=0.98|0.99|0.995",
      "lambda=0.65|0.8|0.9|0.95",
      "envs=4|8|16|32",
      "rollout-steps=16|32|64|128",
      "epochs=1|2|4",
      "epsilon-end=0.01|0.05|0.1",
    ],
    checkpointInterval: () => 100_000, // a rollout is small beside the network
  },
} as const satisfies Readonly<Record<string, AgentFamily>>;

/** A name of {@linkcode AGENT_FAMILIES}. */
export type AgentFamilyName = keyof typeof AGENT_FAMILIES;
