/**
 * How fast the library is here: `deno task bench`, with `--json` for machines.
 *
 * @module
 */

import { Dqn, evaluate as _evaluate, Pcg32, ReplayBuffer, train } from "../agents/mod.ts";
import { makeEnv } from "../envs/mod.ts";
import { buildWithKernels, GreedyPolicyless as _unused, Mlp } from "../nn/mod.ts";
