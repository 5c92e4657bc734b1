/**
 * The hyperparameters of DQN.
 *
 * @module
 */

import type { ConvolutionLayer, ConvolutionName } from "../../nn/convolution_layers.ts";
import type { InitializerName } from "../../nn/initializers.ts";
import type { KernelName, Loss } from "../../nn/kernels/kernels.ts";
import type { Distribution } from "../../nn/network_architecture.ts";
import type { Schedule } from "../schedule.ts";

/**
 * Options of {@linkcode Dqn}; intervals count environment steps unless stated otherwise. The default,
 * range and source of each are in {@linkcode DQN_OPTIONS}.
 */
export interface DqnOptions {
  /**
   * The root seed of initialisation, exploration and replay; a whole number from 0.
   *
   * @default {0}
   */
  seed?: number;
  /**
   * Convolution layers before the hidden ones, for images: without padding, each followed by ReLU. `minatar` is one layer of 16
   * filters, 3 × 3 (Young & Tian 2019), `nature` the three of Mnih et al. 2015; the hidden layers that follow there are of 128 and
   * of 512 units.
   *
   * @default {undefined, none}
   */
  convolution?: ConvolutionName | readonly ConvolutionLayer[] | undefined;
  /**
   * The number by which observations of uint8 are divided, above 0.
   *
   * @default {undefined, the largest upper bound of their space, 255 for pixels}
   */
  observationScale?: number | undefined;
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
   * Adam's step size, above 0, or a schedule, which may fall to 0.
   *
   * @default {0.001}
   */
  learningRate?: number | Schedule;
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
   * How far an update moves the target network towards the online network, in (0, 1]; 1 copies it.
   *
   * @default {1}
   */
  tau?: number;
  /**
   * The probability of a random action as a function of the step, in [0, 1].
   *
   * @default {from 1 to 0.04 over the first 8,000 steps; 0 with `noisy`}
   */
  epsilon?: Schedule;
  /**
   * The loss function of the TD error.
   *
   * @default {"mse"}
   */
  loss?: Loss;
  /**
   * The norm above which gradients are scaled down, finite and above 0; undefined disables clipping.
   *
   * @default {undefined}
   */
  maxGradNorm?: number | undefined;
  /**
   * Whether to use Double DQN: the online network chooses the next action, and the target network gives its value (van Hasselt et al. 2016).
   *
   * @default {false}
   */
  double?: boolean;
  /**
   * Whether value and advantage have separate streams (Wang et al. 2016).
   *
   * @default {false}
   */
  dueling?: boolean;
  /**
   * Whether weights have factorised noise, drawn for each action and each gradient step (Fortunato et al. 2018). The noise
   * replaces ε-greedy exploration; greedy actions are taken without it.
   *
   * @default {false}
   */
  noisy?: boolean;
  /**
   * Environment steps whose rewards a transition sums before it bootstraps (Sutton 1988), a whole number from 1 to 65,535;
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
   * α of prioritized replay, from 0: how much priority counts. 0 samples uniformly; 1 with a `priorityBeta` of 0 is the lecture's rule.
   *
   * @default {0.6}
   */
  priorityAlpha?: number;
  /**
   * β of prioritized replay as a function of the step, in [0, 1]: how far importance weights correct for it. An agent
   * does not know how long it will learn: to reach 1 at the end of training, as in the paper, give `linearSchedule(0.4, 1, steps)`.
   *
   * @default {from 0.4 to 1 over the first 50,000 steps}
   */
  priorityBeta?: Schedule;
  /**
   * Added to every priority, from 0; without it a transition with no error would never be replayed again.
   *
   * @default {1e-6}
   */
  priorityEpsilon?: number;
  /**
   * What the network outputs for each action: its value; with `c51`, the probabilities of fixed returns (Bellemare et al. 2017);
   * with `qr`, quantiles of the return (Dabney et al. 2018). With `c51` and `qr`, `loss` is not used.
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
   * The return of C51's first atom: the lowest return that is represented.
   *
   * @default {-10}
   */
  vMin?: number;
  /**
   * The return of C51's last atom, above `vMin`: the highest return that is represented.
   *
   * @default {10}
   */
  vMax?: number;
  /**
   * Munchausen targets (Vieillard et al. 2020): a soft policy in place of the maximum, and its logarithm added to the reward. With
   * `double`, the online network gives the soft policy. With n-step returns, only the first step's reward is changed.
   *
   * @default {false}
   */
  munchausen?: boolean;
  /**
   * α of Munchausen targets, in [0, 1]: the weight of the policy's logarithm that is added to the reward.
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
   * The lower bound of τ ln π in Munchausen targets, at most 0.
   *
   * @default {-1}
   */
  munchausenClip?: number;
  /**
   * Whether to choose only actions that the environment's action masks allow: when acting, exploring and taking the target's maximum.
   *
   * @default {whether the environment offers them}
   */
  actionMask?: boolean | undefined;
  /**
   * Whether a truncated step is stored as terminal, as the lecture's code does. It makes a time limit look
   * like a failure; use it only to reproduce the lecture.
   *
   * @default {false}
   */
  truncatedAsTerminated?: boolean;
  /**
   * The implementation of the arithmetic; all give the same bits.
   *
   * @default {the fastest that runs here}
   */
  kernel?: KernelName | undefined;
}

/** {@linkcode DqnOptions} with every default filled in. */
export interface ResolvedDqnOptions extends Required<Omit<DqnOptions, "convolution">> {
  /** The convolution layers, a name replaced by its layers. */
  convolution: readonly ConvolutionLayer[] | undefined;
}
