import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  Box,
  Discrete,
  Discretize,
  type Env,
  type EnvSnapshot,
  FrozenLake,
  Generator,
  type Info,
  makeEnv,
  type MakeEnvOptions,
  makeVectorEnv,
  type Observation,
  type ResetOptions,
  RewardScale,
  Taxi,
  TimeLimit,
  VectorEnv,
  Wrapper,
} from "../../envs/mod.ts";
import { DotEnv } from "./_dot_env.ts";
import { ScriptedEnv } from "./_toy_envs.ts";

/** Environments of every kind of path: writing into rows or not, with a limit of their own or another's. */
const KINDS: readonly (readonly [
  name: string,
  make: () => Env,
  draw: (generator: Generator) => number | Float32Array,
])[] = [
  ["CartPole-v1", () => makeEnv("CartPole-v1"), below(2)],
  ["CartPole-v1 cut after 9 steps", () => makeEnv("CartPole-v1", { maxEpisodeSteps: 9 }), below(2)],
  ["CartPole-v1 without a limit", () => makeEnv("CartPole-v1", { maxEpisodeSteps: Infinity }), below(2)],
  ["MountainCar-v0", () => makeEnv("MountainCar-v0"), below(3)],
  ["Acrobot-v1", () => makeEnv("Acrobot-v1", { maxEpisodeSteps: 150 }), below(3)],
  ["Pendulum-v1", () => makeEnv("Pendulum-v1"), vector],
  ["MountainCarContinuous-v0", () => makeEnv("MountainCarContinuous-v0", { maxEpisodeSteps: 99 }), vector],
  [
    "CartPole-v1 in a wrapper",
    () => new RewardScale(makeEnv("CartPole-v1", { maxEpisodeSteps: 30 }), 0.5),
    below(2),
  ],
  ["FrozenLake-v1", () => makeEnv("FrozenLake-v1"), below(4)],
  ["Taxi-v4 with its action masks", () => makeEnv("Taxi-v4", { maxEpisodeSteps: 30 }), below(6)],
  ["Blackjack-v1", () => makeEnv("Blackjack-v1"), below(2)],
  ["images", () => new DotEnv(), below(2)],
  ["images cut after 9 steps", () => new TimeLimit(new DotEnv(), 9), below(2)],
  ["images in a wrapper", () => new RewardScale(new DotEnv(), 0.5), below(2)],
];

/** Draws a Discrete action. */
function below(n: number): (generator: Generator) => number {
  return (generator) => generator.integers(0, n);
}

/** Draws a vector of one element. */
function vector(generator: Generator): Float32Array {
  return Float32Array.of(generator.uniform(-1, 1));
}

/** An observation as a row of a matrix. */
function rowOf(observation: Observation): Float32Array | Uint8Array {
  if (observation instanceof Uint8Array) return observation;
  return typeof observation === "number" ? Float32Array.of(observation) : Float32Array.from(observation);
}

/** What the copies show after a step, copied. */
const shown = (envs: VectorEnv) => ({
  observations: envs.observations.slice(),
  rewards: envs.rewards.slice(),
  terminated: envs.terminated.slice(),
  truncated: envs.truncated.slice(),
  actionMasks: envs.actionMasks.slice(),
});

/** The mask in an info; an empty one without. */
const maskOf = ({ actionMask }: Info) => actionMask instanceof Uint8Array ? actionMask : new Uint8Array(0);

for (const [name, make, draw] of KINDS) {
  Deno.test(`VectorEnv of ${name}: every copy is a single environment, bit for bit, across resets`, () => {
    const count = 5;
    const seed = 7;
    const envs = new VectorEnv(make, count);
    const singles = Array.from({ length: count }, make);
    const generator = new Generator(3);
    const length = envs.observationLength;
    const row = (matrix: Float32Array | Uint8Array, i: number): unknown =>
      matrix.slice(i * length, (i + 1) * length);
    envs.reset({ seed });
    const starts = singles.map((env, i) => env.reset({ seed: seed + i }));
    assertEquals<unknown>(
      starts.map(({ observation }) => rowOf(observation)),
      singles.map((_, i) => row(envs.observations, i)),
    );
    const masks = maskOf(starts[0]!.info).length;
    const maskRow = (matrix: Uint8Array, i: number) => matrix.slice(i * masks, (i + 1) * masks);
    assertEquals(envs.offersActionMask, singles[0]!.offersActionMask ?? false);
    assertEquals(envs.actionMasks.length, count * masks);
    starts.forEach(({ info }, i) => assertEquals(maskRow(envs.actionMasks, i), maskOf(info)));
    let resets = 0;
    for (let t = 0; t < 1_000; t++) {
      const actions = singles.map(() => draw(generator));
      envs.step(actions.flatMap((action) => typeof action === "number" ? [action] : [...action]));
      singles.forEach((env, i) => {
        const { observation, reward, terminated, truncated, info } = env.step(actions[i]!);
        const over = terminated || truncated;
        assertEquals(
          [envs.rewards[i], envs.terminated[i], envs.truncated[i]],
          [reward, Number(terminated), Number(truncated)],
        );
        if (over) assertEquals(row(envs.finalObservations, i), rowOf(observation));
        if (over) assertEquals(maskRow(envs.finalActionMasks, i), maskOf(info));
        if (over) resets++;
        const now = over ? env.reset() : { observation, info };
        assertEquals(row(envs.observations, i), rowOf(now.observation));
        assertEquals(maskRow(envs.actionMasks, i), maskOf(now.info));
      });
    }
    assert(resets > 20);
  });

  Deno.test(`VectorEnv of ${name} continues from a snapshot bit for bit`, () => {
    const generator = new Generator(1);
    const actions = Array.from(
      { length: 400 },
      () =>
        [0, 1, 2].flatMap(() => {
          const action = draw(generator);
          return typeof action === "number" ? [action] : [...action];
        }),
    );
    for (const steps of [0, 1, 23, 150]) {
      const envs = new VectorEnv(make, 3);
      envs.reset({ seed: steps });
      for (let t = 0; t < steps; t++) envs.step(actions[t]!);
      const saved: EnvSnapshot = JSON.parse(JSON.stringify(envs.snapshot()));
      const other = new VectorEnv(make, 3);
      if (steps % 2 === 1) other.reset({ seed: 99 });
      other.restore(saved);
      assertEquals([other.observations, other.actionMasks], [envs.observations, envs.actionMasks]);
      for (let t = steps; t < steps + 250; t++) {
        envs.step(actions[t]!);
        other.step(actions[t]!);
        assertEquals(shown(other), shown(envs));
      }
      assertEquals(other.snapshot(), envs.snapshot());
    }
  });
}

Deno.test("VectorEnv hands rows of Box actions to its copies, each a separate vector", () => {
  const made: ScriptedEnv<Float32Array, Float32Array>[] = [];
  const script = [Float32Array.of(1), Float32Array.of(2), Float32Array.of(3)];
  const envs = new VectorEnv(() => {
    const env = new ScriptedEnv(new Box(-9, 9, { shape: [1] }), new Box(-1, 1, { shape: [2] }), script, {
      length: 2,
      rewards: [3, 4],
      offersActionMask: false,
    });
    made.push(env);
    return env;
  }, 2);
  envs.reset({ seed: 10n });
  assertEquals(made.map(({ seeds }) => seeds), [[10n], [11n]]);
  envs.step([0.5, 1, -0.25, 2]);
  envs.step(Float32Array.of(0, 0, 1, 1));
  assertEquals(made.map(({ actions }) => actions), [
    [Float32Array.of(0.5, 1), Float32Array.of(0, 0)],
    [Float32Array.of(-0.25, 2), Float32Array.of(1, 1)],
  ]);
  assertEquals(shown(envs), {
    observations: Float32Array.of(1, 1),
    rewards: Float64Array.of(4, 4),
    terminated: Uint8Array.of(1, 1),
    truncated: Uint8Array.of(0, 0),
    actionMasks: new Uint8Array(0),
  });
  assertEquals(envs.finalObservations, Float32Array.of(3, 3));
  assertThrows(() => envs.step([0, NaN, 0, 0]), RangeError, "action element 1 must be finite, got NaN");
  assertThrows(() => envs.step([0, 0]), RangeError, "actions must be of length 4, got Array of length 2");
});

Deno.test("VectorEnv of images has matrices of bytes", () => {
  const envs = new VectorEnv(() => new DotEnv(), 2);
  envs.reset({ seed: 3 });
  const matrix: Uint8Array = envs.observations;
  assertEquals([matrix.length, envs.finalObservations.constructor], [24, Uint8Array]);
  const good = envs.snapshot();
  for (const odd of [256, 0.5, -1, "-0", "NaN"]) {
    const observations = [...matrix.slice(1), odd];
    assertThrows(
      () => envs.restore({ ...good, observations }),
      RangeError,
      "observations 23 must be a whole number from 0 to 255, got",
    );
  }
  const space = new Box(0, 255, { shape: [2], dtype: "uint8" });
  const script = [Uint8Array.of(0, 255), Uint8Array.of(1)];
  const odd = new VectorEnv(() => new ScriptedEnv(space, new Discrete(1), script, UNMASKED), 1);
  odd.reset({ seed: 0 });
  assertThrows(() => odd.step([0]), RangeError, "must be of length 2, got Uint8Array of length 1");
  const floats = () => Object.assign(new Floats(), { observationSpace: space });
  const wrong = Reflect.construct(VectorEnv, [floats, 1]);
  assertThrows(
    () => wrong.reset({ seed: 0 }),
    RangeError,
    "observation must be a Uint8Array, got Float32Array of length 2",
  );
});

/** Shows vectors, whatever its space says. */
class Floats extends ScriptedEnv<Float32Array, number> {
  constructor() {
    super(new Box(0, 1, { shape: [2] }), new Discrete(1), [Float32Array.of(0, 1)]);
  }
}

Deno.test("VectorEnv without a seed starts as after seed 0, then continues", () => {
  const envs = makeVectorEnv("CartPole-v1", 2);
  const seeded = makeVectorEnv("CartPole-v1", 2);
  envs.reset();
  seeded.reset({ seed: 0 });
  assertEquals(envs.observations, seeded.observations);
  const first = envs.observations.slice();
  envs.reset();
  assert(envs.observations[0] !== first[0] && envs.observations[0] !== first[4]);
});

Deno.test("VectorEnv refuses actions before any copy has moved", () => {
  const envs = makeVectorEnv("CartPole-v1", 3);
  const step = (actions: unknown) => () => Reflect.apply(envs.step, envs, [actions]);
  assertThrows(step([0, 0, 0]), Error, "Cannot step 3 copies of CartPole-v1: reset must be called first");
  envs.reset({ seed: 0 });
  const before = envs.snapshot();
  const bad: [actions: unknown, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [[0, 1], RangeError, "actions must be of length 3, got Array of length 2"],
    [[0, 1, 2], RangeError, "action 2 must be a whole number from 0 to 1, got 2"],
    [[0, -1, 1], RangeError, "action 1 must be a whole number from 0 to 1, got -1"],
    [[0, 0.5, 1], TypeError, "action 1 must be a whole number from 0 to 1, got 0.5"],
    [[0, 1, NaN], TypeError, "got NaN"],
    [[0, "1", 0], TypeError, 'got "1"'],
  ];
  for (const [actions, kind, text] of bad) {
    const error = assertThrows(step(actions), kind, text);
    assert(error.message.startsWith("Cannot step 3 copies of CartPole-v1: "));
    assertEquals(envs.snapshot(), before);
  }
});

Deno.test("VectorEnv refuses bad seeds before any copy has been reset", () => {
  const envs = makeVectorEnv("CartPole-v1", 3);
  envs.reset({ seed: 0 });
  const before = envs.snapshot();
  const bad = [
    [-1, RangeError],
    [1.5, RangeError],
    [Number.MAX_SAFE_INTEGER, RangeError],
    [-1n, RangeError],
    [
      "1",
      TypeError,
    ],
  ] as const;
  for (const [seed, kind] of bad) {
    const reset = () => Reflect.apply(envs.reset, envs, [{ seed }]);
    assertThrows(reset, kind, "Cannot reset 3 copies of CartPole-v1: seed must be a whole number");
    assertEquals(envs.snapshot(), before);
  }
});

Deno.test("VectorEnv refuses bad snapshots and stays as it was", () => {
  const envs = makeVectorEnv("CartPole-v1", 2);
  envs.reset({ seed: 0 });
  envs.step([0, 1]);
  const good = envs.snapshot();
  const copies: unknown[] = JSON.parse(JSON.stringify(good["copies"]));
  const bad: [change: Record<string, unknown>, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [{ id: "CartPole-v0" }, RangeError, 'id must be "CartPole-v1", got "CartPole-v0"'],
    [{ running: 1 }, TypeError, "running must be true or false, got 1"],
    [{ observations: [1] }, TypeError, "observations must be an array of length 8"],
    [{ elapsedSteps: [1] }, TypeError, "elapsedSteps must be an array of length 2"],
    [{ elapsedSteps: [1, -1] }, TypeError, "elapsedSteps 1 must be a whole number from 0, got -1"],
    [{ elapsedSteps: [1, 500] }, RangeError, "elapsedSteps 1 must be below the limit of 500, got 500"],
    [
      { observations: [1, 2, 3, 4, 5, 6, 7, 1e39] },
      RangeError,
      "observations 7 must be exact in float32",
    ],
    [
      { observations: [0.1, 2, 3, 4, 5, 6, 7, 8] },
      RangeError,
      "observations 0 must be exact in float32",
    ],
    [{ copies: null }, TypeError, "copies must be an array of length 2, got null"],
    [{ copies: [copies[1], null] }, TypeError, "copies 1 must be an object, got null"],
    [{ copies: [copies[1], {}] }, RangeError, "id must be"],
  ];
  for (const [change, kind, text] of bad) {
    assertThrows(() => envs.restore({ ...good, ...change }), kind, text);
    assertEquals(envs.snapshot(), good);
  }
});

/** A long episode without action masks. */
const UNMASKED = { length: 1_000, offersActionMask: false };

/** Taxi with other infos, or without its masks. */
class OddTaxi extends Wrapper<number, number> {
  readonly observationSpace = this.env.observationSpace;
  readonly actionSpace = this.env.actionSpace;
  readonly #offers: boolean;
  info: Info = { actionMask: new Uint8Array(7) };

  constructor(offers: boolean) {
    super(new Taxi(), "OddTaxi");
    this.#offers = offers;
  }

  override get offersActionMask(): boolean {
    return this.#offers;
  }

  reset(options?: ResetOptions) {
    return this.env.reset(options);
  }

  step(action: number) {
    return { ...this.env.step(action), info: this.info };
  }
}

Deno.test("VectorEnv refuses action masks that do not fit", () => {
  const odd = new OddTaxi(true);
  const envs = new VectorEnv(() => odd, 1);
  envs.reset({ seed: 0 });
  const text =
    "Cannot step 1 copies of Taxi-v4: info.actionMask of copy 0 must be a Uint8Array of length 6, got";
  assertThrows(() => envs.step([0]), TypeError, text);
  odd.info = {};
  assertThrows(() => envs.step([0]), TypeError, `${text} undefined`);
  const good = envs.snapshot();
  for (const actionMasks of [undefined, [1], [1, 1, 1, 1, 1, 256]]) {
    assertThrows(() => envs.restore({ ...good, actionMasks }), Error, "actionMasks");
  }
  const makes = [true, false];
  assertThrows(
    () => new VectorEnv(() => new OddTaxi(makes.shift() === true), 2),
    RangeError,
    "must be the same environment, got Taxi-v4 with Discrete(500), Discrete(6), action masks and limit",
  );
});

Deno.test("VectorEnv refuses bad counts and environments", () => {
  const make = () => makeEnv("CartPole-v1");
  for (const [count, kind] of [[0, RangeError], [1.5, TypeError], ["2", TypeError]] as const) {
    assertThrows(
      () => Reflect.construct(VectorEnv, [make, count]),
      kind,
      "Cannot make a VectorEnv: count must be a whole number from 1, got",
    );
  }
  assertThrows(() => Reflect.construct(VectorEnv, ["CartPole-v1", 2]), TypeError, "make must be a function");
  let limit = 10;
  const differing: () => Env<Float32Array> = () => makeEnv("CartPole-v1", { maxEpisodeSteps: limit++ });
  assertThrows(() => new VectorEnv(differing, 2), RangeError, "every copy must be the same environment");
  const fine = () => new Discretize(makeEnv("MountainCar-v0"), { bins: 5_000 });
  assertThrows(
    () => new VectorEnv(fine, 2),
    RangeError,
    "Cannot make a VectorEnv: observationSpace must be within 2^24, got Discrete(25000000)",
  );
  const space = { sample: () => 0, toString: () => "Colours" };
  const strange = () => Object.assign(new FrozenLake(), { observationSpace: space });
  assertThrows(
    () => Reflect.construct(VectorEnv, [strange, 2]),
    TypeError,
    "observationSpace must be Box, Discrete or a Tuple of Discrete, got Colours",
  );
});

Deno.test("makeVectorEnv passes options on, and refuses what makeEnv refuses", () => {
  const envs = makeVectorEnv("CartPole-v1", 2, { suttonBartoReward: true, maxEpisodeSteps: 1 });
  envs.reset();
  envs.step([0, 1]);
  assertEquals(shown(envs).rewards, Float64Array.of(0, 0));
  assertEquals(envs.truncated, Uint8Array.of(1, 1));
  const options: MakeEnvOptions = { maxEpisodeSteps: 0 };
  assertThrows(() => makeVectorEnv("CartPole-v1", 2, options), RangeError, "maxEpisodeSteps must be");
  assertThrows(() => makeVectorEnv("CartPole-v2", 2), RangeError, "did you mean CartPole-v");
});

Deno.test("a factory that returns one environment twice is refused, whatever is wrapped around it", () => {
  const one = makeEnv("CartPole-v1");
  const frozen = makeEnv("FrozenLake-v1");
  const few = [makeEnv("CartPole-v1"), makeEnv("CartPole-v1"), makeEnv("CartPole-v1")] as const;
  const inTurn = (...order: (0 | 1 | 2)[]) => () => few[order.shift() ?? 0];
  const factories: readonly (readonly [make: () => Env, copies: string])[] = [
    [() => one, "0 and 1"],
    [() => frozen, "0 and 1"],
    [() => new TimeLimit(one, 10), "0 and 1"],
    [() => new RewardScale(new TimeLimit(frozen, 10), 0.5), "0 and 1"],
    [inTurn(0, 1, 0), "0 and 2"],
  ];
  for (const [make, copies] of factories) {
    const message = `make must return a new environment each time, got the same for copies ${copies}`;
    assertThrows(() => new VectorEnv(make, 3), TypeError, message);
  }
  assertEquals(new VectorEnv(inTurn(0, 1, 2), 3).count, 3);
  assertEquals(new VectorEnv(() => one, 1).count, 1);
});

Deno.test("a factory that returns something else than environments is refused", () => {
  for (const made of [undefined, null, 3, {}, Promise.resolve(makeEnv("CartPole-v1"))]) {
    const construct = () => Reflect.construct(VectorEnv, [() => made, 2]);
    assertThrows(construct, TypeError, "make must return an environment, got");
  }
});

Deno.test("VectorEnv refuses observations that do not fit into a row", () => {
  const space = new Box(-1, 1, { shape: [2] });
  const rules = [
    [Float32Array.of(1), "must be of length 2, got Float32Array of length 1"],
    [Float32Array.of(1, 2, 3), "must be of length 2, got Float32Array of length 3"],
    [Float32Array.of(1, NaN), "must be exact in float32, got NaN"],
  ] as const;
  for (const [odd, message] of rules) {
    const script = [Float32Array.of(0, 0), odd];
    const envs = new VectorEnv(() => new ScriptedEnv(space, new Discrete(1), script, UNMASKED), 1);
    envs.reset({ seed: 0 });
    assertThrows(() => envs.step([0]), RangeError, `Cannot step a VectorEnv: observation ${message}`);
  }
});
