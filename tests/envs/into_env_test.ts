import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  Acrobot,
  type Action,
  CartPole,
  type IntoEnv,
  MountainCar,
  MountainCarContinuous,
  Pendulum,
} from "../../envs/mod.ts";

testInto(() => new CartPole());
testInto(() => new MountainCar());
testInto(() => new MountainCarContinuous());
testInto(() => new Acrobot());
testInto(() => new Pendulum());

function testInto<A extends Action>(make: () => IntoEnv<A>): void {
  const { id } = make();

  Deno.test(`${id} gives the same bits into memory of the caller's`, () => {
    const [into, plain] = [make(), make()];
    const length = plain.observationSpace.sample().length;
    // A row in the middle of a matrix.
    const matrix = new Float32Array(3 * length).fill(7);
    const row = matrix.subarray(length, 2 * length);
    into.resetInto(row, { seed: 3 });
    assertEquals(row, plain.reset({ seed: 3 }).observation);
    plain.actionSpace.seed(1);
    for (let i = 0; i < 500; i++) {
      const action = plain.actionSpace.sample();
      const { observation, reward, terminated } = plain.step(action);
      into.stepInto(action, row);
      assertEquals(row, observation);
      assertStrictEquals(into.lastReward, reward);
      assertStrictEquals(into.lastTerminated, terminated);
      assertEquals([plain.snapshot()["state"], plain.snapshot()["phase"]], [
        into.snapshot()["state"],
        into.snapshot()["phase"],
      ]);
      if (terminated) {
        into.resetInto(row);
        assertEquals(row, plain.reset().observation);
      }
    }
    assertEquals([...matrix.subarray(0, length), ...matrix.subarray(2 * length)], Array(2 * length).fill(7));
  });

  Deno.test(`${id} refuses memory of the wrong kind or length and stays as it was`, () => {
    const [into, plain] = [make(), make()];
    const length = plain.observationSpace.sample().length;
    const row = new Float32Array(length);
    assertThrows(() => into.stepInto(into.actionSpace.sample(), row), Error, "reset must be called first");
    into.resetInto(row, { seed: 0 });
    const action = into.actionSpace.sample();
    const before = into.snapshot();
    const expected = `into must be a Float32Array of length ${length}, got`;
    for (const wrong of [new Float32Array(length - 1), new Float64Array(length), [0, 0], undefined]) {
      const reset = () => Reflect.apply(into.resetInto, into, [wrong]);
      const step = () => Reflect.apply(into.stepInto, into, [action, wrong]);
      assertThrows(reset, TypeError, `Cannot reset ${id}: ${expected}`);
      assertThrows(step, TypeError, `Cannot step ${id}: ${expected}`);
    }
    assertThrows(() => into.resetInto(row, { seed: -1 }), RangeError, "got -1");
    assertEquals(into.snapshot(), before);
  });
}
