import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Env, makeEnv, Taxi, type TaxiOptions } from "../../../envs/mod.ts";
import { assertRecording } from "../_assert_recording.ts";
import { optimalPolicy, optimalReturn, optimalValues } from "./_value_iteration.ts";

Deno.test("Taxi-v4 repeats everything recorded of Gymnasium", () => {
  assertRecording("Taxi-v4", () => makeEnv("Taxi-v4"));
  assertRecording(
    "Taxi-v4.rainy_fickle",
    () => makeEnv("Taxi-v4", { isRainy: true, ficklePassenger: true }),
  );
});

/** The number of a state. */
const at = (row: number, column: number, passenger: number, destination: number): number =>
  ((row * 5 + column) * 5 + passenger) * 4 + destination;

/** A Taxi in a given state; the rest of the state is heading and fickleness. */
function standing(state: number, options: TaxiOptions = {}, rest: readonly number[] = [0, 0]): Taxi {
  const env = new Taxi(options);
  env.reset({ seed: 0 });
  env.restore({ ...env.snapshot(), state: [state, -1, ...rest] });
  return env;
}

Deno.test("Taxi.transitions() drives around walls and edges", () => {
  const env = new Taxi();
  const [south, north, east, west] = [0, 1, 2, 3].map((action) => env.transitions(at(0, 1, 0, 1), action));
  assertEquals(south, [[1, at(1, 1, 0, 1), -1, false]]);
  assertEquals(north, [[1, at(0, 1, 0, 1), -1, false]]);
  assertEquals(east, [[1, at(0, 1, 0, 1), -1, false]]);
  assertEquals(west, [[1, at(0, 0, 0, 1), -1, false]]);
  assertEquals(env.transitions(at(0, 2, 0, 1), 3), [[1, at(0, 2, 0, 1), -1, false]]);
  assertEquals(env.transitions(at(4, 3, 0, 1), 3), [[1, at(4, 3, 0, 1), -1, false]]);
  assertEquals(env.transitions(at(2, 1, 0, 1), 2), [[1, at(2, 2, 0, 1), -1, false]]);
});

Deno.test("Taxi.transitions() picks up and drops off", () => {
  const env = new Taxi();
  assertEquals(env.transitions(at(4, 3, 3, 1), 4), [[1, at(4, 3, 4, 1), -1, false]]);
  assertEquals(env.transitions(at(4, 3, 2, 1), 4), [[1, at(4, 3, 2, 1), -10, false]]);
  assertEquals(env.transitions(at(4, 3, 4, 1), 4), [[1, at(4, 3, 4, 1), -10, false]]);
  assertEquals(env.transitions(at(0, 4, 4, 1), 5), [[1, at(0, 4, 1, 1), 20, true]]);
  assertEquals(env.transitions(at(4, 0, 4, 1), 5), [[1, at(4, 0, 2, 1), -1, false]]);
  assertEquals(env.transitions(at(2, 2, 4, 1), 5), [[1, at(2, 2, 4, 1), -10, false]]);
  assertEquals(env.transitions(at(0, 4, 0, 1), 5), [[1, at(0, 4, 0, 1), -10, false]]);
});

Deno.test("Taxi slides in the rain to the left and right of its direction", () => {
  const env = new Taxi({ isRainy: true });
  const side = (1 - 0.8) / 2;
  const outcomes = (row: number, column: number, action: number) =>
    env.transitions(at(row, column, 0, 1), action).map(([probability, next, reward]) => {
      assertEquals(reward, -1);
      return [probability, Math.floor(next / 100), Math.floor(next / 20) % 5];
    });
  assertEquals(outcomes(2, 2, 0), [[0.8, 3, 2], [side, 2, 3], [side, 2, 1]]);
  assertEquals(outcomes(2, 2, 1), [[0.8, 1, 2], [side, 2, 1], [side, 2, 3]]);
  assertEquals(outcomes(2, 2, 2), [[0.8, 2, 3], [side, 1, 2], [side, 3, 2]]);
  assertEquals(outcomes(2, 2, 3), [[0.8, 2, 1], [side, 3, 2], [side, 1, 2]]);
  // A wall on one side; and no sliding where the way ahead is blocked.
  assertEquals(outcomes(0, 1, 0), [[0.8, 1, 1], [side, 0, 1], [side, 0, 0]]);
  assertEquals(outcomes(0, 1, 2), [[0.8, 0, 1], [side, 0, 1], [side, 0, 1]]);
  assertEquals(outcomes(4, 2, 0), [[0.8, 4, 2], [side, 4, 2], [side, 4, 2]]);
  assertEquals(new Taxi({ isRainy: true }).transitions(at(4, 3, 3, 1), 4).length, 1);
  const drizzle = new Taxi({ isRainy: true, rainyProbability: 0.5 }).transitions(at(2, 2, 0, 1), 0);
  assertEquals(drizzle.map(([probability]) => probability), [0.5, 0.25, 0.25]);
});

Deno.test("Taxi's action mask marks exactly the actions that change the state", () => {
  const env = new Taxi();
  for (let state = 0; state < 500; state++) {
    const passenger = Math.floor(state / 4) % 5;
    if (passenger === state % 4) continue;
    const { info } = standing(state).step(4);
    const after = env.transitions(state, 4)[0]![1];
    assert(info["actionMask"] instanceof Uint8Array);
    const changes = [0, 1, 2, 3, 4, 5].map((action) =>
      env.transitions(after, action)[0]![1] === after ? 0 : 1
    );
    assertEquals([...info["actionMask"]], changes, `state ${after}`);
  }
});

Deno.test("Taxi's masks are the caller's", () => {
  const env: Env = makeEnv("Taxi-v4");
  assertEquals(env.offersActionMask, true);
  const first = env.reset({ seed: 0 }).info["actionMask"];
  assert(first instanceof Uint8Array);
  const copy = first.slice();
  env.step(0);
  assertEquals(first, copy);
  first.fill(1);
  assertEquals(env.reset({ seed: 0 }).info["actionMask"], copy);
});

Deno.test("Taxi starts in 300 states, all alike", () => {
  const { initialDistribution } = new Taxi();
  const starts = initialDistribution.filter((probability) => probability > 0);
  assertEquals([starts.length, new Set(starts).size], [300, 1]);
  const env = new Taxi();
  env.reset({ seed: 1 });
  for (let i = 0; i < 500; i++) {
    const { observation } = env.reset();
    assert(initialDistribution[observation]! > 0);
  }
});

Deno.test("Taxi's best way is worth 7.93 on average, and as many steps as driving takes", () => {
  const env = new Taxi();
  assertAlmostEquals(optimalReturn(env), 7.93, 0.005);
  // From red to green: pick up, eight moves around the wall, drop off.
  const values = optimalValues(env);
  const across = values[at(0, 0, 0, 1)]!;
  assertEquals(across, 20 - 1 - 8);
  const policy = optimalPolicy(env);
  const taxi = standing(at(0, 0, 0, 1));
  let state = at(0, 0, 0, 1);
  let total = 0;
  for (let over = false; !over;) {
    const { observation, reward, terminated } = taxi.step(policy[state]!);
    state = observation;
    total += reward;
    over = terminated;
  }
  assertEquals(total, across);
  assert(optimalReturn(new Taxi({ isRainy: true })) < optimalReturn(env));
});

Deno.test("A fickle passenger changes the destination once, on the first move aboard", () => {
  const options = { ficklePassenger: true };
  const destinations = new Set<number>();
  for (let seed = 0; seed < 60; seed++) {
    const env = standing(at(2, 2, 4, 1), options, [0, 1]);
    env.restore({ ...env.snapshot(), generator: seeded(seed) });
    const still = env.step(4).observation;
    assertEquals(still % 4, 1, "not while standing");
    const moved = env.step(0).observation;
    assert(moved % 4 !== 1);
    destinations.add(moved % 4);
    assertEquals(env.step(0).observation % 4, moved % 4, "only once");
  }
  assertEquals([...destinations].toSorted(), [0, 2, 3]);
  assertEquals(standing(at(2, 2, 4, 1), options, [0, 0]).step(0).observation % 4, 1);
  assertEquals(standing(at(2, 2, 0, 1), options, [0, 1]).step(0).observation % 4, 1, "nobody aboard");
});

/** The stream that a reset with a seed leaves. */
function seeded(seed: number): unknown {
  const env = new Taxi();
  env.reset({ seed });
  return env.snapshot()["generator"];
}

Deno.test("Three passengers in ten are fickle, or as many as one asks for", () => {
  const share = (options: TaxiOptions) => {
    const env = new Taxi({ ficklePassenger: true, ...options });
    env.reset({ seed: 0 });
    let fickle = 0;
    for (let i = 0; i < 2_000; i++) {
      env.reset();
      const { state } = env.snapshot();
      assert(Array.isArray(state));
      fickle += state[3];
    }
    return fickle / 2_000;
  };
  assertAlmostEquals(share({}), 0.3, 0.031);
  assertEquals([share({ fickleProbability: 0 }), share({ fickleProbability: 1 })], [0, 1]);
});

Deno.test("Taxi refuses bad actions and options", () => {
  const env = new Taxi();
  assertThrows(() => env.step(0), Error, "Cannot step Taxi-v4: reset must be called first");
  env.reset();
  assertThrows(() => env.step(6), RangeError, "action must be a whole number from 0 to 5, got 6");
  assertThrows(
    () => env.transitions(500, 0),
    RangeError,
    "state must be a whole number from 0 to 499, got 500",
  );
  const make = (options: unknown) => () => Reflect.construct(Taxi, [options]);
  assertThrows(
    make({ isRainy: "yes" }),
    TypeError,
    'Cannot make Taxi-v4: isRainy must be true or false, got "yes"',
  );
  assertThrows(make({ ficklePassenger: 1 }), TypeError, "ficklePassenger must be true or false, got 1");
  assertThrows(make({ rainyProbability: 2 }), RangeError, "rainyProbability must be from 0 to 1, got 2");
  assertThrows(make({ fickleProbability: -1 }), RangeError, "fickleProbability must be from 0 to 1, got -1");
});

Deno.test("Taxi.restore() refuses states that cannot be", () => {
  const env = standing(at(2, 2, 4, 1));
  const good = env.snapshot();
  const restore = (state: number[]) => () => env.restore({ ...good, state });
  assertThrows(restore([at(0, 4, 1, 1), 5, 0, 0]), RangeError, 'phase must fit the state, got "running"');
  assertThrows(restore([500, -1, 0, 0]), RangeError, "state 0 must be from 0 to 499, got 500");
  assertThrows(restore([0.5, -1, 0, 0]), TypeError, "state 0 must be a whole number, got 0.5");
  assertThrows(restore([1, -1, 4, 0]), RangeError, "state 2 must be from 0 to 3, got 4");
  assertEquals(env.snapshot(), good);
});

Deno.test("Taxi.render() shows the taxi, the passenger and the destination", () => {
  const env = standing(at(4, 3, 3, 1));
  assertEquals(
    env.render().description,
    "A taxi in row 4, column 3; the passenger waits at blue and wants to go to green",
  );
  env.step(4);
  assert(env.render().description.endsWith("the passenger is aboard and wants to go to green"));
});
