import { assert, assertEquals } from "@std/assert";
import { prepareRun } from "../../../scripts/run/run.ts";
import { presetSettings } from "../../../scripts/settings/presets.ts";
import { flagSettings } from "../../../web/figures/flag_settings.ts";
import {
  HYPERPARAMETER_NAMES,
  HYPERPARAMETERS,
  PROGRAM,
  trainFlags,
} from "../../../web/figures/hyperparameter_choices.ts";

const BUDGET = { episodes: 300, seed: 0 };

Deno.test("the lecture's program is its preset", () => {
  assertEquals(flagSettings(trainFlags(PROGRAM, BUDGET)), presetSettings({ preset: "lecture" }));
});

Deno.test("every choice of every slider is a run that can start", () => {
  for (const name of HYPERPARAMETER_NAMES) {
    for (const value of HYPERPARAMETERS[name]) {
      const settings = flagSettings(trainFlags({ ...PROGRAM, [name]: value }, BUDGET));
      assert(prepareRun(settings).run.step === 0, `${name} ${value}`);
    }
  }
});
