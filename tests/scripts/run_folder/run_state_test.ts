import { assert, assertEquals, assertRejects } from "@std/assert";
import { decodeCheckpoint } from "../../../scripts/run/checkpoint.ts";
import { decodeState, encodeState, mayTravel } from "../../../scripts/run_folder/run_state.ts";
import { leavingsOf, small } from "../_resumption.ts";

Deno.test("a state is read as it was written, by a run of its settings alone, and one that is too large stays at home", async () => {
  const settings = small("dqn", "CartPole-v1", { steps: 60 });
  const { checkpoint } = await leavingsOf(settings, undefined);
  const { snapshot } = await decodeCheckpoint(checkpoint!);
  const point = { snapshot, seconds: 2.5, reached: { step: 7, seconds: 1 } };
  const state = await encodeState(settings, point);
  assertEquals(await decodeState(settings, state), point);
  await assertRejects(() => decodeState({ ...settings, gamma: 0.5 }, state), RangeError, "gamma");
  await assertRejects(() => decodeState(settings, state.with(state.length - 9, 1)), SyntaxError, "damaged");
  assert(mayTravel(state) && mayTravel(new Uint8Array(256_000_000)));
  assert(!mayTravel(new Uint8Array(256_000_001)));
});
