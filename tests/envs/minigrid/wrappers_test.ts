import { assertEquals, assertThrows } from "@std/assert";
import { checkEnv, FlattenObservation, makeEnv, RewardScale } from "../../../envs/mod.ts";
import { FullyObs, MiniGridEnv, OneHotPartialObs } from "../../../envs/minigrid/mod.ts";
import { DotEnv } from "../_dot_env.ts";

const make = () => makeEnv("MiniGrid-KeyCorridorS3R2-v0");

Deno.test("FullyObs shows the grid with the player as Minigrid does", () => {
  const env = new FullyObs(make());
  checkEnv(new FullyObs(make()), { steps: 60 });
  const { observation } = env.reset({ seed: 4 });
  const inner = new MiniGridEnv("MiniGrid-KeyCorridorS3R2-v0");
  inner.reset({ seed: 4 });
  for (const action of [2, 1, 5, 2, 0]) {
    const expected = inner.encodeGrid();
    const [column, row] = inner.agentPos;
    expected.set([10, 0, inner.agentDir], 3 * (column * inner.height + row));
    assertEquals(inner.encodeGrid({ agent: true }), expected);
    if (inner.stepCount === 0) assertEquals(observation, expected);
    else {assertEquals(
        env.step(action).observation.slice(),
        (inner.step(action), inner.encodeGrid({ agent: true })),
      );}
    if (inner.stepCount === 0) assertEquals(env.step(action).info, inner.step(action).info);
  }
  assertEquals(env.observationSpace.shape, [7, 5, 3]);
});

Deno.test("FullyObs and OneHotPartialObs find the grid inside of wrappers, and refuse others", () => {
  assertEquals(new FullyObs(new RewardScale(make(), 0.5)).observationSpace.shape, [7, 5, 3]);
  assertEquals(new OneHotPartialObs(new RewardScale(make(), 0.5)).observationSpace.shape, [7, 7, 20]);
  for (
    const [Wrapped, action] of [[FullyObs, "show the whole grid"], [
      OneHotPartialObs,
      "make a view one-hot",
    ]] as const
  ) {
    assertThrows(
      () => new Wrapped(new DotEnv()),
      TypeError,
      `Cannot ${action}: env must be a MiniGridEnv, wrapped or not, got Dot-v0`,
    );
  }
  assertThrows(
    () => new OneHotPartialObs(new FullyObs(makeEnv("MiniGrid-LavaGapS7-v0"))),
    TypeError,
    "env must show the partial view of MiniGrid-LavaGapS7-v0, got Box(0, 255, (7, 7, 3), uint8)",
  );
});

Deno.test("OneHotPartialObs has a one for each number of each field", () => {
  const env = new OneHotPartialObs(make());
  checkEnv(new OneHotPartialObs(make()), { steps: 60 });
  const plain = make();
  let { observation } = env.reset({ seed: 2 });
  let view = plain.reset({ seed: 2 }).observation;
  for (let t = 0; t < 30; t++) {
    const decoded = Array.from({ length: 49 }, (_, field) => {
      const bits = observation.slice(20 * field, 20 * field + 20);
      assertEquals([...bits].reduce((sum, bit) => sum + bit, 0), 3);
      return [bits.slice(0, 11), bits.slice(11, 17), bits.slice(17)].map((part) => part.indexOf(1));
    });
    assertEquals(decoded.flat(), [...view]);
    const action = [2, 1, 5, 3, 2][t % 5]!;
    [observation, view] = [env.step(action).observation, plain.step(action).observation];
  }
});

Deno.test("a flattened one-hot view is a vector for networks", () => {
  const env = new FlattenObservation<number, Uint8Array>(new OneHotPartialObs(make()));
  assertEquals(`${env.observationSpace}`, "Box(0.0, 1.0, (980,), float32)");
  const bytes = new OneHotPartialObs(make()).reset({ seed: 1 }).observation;
  assertEquals(env.reset({ seed: 1 }).observation, Float32Array.from(bytes));
});
