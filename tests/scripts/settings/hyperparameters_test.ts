import { assert, assertEquals } from "@std/assert";
import { hyperparameters } from "../../../scripts/settings/hyperparameters.ts";
import { AGENTS, type Settings } from "../../../scripts/settings/settings.ts";
import { presetSettings } from "../../../scripts/settings/presets.ts";

const namesOf = (changed: Partial<Settings>) => hyperparameters({ ...presetSettings(changed), ...changed });

Deno.test("only used settings are hyperparameters", () => {
  assertEquals(namesOf({ agent: "random" }), ["steps", "evalInterval", "evalEpisodes", "stopAtReturn"]);
  assertEquals(namesOf({ agent: "q-learning", evalInterval: null, stopAtReturn: null }).slice(0, 4), [
    "bins",
    "steps",
    "gamma",
    "learningRate",
  ]);
  assert(!namesOf({ agent: "q-learning" }).includes("hidden"));
  for (const agent of AGENTS) {
    const names = namesOf({ agent });
    for (const name of ["env", "agent", "preset", "seed", "kernel", "envOptions"] as const) {
      assert(!names.includes(name), `${agent} ${name}`);
    }
  }
});

Deno.test("the settings of an option are hyperparameters if the option is on", () => {
  const cases: [keyof Settings, Partial<Settings>, Partial<Settings>][] = [
    ["double", { agent: "dqn" }, { agent: "double-dqn" }],
    ["nStep", { agent: "double-dqn" }, { agent: "dqn" }],
    ["priorityAlpha", {}, { agent: "prioritized-dqn" }],
    ["munchausenTau", {}, { munchausen: true }],
    ["atoms", {}, { distribution: "qr" }],
    ["vMin", { distribution: "qr" }, { distribution: "c51" }],
    ["epsilonStart", { agent: "rainbow" }, { agent: "dqn" }],
    ["actionBins", { env: "CartPole-v1" }, { env: "Pendulum-v1" }],
    ["actionParts", { env: "Pendulum-v1" }, { env: "Pendulum-v1", actionParts: true }],
    ["learningRateEnd", { agent: "random" }, { env: "FrozenLake-v1" }],
    ["bins", { agent: "q-learning", env: "FrozenLake-v1" }, { agent: "q-learning" }],
    ["maxGradNorm", {}, { maxGradNorm: 10 }],
    ["envOptions", {}, { envOptions: { maxEpisodeSteps: 9 } }],
  ];
  for (const [name, off, on] of cases) {
    assertEquals([namesOf(off).includes(name), namesOf(on).includes(name)], [false, true], name);
  }
});
