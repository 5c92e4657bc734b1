import { assertEquals } from "@std/assert";
import { presetSettings } from "../../../scripts/settings/presets.ts";
import { readSettings } from "../../../scripts/settings/read_settings.ts";
import type { AgentName, Settings } from "../../../scripts/settings/settings.ts";

const read = (flags: Record<string, string>, config?: unknown) =>
  readSettings({ values: new Map(Object.entries(flags)), words: [] }, config);
const epsilonOf = ({ epsilonStart, epsilonEnd }: Settings) => [epsilonStart, epsilonEnd];

Deno.test("noise that is not there takes no exploration away", () => {
  assertEquals(epsilonOf(read({ agent: "rainbow", noisy: "false" })), [1, 0.04]);
  // The preset of plain DQN explores more.
  assertEquals(epsilonOf(read({ noisy: "false" }, { noisy: true, epsilonStart: 0, epsilonEnd: 0 })), [
    1,
    0.5,
  ]);
  assertEquals(epsilonOf(read({ noisy: "false" }, presetSettings({ agent: "rainbow" }))), [1, 0.04]);
  assertEquals(epsilonOf(read({}, { agent: "q-learning", noisy: true })), [1, 0.04]);
  assertEquals(epsilonOf(read({ agent: "q-learning" }, { noisy: true, epsilonStart: 0, epsilonEnd: 0 })), [
    1,
    0.04,
  ]);
  assertEquals(epsilonOf(read({ agent: "dqn" }, presetSettings({ agent: "rainbow" }))), [1, 0.5]);
  assertEquals(epsilonOf(read({ agent: "dqn", "epsilon-end": "0" }, { agent: "rainbow" })), [1, 0]);
  // A configuration alone repeats its run, whatever it was.
  const odd: Settings = {
    ...presetSettings({ agent: "q-learning" }),
    noisy: true,
    epsilonStart: 0,
    epsilonEnd: 0,
  };
  assertEquals(read({}, odd), odd);
  assertEquals(read({ seed: "3" }, odd), { ...odd, seed: 3 });
});

Deno.test("--agent with --config replaces the options of the file's agent", () => {
  const agents: AgentName[] = [
    "q-network",
    "dqn",
    "double-dqn",
    "prioritized-dqn",
    "munchausen-dqn",
    "rainbow",
  ];
  for (const before of agents) {
    for (const agent of agents) {
      const file = { ...presetSettings({ agent: before }), gamma: 0.5, seed: 3 };
      assertEquals(
        read({ agent }, file),
        { ...presetSettings({ agent }), gamma: 0.5, seed: 3 },
        `${before} ${agent}`,
      );
    }
  }
  // What the user had changed beyond the name stays.
  assertEquals(read({ agent: "dqn" }, { agent: "rainbow", nStep: 5 }).nStep, 5);
});
