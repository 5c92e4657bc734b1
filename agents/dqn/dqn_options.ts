/**
 * The hyperparameters of DQN.
 *
 * @module
 */

import type { InitializerName } from "../../nn/initializers.ts";
import type { KernelName, Loss } from "../../nn/kernels/kernels.ts";
import type { Distribution } from "../../nn/network_architecture.ts";
import type { Schedule } from "../schedule.ts";

/**
 * Options of {@linkcode Dqn}; every interval counts environment steps unless it says otherwise. What else is known of each, as
 * where it comes from, is in {@linkcode DQN_OPTIONS}.
 */
export interface DqnOptions {
  /**
   * The root seed of initialisation, exploration and replay; a whole number from 0.
   *
   * @default {0}
   */
  seed?: number;
  /**
   * Units of the hidden layers, each a whole number from 1; empty for a linear Q-function.
   *
   * @default {[64, 64]}
   */
  hidden?: readonly number[];
  /**
   * Whether every hidden layer is normalised before its ReLU, with a learned gain and bias (Ba et al. 2016).
   *
   * @default {false}
   */
  layerNorm?: boolean;
  /**
   * The distribution of fresh weights.
   *
   * @default {"pytorch"}
   */
  initializer?: InitializerName;
  /**
   * The discount γ, in [0, 1].
   *
   * @default {0.99}
   */
  gamma?: number;
  /**
   * Adam's step size, above 0.
   *
   * @default {0.001}
   */
  learningRate?: number;
  /**
   * Adam's ε, added to the root of the second moment, in [1e-30, 1]; the larger, the smaller the steps along small gradients.
   * Rainbow's is 1.5e-4 (Hessel et al. 2018, table 1).
   *
   * @default {1e-8}
   */
  adamEpsilon?: number;
  /**
   * Transitions per gradient step, a whole number from 1.
   *
   * @default {128}
   */
  batchSize?: number;
  /**
   * Capacity of the replay buffer in transitions, a whole number from 1 and at least the batch size.
   *
   * @default {50_000}
   */
  bufferSize?: number;
  /**
   * The step at which learning starts, a whole number from 1.
   *
   * @default {1_000}
   */
  learningStarts?: number;
  /**
   * Steps from one update to the next, a whole number from 1.
   *
   * @default {1}
   */
  trainInterval?: number;
  /**
   * Gradient steps per update, a whole number from 1.
   *
   * @default {1}
   */
  gradientSteps?: number;
  /**
   * Steps from one update of the target network to the next, a whole number from 1.
   *
   * @default {200, unless targetUpdateEpisodes is given}
   */
  targetUpdateInterval?: number | undefined;
  /**
   * Episodes from one update of the target network to the next, a whole number from 1, instead of
   * `targetUpdateInterval`. Counted as the lecture does: after the first episode and every n-th one after it.
   *
   * @default {undefined}
   */
  targetUpdateEpisodes?: number | undefined;
  /**
   * How far an update moves the target network to the online network, in (0, 1]; 1 copies it.
   *
   * @default {1}
   */
  tau?: number;
  /**
   * The probability of a random action by step, in [0, 1].
   *
   * @default {from 1 to 0.04 over the first 8,000 steps; 0 with `noisy`}
   */
  epsilon?: Schedule;
  /**
   * The loss of a TD error.
   *
   * @default {"mse"}
   */
  loss?: Loss;
  /**
   * The largest norm of a gradient, finite and above 0; undefined leaves gradients alone.
   *
   * @default {undefined}
   */
  maxGradNorm?: number | undefined;
  /**
   * Whether the online network chooses the action whose value the target network gives (van Hasselt et al. 2016).
   *
   * @default {false}
   */
  double?: boolean;
  /**
   * Whether value and advantage have streams of their own (Wang et al. 2016).
   *
   * @default {false}
   */
  dueling?: boolean;
  /**
   * Whether weights have factorised noise, drawn for each action and each gradient step (Fortunato et al. 2018). It
   * explores by itself; greedy actions are taken without it.
   *
   * @default {false}
   */
  noisy?: boolean;
  /**
   * Environment steps whose rewards a transition sums up before it bootstraps (Sutton 1988), a whole number from 1 to 65,535;
   * fewer at the end of an episode.
   *
   * @default {1}
   */
  nStep?: number;
  /**
   * Whether transitions are replayed by priority (Schaul et al. 2016, the proportional variant).
   *
   * @default {false}
   */
  prioritized?: boolean;
  /**
   * α of prioritized replay, from 0: how much priority counts; 0 is uniform, 1 and a `priorityBeta` of 0 the lecture's.
   *
   * @default {0.6}
   */
  priorityAlpha?: number;
  /**
   * β of prioritized replay by step, in [0, 1]: how much importance weights make up for it. An agent does not know how long it will
   * learn: to reach 1 at the end of training, as the paper does, give `linearSchedule(0.4, 1, steps)`.
   *
   * @default {from 0.4 to 1 over the first 50,000 steps}
   */
  priorityBeta?: Schedule;
  /**
   * Added to every priority, from 0: without it a transition without error would never be seen again.
   *
   * @default {1e-6}
   */
  priorityEpsilon?: number;
  /**
   * What the network outputs for each action: its value; with `c51` the probabilities of fixed returns (Bellemare et al. 2017);
   * with `qr` quantiles of the return (Dabney et al. 2018). With a distribution `loss` is not used.
   *
   * @default {"none"}
   */
  distribution?: Distribution;
  /**
   * Number of C51's atoms or of QR-DQN's quantiles, a whole number from 2.
   *
   * @default {51}
   */
  atoms?: number;
  /**
   * The return of C51's first atom: the least that can come.
   *
   * @default {-10}
   */
  vMin?: number;
  /**
   * The return of C51's last atom, above `vMin`: the most that can come.
   *
   * @default {10}
   */
  vMax?: number;
  /**
   * Munchausen targets (Vieillard et al. 2020): a soft policy in place of the maximum, and a reward for what it likes. With
   * `double` the online network gives the soft policy; of an n-step return the first step has the reward.
   *
   * @default {false}
   */
  munchausen?: boolean;
  /**
   * α of Munchausen targets, in [0, 1]: how much of the logarithm of the policy is added to the reward.
   *
   * @default {0.9}
   */
  munchausenAlpha?: number;
  /**
   * τ of Munchausen targets, above 0: the temperature of the soft policy.
   *
   * @default {0.03}
   */
  munchausenTau?: number;
  /**
   * The lowest value of τ ln π that Munchausen targets add, at most 0.
   *
   * @default {-1}
   */
  munchausenClip?: number;
  /**
   * Whether the environment's action masks are obeyed: in acting, in exploring and in the maximum of the target.
   *
   * @default {whether the environment offers them}
   */
  actionMask?: boolean | undefined;
  /**
   * Whether a truncated step is stored as if the task had ended, as the lecture's code does. It makes a time limit look
   * like a failure; there to reproduce the lecture.
   *
   * @default {false}
   */
  truncatedAsTerminated?: boolean;
  /**
   * Which kernels compute; they all give the same bits.
   *
   * @default {the fastest that run here}
   */
  kernel?: KernelName | undefined;
}

/** {@linkcode DqnOptions} with every default filled in. */
export type ResolvedDqnOptions = Required<DqnOptions>;
