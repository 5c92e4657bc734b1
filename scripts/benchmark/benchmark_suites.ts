import { didYouMean, envIds } from "../../envs/mod.ts";
import { readSettings } from "../settings/read_settings.ts";
import { prepareRun } from "../run/run.ts";
import { type AgentName, AGENTS, type PresetName, type Settings } from "../settings/settings.ts";
import { UsageError } from "../cli/usage_error.ts";
import { reasonOf } from "../values/reason_of.ts";

/** The values of `--suite`. */
export const SUITES = ["presets", "lecture", "pqn", "minigrid", "mujoco", "pixels"] as const;
/** A name of {@linkcode SUITES}. */
export type SuiteName = typeof SUITES[number];

/** The runs of a suite. */
interface SuiteRuns {
  /** Its agents; undefined for the preset's. */
  readonly agents: readonly (AgentName | undefined)[];
  /** Its environments; undefined for every one. */
  readonly envs: readonly string[] | undefined;
  /** The preset. @default {"tuned"} */
  readonly preset?: PresetName;
}

/** The runs of each suite. */
const SUITE_RUNS: Readonly<Record<SuiteName, SuiteRuns>> = {
  presets: { agents: [undefined], envs: undefined },
  // The lecture's series of agents.
  lecture: {
    agents: [
      "q-learning",
      "q-network",
      "dqn",
      "double-dqn",
      "dueling-dqn",
      "prioritized-dqn",
      "rainbow",
    ],
    envs: ["CartPole-v0"],
    preset: "lecture",
  },
  // The environments with a preset for PQN.
  pqn: { agents: ["pqn"], envs: ["CartPole-v1", "MountainCar-v0", "Acrobot-v1", "LunarLander-v3"] },
  // The environments of MiniGrid with settings of their own, from easy to hard.
  minigrid: {
    agents: [undefined],
    envs: [
      "MiniGrid-Empty-8x8-v0",
      "MiniGrid-LavaGapS5-v0",
      "MiniGrid-Dynamic-Obstacles-5x5-v0",
      "MiniGrid-DoorKey-5x5-v0",
      "MiniGrid-DoorKey-6x6-v0",
      "MiniGrid-SimpleCrossingS9N1-v0",
    ],
  },
  // The environments on MuJoCo, from one motor to eight.
  mujoco: {
    agents: [undefined],
    envs: [
      "InvertedPendulum-v5",
      "InvertedDoublePendulum-v5",
      "Reacher-v5",
      "Swimmer-v5",
      "Hopper-v5",
      "HalfCheetah-v5",
      "Walker2d-v5",
      "Ant-v5",
    ],
  },
  pixels: { agents: [undefined], envs: ["CartPole-v1"], preset: "pixels" },
};

/** The environments that a suite names; undefined if it takes all. */
export function suiteEnvs(suite: SuiteName): readonly string[] | undefined {
  return SUITE_RUNS[suite].envs;
}

/** The comparison to make; missing values are the suite's. */
export interface SuiteWish {
  /** The suite. */
  readonly suite: SuiteName;
  /** Names of agents. */
  readonly agents?: readonly string[];
  /** Names of environments. */
  readonly envs?: readonly string[];
  /** The first seed. */
  readonly seed: number;
  /** Number of seeds. */
  readonly seeds: number;
  /** Environment steps per run, in place of the preset's budget. */
  readonly steps?: number;
}

/** The planned runs. */
export interface Suite {
  /** The settings of every run: environment by environment, agent by agent, seed by seed. */
  readonly runs: readonly Settings[];
  /** Agents that cannot learn in an environment, and why. */
  readonly leftOut: readonly string[];
}

/**
 * Plans the runs of a comparison, each of which can start; its environments are loaded.
 *
 * @param wish The comparison.
 * @param hashes The SHA-256 of each environment that is a file, by its name.
 * @throws {UsageError} If a name is unknown, a setting is invalid, or no run is left.
 */
export function planSuite(
  wish: SuiteWish,
  hashes: ReadonlyMap<string, string | null> = new Map(),
): Suite {
  const { preset = "tuned", ...suite } = SUITE_RUNS[wish.suite];
  const lecture = preset === "lecture";
  const agents: readonly (string | undefined)[] = wish.agents ?? suite.agents;
  const envs = wish.envs ?? suite.envs ?? envIds();
  for (const agent of wish.agents ?? []) requireKnown("agents", agent, AGENTS);
  const runs: Settings[] = [];
  const leftOut: string[] = [];
  for (const env of envs) {
    for (const agent of agents) {
      const values = new Map([["env", env], ["preset", preset]]);
      if (agent !== undefined) values.set("agent", agent);
      // The lecture plays one greedy episode at the end; a comparison needs more. Training is the same.
      if (lecture) values.set("eval-episodes", "100");
      if (wish.steps !== undefined) values.set("steps", String(wish.steps)).set("episodes", "none");
      let settings: Settings;
      try {
        const read = readSettings({ values, words: [] });
        settings = { ...read, envSha256: hashes.get(read.env) ?? null };
        // A return of CartPole is at most 1 / (1 − γ) = 50: atoms must reach that far.
        if (lecture && settings.distribution === "c51" && env.startsWith("CartPole-")) {
          settings = { ...settings, vMin: 0, vMax: 50 };
        }
        prepareRun(settings);
      } catch (error) {
        leftOut.push(reasonOf(error));
        continue;
      }
      for (let i = 0; i < wish.seeds; i++) runs.push({ ...settings, seed: wish.seed + i });
    }
  }
  if (runs.length > 0) return { runs, leftOut };
  throw new UsageError(leftOut[0] ?? "Cannot compare: agents and envs must be given");
}

function requireKnown(flag: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new UsageError(
    `Cannot compare: --${flag} must be among ${known.join(", ")}, got ${name}${didYouMean(name, known)}`,
  );
}
