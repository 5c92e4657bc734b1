import * as assert from "@std/assert";
import * as library from "../../mod.ts";
import * as agents from "../../agents/mod.ts";
import * as envs from "../../envs/mod.ts";
import * as box2d from "../../envs/box2d/mod.ts";
import * as minigrid from "../../envs/minigrid/mod.ts";
import * as nn from "../../nn/mod.ts";

/** What a program of the course may import. */
export const LIBRARY = {
  "@bellman/dqn": library,
  "@bellman/dqn/agents": agents,
  "@bellman/dqn/envs": envs,
  "@bellman/dqn/envs/box2d": box2d,
  "@bellman/dqn/envs/minigrid": minigrid,
  "@bellman/dqn/nn": nn,
  "@std/assert": assert,
} as const;
