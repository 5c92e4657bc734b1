import type { AdamOptions, AdamSnapshot } from "./adam_options.ts";
import type { AdamStep, Kernels } from "./kernels/kernels.ts";

/** The state that Adam and RAdam share: two moments per parameter, and the powers of their decays in float64. */
export class AdamState {
  readonly learningRate: number;
  readonly firstMoments: Float32Array;
  readonly secondMoments: Float32Array;
  /** The scalars of the kernel; only the step size and the correction change. */
  readonly scalars: AdamStep;
  /** Decay of the second moment in float64. */
  readonly beta2: number;
  readonly #what: string;
  readonly #beta1: number;
  #steps = 0;
  #beta1Power = 1;
  #beta2Power = 1;

  /** Moments of zero for a number of parameters; `what` names the optimizer in errors, such as `an Adam`. */
  constructor(what: string, length: number, kernels: Kernels, options: AdamOptions) {
    const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
    for (const [name, value] of [["learningRate", learningRate], ["epsilon", epsilon]] as const) {
      const rounded = Math.fround(value);
      if (!(rounded > 0 && rounded < Infinity)) {
        throw new RangeError(
          `Cannot create ${what}: ${name} must be finite and above 0 in float32, got ${value}`,
        );
      }
    }
    for (const [name, value] of [["beta1", beta1], ["beta2", beta2]] as const) {
      if (!(value >= 0 && value < 1)) {
        throw new RangeError(`Cannot create ${what}: ${name} must be in [0, 1), got ${value}`);
      }
    }
    this.#what = what;
    this.learningRate = learningRate;
    this.#beta1 = beta1;
    this.beta2 = beta2;
    this.firstMoments = kernels.allocate(length);
    this.secondMoments = kernels.allocate(length);
    this.scalars = {
      beta1: Math.fround(beta1),
      oneMinusBeta1: Math.fround(1 - beta1),
      beta2: Math.fround(beta2),
      oneMinusBeta2: Math.fround(1 - beta2),
      stepSize: 0,
      inverseRootCorrection: 0,
      epsilon: Math.fround(epsilon),
    };
  }

  /** Steps started so far. */
  get steps(): number {
    return this.#steps;
  }

  /** 1 − β₁ᵗ. */
  get correction1(): number {
    return 1 - this.#beta1Power;
  }

  /** β₂ᵗ. */
  get beta2Power(): number {
    return this.#beta2Power;
  }

  /** Starts a step. */
  advance(): void {
    this.#steps++;
    this.#beta1Power *= this.#beta1;
    this.#beta2Power *= this.beta2;
  }

  /** Copies of the whole state. */
  snapshot(): AdamSnapshot {
    return {
      steps: this.#steps,
      beta1Power: this.#beta1Power,
      beta2Power: this.#beta2Power,
      firstMoments: this.firstMoments.slice(),
      secondMoments: this.secondMoments.slice(),
    };
  }

  /** Restores a snapshot of the same number of parameters; throws a TypeError or a RangeError if it is invalid. */
  restore(snapshot: AdamSnapshot): void {
    const { steps, beta1Power, beta2Power, firstMoments, secondMoments } = snapshot;
    const { length } = this.firstMoments;
    const what = this.#what;
    if (firstMoments.length !== length || secondMoments.length !== length) {
      throw new TypeError(
        `Cannot restore ${what}: the moments must have ${length} elements, got ${firstMoments.length} and ${secondMoments.length}`,
      );
    }
    if (!Number.isSafeInteger(steps) || steps < 0) {
      throw new RangeError(`Cannot restore ${what}: steps must be a whole number from 0, got ${steps}`);
    }
    for (const power of [beta1Power, beta2Power]) {
      if (!(power >= 0 && power <= 1)) {
        throw new RangeError(`Cannot restore ${what}: the beta powers must be in [0, 1], got ${power}`);
      }
    }
    for (const moments of [firstMoments, secondMoments]) {
      const odd = moments.find((value) => value - value !== 0);
      if (odd !== undefined) {
        throw new RangeError(`Cannot restore ${what}: the moments must be finite, got ${odd}`);
      }
    }
    this.#steps = steps;
    this.#beta1Power = beta1Power;
    this.#beta2Power = beta2Power;
    this.firstMoments.set(firstMoments);
    this.secondMoments.set(secondMoments);
  }
}
