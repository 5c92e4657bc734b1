/**
 * The arithmetic of dueling, noisy and distributional networks.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";

/**
 * The arithmetic of a network besides linear layers; the rounding rules are those of `Kernels`.
 *
 * If a matrix holds atoms, those of action a start at column a · pitch. A sum over atoms is four sums, the k-th over atoms
 * k, k + 4, k + 8, … in ascending order from 0, combined as (sum 0 + sum 2) + (sum 1 + sum 3). Sums over actions and over rows
 * run in ascending order.
 */
export interface HeadKernels {
  /** target = target + source. */
  add(target: Float32Array, source: Float32Array): void;

  /**
   * Q = V + (A − mean A) for each atom (Wang et al. 2016, eq. 9); the mean is the sum over actions divided by their number.
   *
   * @param value Shape (rows, atoms).
   * @param advantage Shape (rows, actions · atoms).
   * @param output Shape (rows, actions · atoms).
   */
  duelingForward(value: Matrix, advantage: Matrix, output: Matrix): void;

  /**
   * The gradients of {@linkcode HeadKernels.duelingForward}: dV = Σ dQ over actions, dA = dQ − dV / actions.
   *
   * @param outputGradient Shape (rows, actions · atoms).
   * @param valueGradient Shape (rows, atoms).
   * @param advantageGradient Shape (rows, actions · atoms).
   */
  duelingBackward(outputGradient: Matrix, valueGradient: Matrix, advantageGradient: Matrix): void;

  /**
   * output = mean + sigma · (left ⊗ right): weights under factorised noise (Fortunato et al. 2018, eq. 9). The product of the
   * two noises is rounded first.
   *
   * @param mean Shape (inputs, outputs).
   * @param sigma Shape (inputs, outputs).
   * @param left One noise per input.
   * @param right One noise per output, then zeros up to the stride.
   * @param output Shape (inputs, outputs).
   */
  perturb(mean: Matrix, sigma: Matrix, left: Float32Array, right: Float32Array, output: Matrix): void;

  /**
   * output = gradient · (left ⊗ right): the gradient of {@linkcode HeadKernels.perturb} with respect to sigma.
   *
   * @param gradient Shape (inputs, outputs).
   * @param left One noise per input.
   * @param right One noise per output, then zeros up to the stride.
   * @param output Shape (inputs, outputs).
   */
  noiseGradient(gradient: Matrix, left: Float32Array, right: Float32Array, output: Matrix): void;

  /**
   * The probabilities of atoms, for each action of each row: exp32(logit − largest) divided by the sum of all. That exponential
   * is within one unit in the last place, and zero below an argument of −64.
   *
   * @param logits Shape (rows, actions · atoms), with a pitch of `atoms`.
   * @param atoms Number of atoms per action.
   * @param probabilities Shape (rows, actions · pitch), the pitch a multiple of four; atoms beyond the last become zero.
   * @param largest Receives the largest logit of each action, row by row; 0 for −0.
   * @param sums Receives each sum of exponentials, row by row.
   */
  softmax(
    logits: Matrix,
    atoms: number,
    probabilities: Matrix,
    largest: Float32Array,
    sums: Float32Array,
  ): void;

  /**
   * means[r, a] = Σ values[r, a · pitch + z] · weights[z] over atoms z.
   *
   * @param values Shape (rows, actions · pitch).
   * @param pitch Columns from one action to the next.
   * @param weights One per atom; their number is the number of atoms.
   * @param means Shape (rows, actions).
   */
  atomMeans(values: Matrix, pitch: number, weights: Float32Array, means: Matrix): void;

  /**
   * Quantile Huber regression with κ = 1 (Dabney et al. 2018, eq. 10) of the chosen actions' quantiles.
   *
   * For quantile i at the fraction τ = (2i + 1) / 2N and target j: u = target[j] − quantile[i], c = u clipped to [−1, 1], the slope
   * |τ − [u < 0]| · c, and the loss that slope times (u − ½c), which is ½u² up to |u| = 1 and |u| − ½ beyond; each summed over j
   * in ascending order and multiplied by 1 / N. The gradient is −slope · weight / rows.
   *
   * @param quantiles Shape (rows, actions · N).
   * @param actions The action chosen in each row.
   * @param targets Shape (rows, N).
   * @param weights The weight of each row.
   * @param gradient Receives dLoss/dquantiles, shape (rows, actions · N): zeros elsewhere.
   * @param losses Receives the sum of each row's losses over i, unweighted.
   */
  quantileHuber(
    quantiles: Matrix,
    actions: Int32Array,
    targets: Matrix,
    weights: Float32Array,
    gradient: Matrix,
    losses: Float32Array,
  ): void;

  /**
   * The cross-entropy of the chosen actions' distributions against others (Bellemare et al. 2017, algorithm 1), from the results of
   * {@linkcode HeadKernels.softmax}: Σ target[z] · (logSum − logit[z]) over atoms z. The gradient is
   * (probability[z] − target[z]) · (weight / rows).
   *
   * @param logits Shape (rows, actions · atoms).
   * @param actions The action chosen in each row.
   * @param probabilities Shape (rows, actions · pitch).
   * @param logSums The logarithm of the sum of the exponentials of the chosen action's logits, one per row.
   * @param targets Shape (rows, atoms).
   * @param weights The weight of each row.
   * @param gradient Receives dLoss/dlogits, shape (rows, actions · atoms): zeros elsewhere.
   * @param losses Receives each row's cross-entropy, unweighted.
   */
  crossEntropy(
    logits: Matrix,
    actions: Int32Array,
    probabilities: Matrix,
    logSums: Float32Array,
    targets: Matrix,
    weights: Float32Array,
    gradient: Matrix,
    losses: Float32Array,
  ): void;
}
