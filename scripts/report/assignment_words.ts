/** The words of the page to hand in. */
export interface AssignmentWords {
  /** The language, as HTML names it. */
  readonly language: string;
  /** The title of the page. */
  readonly title: (env: string) => string;
  /** The run, below the title. */
  readonly run: (agent: string, seed: number, steps: string) => string;
  /** The headings, in order. */
  readonly headings: readonly [
    best: string,
    rewards: string,
    maximum: string,
    others: string,
    repeat: string,
    search: string,
  ];
  /** The heads of a table of hyperparameters. */
  readonly table: readonly [name: string, value: string];
  /** In place of the graph, the numbers and the animation if there are none. */
  readonly missing: { readonly graph: string; readonly evaluation: string; readonly film: string };
  /** The name of the graph. */
  readonly graph: string;
  /** A number of episodes of the evaluation. */
  readonly episodes: (count: string, isOne: boolean, isGreedy: boolean) => string;
  /** The key figures, each with its note. */
  readonly maximum: string;
  readonly maximumNote: (episodes: string) => string;
  readonly mean: string;
  readonly meanNote: (std: string) => string;
  /** The animation, for those who do not see it. */
  readonly film: (env: string, agent: string) => string;
  /** The line below it. */
  readonly filmNote: (total: string, episodes: string) => string;
}

/** The words of `deno task assignment`. */
export const ENGLISH_ASSIGNMENT: AssignmentWords = {
  language: "en",
  title: (env) => `${env}: DQN with the best hyperparameters`,
  run: (agent, seed, steps) => `${agent}, seed ${seed}, ${steps} environment steps`,
  headings: [
    "1. The best hyperparameters",
    "2. Total reward per episode",
    "3. The maximum total reward, and the policy that gets it",
    "All other hyperparameters",
    "Train it again",
    "How they were found",
  ],
  table: ["hyperparameter", "value"],
  missing: {
    graph: "No episode of training ended.",
    evaluation: "The policy was not evaluated.",
    film: "There is no animation: <code>deno task record</code> draws one.",
  },
  graph: "Total reward per episode",
  episodes: (count, isOne, isGreedy) => `${count} ${isGreedy ? "greedy " : ""}episode${isOne ? "" : "s"}`,
  maximum: "maximum total reward",
  maximumNote: (episodes) => `of ${episodes}`,
  mean: "mean total reward",
  meanNote: (std) => `± ${std} over the same episodes`,
  film: (env, agent) => `An episode of ${env} played by ${agent}`,
  filmNote: (total, episodes) =>
    `The episode with the maximum total reward, ${total}, of ${episodes}, at real speed.`,
};
