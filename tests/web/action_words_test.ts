import { assert, assertEquals } from "@std/assert";
import { Discrete, MultiDiscrete } from "../../envs/mod.ts";
import { makeRunEnv } from "../../scripts/run/run_env.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import type { Settings } from "../../scripts/settings/settings.ts";
import { addPackageEnv } from "../../scripts/run_folder/package_env.ts";
import { withoutCommonWords } from "../../scripts/values/without_common_words.ts";
import { ENVIRONMENTS } from "../../web/_policies.ts";
import { actionWord } from "../../web/action_words.ts";

/** The names of actions that the page shows in an environment. */
function namesOf(id: string, view: Partial<Settings>): string[] {
  const { actionSpace } = makeRunEnv({
    ...presetSettings({ env: id, agent: "dqn" }),
    ...view,
    normalize: "none",
  });
  if (actionSpace instanceof Discrete) return [...actionSpace.meanings ?? []];
  assert(actionSpace instanceof MultiDiscrete);
  return [...withoutCommonWords(actionSpace.names ?? []), ...actionSpace.meanings?.flat() ?? []];
}

Deno.test("every name of an action that the page can show has Korean words, and the same numbers", async () => {
  const numbersOf = (text: string) =>
    text.match(/[-−]?\d+(\.\d+)?/g)?.map((number) => number.replace("−", "-"));
  let names = 0;
  for (const id of ENVIRONMENTS) {
    assert(await addPackageEnv(id), id);
    for (
      const view of [{}, { actionBins: 3, actionParts: true }, { actionBins: 2, actionParts: false }]
    ) {
      for (const name of namesOf(id, view)) {
        names++;
        const korean = actionWord(name, "ko");
        assertEquals(numbersOf(korean), numbersOf(name), `${id}: ${name}`);
        assertEquals(korean.replaceAll("N m", "").match(/[A-Za-z]+/), null, `${id}: ${name}: ${korean}`);
        assertEquals(actionWord(name, "en").replaceAll("−", "-"), name);
      }
    }
  }
  assert(names > 200, `${names}`);
});

Deno.test("an action's words keep its numbers in their places, and unknown names", () => {
  const texts = {
    "push left": "왼쪽으로 밀기",
    "torque -1 N m": "토크 −1 N m",
    "torque (N m) -1.6": "토크(N m) −1.6",
    "main engine -1, side engines 0": "주 엔진 −1, 측면 엔진 0",
    "torque of the back shin -1": "뒤 정강이 토크 −1",
    "행동 3": "행동 3",
    "-1": "−1",
    "toString": "toString",
    "jump": "jump",
  };
  for (const [name, korean] of Object.entries(texts)) assertEquals(actionWord(name, "ko"), korean);
  assertEquals(actionWord("torque (N m) -1.6", "en"), "torque (N m) −1.6");
  assertEquals(actionWord("n-1 push", "en"), "n-1 push");
});
