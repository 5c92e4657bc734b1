import { assertEquals } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import {
  ASSIGNMENT_AGENT,
  ASSIGNMENT_ENV,
  ASSIGNMENT_RUNGS,
  assignmentPlan,
} from "../../../scripts/sweep/assignment_plan.ts";
import { ASSIGNMENT_SPACE } from "../../../scripts/sweep/assignment_space.ts";
import { PLAN_FLAGS, planSweep } from "../../../scripts/sweep/plan_sweep.ts";

Deno.test("the plan of the assignment is that of the sweep that the command starts", async () => {
  for (const [trials, seed, steps] of [[4, 2, 9000], [2, 0, 30_000]] as const) {
    const args = [
      ...["--env", ASSIGNMENT_ENV, "--agent", ASSIGNMENT_AGENT, "--trials", `${trials}`, "--seeds", "1"],
      ...["--rungs", `${ASSIGNMENT_RUNGS}`, "--seed", `${seed}`, "--steps", `${steps}`],
      ...ASSIGNMENT_SPACE.flatMap((search) => ["--search", search]),
    ];
    const line = readCommandLine(args, [...SETTING_FLAGS, ...PLAN_FLAGS]);
    const plan = await planSweep(line, { config: undefined, space: undefined });
    assertEquals(assignmentPlan({ trials, seed, steps }), plan);
    assertEquals(plan.rungs, trials < 3 ? 1 : 2);
  }
});
