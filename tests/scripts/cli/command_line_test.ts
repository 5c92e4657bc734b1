import { assertEquals, assertStringIncludes } from "@std/assert";
import { readSettings } from "../../../scripts/settings/read_settings.ts";
import { repeatCommand } from "../../../scripts/settings/repeat_command.ts";

const read = (flags: Record<string, string>, config?: unknown) =>
  readSettings({ values: new Map(Object.entries(flags)), words: [] }, config);

Deno.test("noise explores in place of epsilon, unless epsilon is given, too", () => {
  const epsilonOf = (flags: Record<string, string>, config?: unknown) => {
    const { epsilonStart, epsilonEnd } = read(flags, config);
    return [epsilonStart, epsilonEnd];
  };
  assertEquals(epsilonOf({}), [1, 0.5]);
  assertEquals(epsilonOf({ noisy: "false" }), [1, 0.5]);
  assertEquals(epsilonOf({ noisy: "true" }), [0, 0]);
  assertEquals(epsilonOf({ noisy: "true", agent: "double-dqn", env: "Acrobot-v1" }), [0, 0]);
  assertEquals(epsilonOf({ noisy: "true", "epsilon-start": "0.5" }), [0.5, 0]);
  assertEquals(epsilonOf({}, { noisy: true }), [0, 0]);
  assertEquals(epsilonOf({}, { noisy: true, epsilonStart: 0.3, epsilonEnd: 0.2 }), [0.3, 0.2]);
  assertEquals(epsilonOf({ "epsilon-end": "0.1" }, { noisy: true }), [0, 0.1]);
});

Deno.test("of the two ways to time target updates, giving one takes the other away", () => {
  const targetOf = (flags: Record<string, string>, config?: unknown) => {
    const { targetUpdateInterval, targetUpdateEpisodes } = read(flags, config);
    return [targetUpdateInterval, targetUpdateEpisodes];
  };
  assertEquals(targetOf({}), [1, null]);
  assertEquals(targetOf({ "target-update-episodes": "3" }), [null, 3]);
  assertEquals(targetOf({ preset: "lecture" }), [null, 20]);
  assertEquals(targetOf({ preset: "lecture", "target-update-interval": "9" }), [9, null]);
  assertEquals(targetOf({ "target-update-interval": "9" }, { targetUpdateEpisodes: 3 }), [9, null]);
});

Deno.test("a Q-network learns from single steps, whatever the environment's preset", () => {
  const env = "MountainCar-v0";
  assertEquals([read({ env, agent: "dqn" }).nStep, read({ env, agent: "q-network" }).nStep], [3, 1]);
});

Deno.test("β of prioritized replay ends with the budget in steps, unless it is given", () => {
  const betaSteps = (flags: Record<string, string>, config?: object) =>
    read({ prioritized: "true", ...flags }, config).priorityBetaSteps;
  const table: [flags: Record<string, string>, config: object | undefined, steps: number][] = [
    [{}, undefined, 50_000],
    [{ steps: "7000" }, undefined, 7_000],
    [{ steps: "7000", prioritized: "false" }, undefined, 50_000],
    [{ env: "MountainCar-v0", agent: "rainbow" }, undefined, 120_000],
    [{ steps: "none", episodes: "300" }, undefined, 50_000],
    [{ preset: "lecture", agent: "prioritized-dqn" }, undefined, 50_000],
    [{ steps: "7000", "priority-beta-steps": "900" }, undefined, 900],
    [{}, { steps: 7_000 }, 7_000],
    [{ steps: "8000" }, { steps: 7_000 }, 8_000],
    [{ steps: "8000" }, { steps: 7_000, priorityBetaSteps: 50_000 }, 50_000],
    [{ "priority-beta-steps": "900" }, { priorityBetaSteps: 50_000 }, 900],
  ];
  for (const [flags, config, steps] of table) {
    assertEquals(betaSteps(flags, config), steps, JSON.stringify([flags, config]));
  }
});

Deno.test("a run is repeated without the steps of β that its budget implies", () => {
  const command = (flags: Record<string, string>) => repeatCommand(read({ agent: "rainbow", ...flags }));
  assertEquals(command({ steps: "7000" }).includes("--priority-beta-steps"), false);
  assertStringIncludes(
    command({ steps: "7000", "priority-beta-steps": "50000" }),
    "--priority-beta-steps 50000",
  );
});
