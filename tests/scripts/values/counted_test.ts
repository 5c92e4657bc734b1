import { assertEquals } from "@std/assert";
import { counted } from "../../../scripts/values/counted.ts";
import type { AgentName } from "../../../scripts/settings/settings.ts";
import { episodesText } from "../../../scripts/settings/episodes_text.ts";

Deno.test("one thing is one, others are several", () => {
  assertEquals([0, 1, 2, 1_200].map((count) => counted(count, "step")), [
    "0 steps",
    "1 step",
    "2 steps",
    "1,200 steps",
  ]);
});

Deno.test("episodes are greedy, but for the random agent's", () => {
  const cases: [number, AgentName, string][] = [
    [1, "dqn", "1 greedy episode"],
    [1_000, "q-learning", "1,000 greedy episodes"],
    [1, "random", "1 episode"],
    [5, "random", "5 episodes"],
  ];
  for (const [count, agent, text] of cases) assertEquals(episodesText(count, agent), text);
});
