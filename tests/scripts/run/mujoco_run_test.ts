import { assertEquals, assertGreater } from "@std/assert";
import { loadPackageEnv } from "../../../scripts/run_folder/load_env.ts";
import { leavingsOf, leavingsWithCuts, small } from "../_resumption.ts";

await loadPackageEnv("HalfCheetah-v5");

for (
  const [env, changes] of [
    ["HalfCheetah-v5", { actionBins: 2, actionParts: false, normalize: "none" }],
    ["HalfCheetah-v5", {
      actionBins: 3,
      actionParts: true,
      normalize: "none",
      dueling: true,
      nStep: 3,
    }],
    ["Ant-v5", {
      actionBins: 2,
      normalize: "none",
      envOptions: { contactCostWeight: 0.001, maxEpisodeSteps: 50 },
      evalInterval: 200,
      evalEpisodes: 1,
    }],
    ["InvertedDoublePendulum-v5", { actionBins: 5 }],
  ] as const
) {
  Deno.test(`a run in ${env} with ${JSON.stringify(changes)} is resumed to the same bits, wherever it was stopped`, async () => {
    const settings = small("double-dqn", env, changes);
    const { whole, checkpoints } = await leavingsWithCuts(settings, [1, 39, 150]);
    assertGreater(checkpoints.size, 4);
    for (const [name, checkpoint] of checkpoints) {
      assertEquals(await leavingsOf(settings, checkpoint), whole, name);
    }
  });
}

Deno.test("a run in HalfCheetah-v5 with the statistics of random play is resumed to the same bits", async () => {
  const settings = small("double-dqn", "HalfCheetah-v5", { actionBins: 2, normalize: "statistics" });
  const { whole, checkpoints } = await leavingsWithCuts(settings, [150]);
  assertEquals(await leavingsOf(settings, checkpoints.get("step 150")), whole);
});
