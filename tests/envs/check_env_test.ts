import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  Box,
  checkEnv,
  Discrete,
  envIds,
  envSpec,
  Generator,
  makeEnv,
  MountainCar,
  type ResetOptions,
  TimeLimit,
} from "../../envs/mod.ts";
import { Corridor } from "./_corridor.ts";
import { DotEnv } from "./_dot_env.ts";

Deno.test("checkEnv accepts every environment of this library, with and without its limit", () => {
  for (const id of envIds()) {
    checkEnv(makeEnv<string>(id), { steps: 250 });
    checkEnv(envSpec(id).create({}), { steps: 250 });
  }
});

Deno.test("checkEnv accepts images", () => {
  checkEnv(new DotEnv());
  checkEnv(new TimeLimit(new DotEnv(), 5));
});

Deno.test("checkEnv refuses images of the wrong type, out of bounds, or that are the state", () => {
  const state = new Uint8Array(12);
  const rules: readonly (readonly [show: (image: Uint8Array) => unknown, text: string])[] = [
    [(image) => Float32Array.from(image), "got Float32Array of length 12 (return a Uint8Array)"],
    [(image) => image.subarray(1), "(3, 4, 1), uint8), got [0, 0, 0"],
    [(image) => (state.set(image), state), "must leave earlier ones unchanged"],
  ];
  for (const [show, text] of rules) {
    const env = new DotEnv();
    const [reset, step] = [env.reset.bind(env), env.step.bind(env)];
    const changed = <R extends { observation: Uint8Array }>(result: R) => ({
      ...result,
      observation: show(result.observation),
    });
    Object.defineProperty(env, "reset", { value: (options: ResetOptions) => changed(reset(options)) });
    Object.defineProperty(env, "step", { value: (action: number) => changed(step(action)) });
    assertThrows(() => checkEnv(env), Error, text);
  }
});

Deno.test("checkEnv accepts the guide's environment, and one whose masks fit", () => {
  checkEnv(new Corridor());
  checkEnv(new TimeLimit(new Corridor(), 5));
  checkEnv(spoiled((env) => withMask(env, () => Uint8Array.of(0, 1))));
});

type Members = Readonly<Record<string, unknown>>;
type Result = ReturnType<Corridor["step"]>;

/** A corridor some of whose members are others. */
function spoiled(members: (env: Corridor) => Members): Corridor {
  const env = new Corridor();
  for (const [name, value] of Object.entries(members(env))) Object.defineProperty(env, name, { value });
  return env;
}

/** A corridor whose steps return something else. */
const stepping = (change: (result: Result, env: Corridor) => unknown) =>
  spoiled((env) => {
    const step = env.step.bind(env);
    return { step: (action: number) => change(step(action), env) };
  });

/** A corridor whose resets return something else. */
const resetting = (change: (result: ReturnType<Corridor["reset"]>) => unknown) =>
  spoiled((env) => {
    const reset = env.reset.bind(env);
    return { reset: (options: { seed?: number }) => change(reset(options)) };
  });

function withMask(env: Corridor, mask: () => unknown): Members {
  const [reset, step] = [env.reset.bind(env), env.step.bind(env)];
  return {
    offersActionMask: true,
    reset: (options: { seed?: number }) => ({ ...reset(options), info: { actionMask: mask() } }),
    step: (action: number) => ({ ...step(action), info: { actionMask: mask() } }),
  };
}

const scene = (change: Members) =>
  spoiled((env) => ({ render: () => ({ ...new Corridor().render(), ...change, env: env.id }) }));

const circle = { kind: "circle", x: 0, y: 0, radius: 1 };
const kept = new Float32Array(1);
const keptMask = Uint8Array.of(1, 1);
const keptPair = [new Float32Array(1), new Float32Array(1)] as const;
const keptMasks = [Uint8Array.of(1, 1), Uint8Array.of(1, 1)] as const;
let turn = 0;

/** Everything that can be wrong, and what is said about it. */
const BROKEN: readonly (readonly [what: string, make: () => unknown, text: string])[] = [
  ["no object", () => 3, "it must be an object, got 3"],
  ["no id", () => spoiled(() => ({ id: undefined })), "id must be a name, got undefined"],
  ["no render", () => spoiled(() => ({ render: undefined })), "render must be a method, got undefined"],
  [
    "no space",
    () => spoiled(() => ({ actionSpace: undefined })),
    "actionSpace must be a space, got undefined",
  ],
  [
    "half a space",
    () => spoiled(() => ({ observationSpace: { sample() {} } })),
    "observationSpace must be a space",
  ],
  [
    "a space without its own samples",
    () =>
      spoiled(() => ({
        observationSpace: Object.defineProperty(new Box(0, 1, { shape: [1] }), "contains", {
          value: () => false,
        }),
      })),
    "observationSpace must contain what it samples",
  ],
  [
    "a bad limit",
    () => spoiled(() => ({ maxEpisodeSteps: 0.5 })),
    "maxEpisodeSteps must be undefined or a whole",
  ],
  [
    "masks for vectors",
    () => spoiled(() => ({ actionSpace: new Box(0, 1, { shape: [1] }), offersActionMask: true })),
    "offersActionMask must be false for a Box of actions",
  ],
  [
    "a step before the first reset",
    () => {
      const env = new Corridor();
      env.reset();
      return env;
    },
    "step() must throw before the first reset()",
  ],
  ["a reset that throws", () =>
    resetting(() => {
      throw new Error("Boom");
    }), "got Error: Boom"],
  ["a reset of nothing", () => resetting(() => undefined), "reset() must return an object, got undefined"],
  [
    "a bare observation from reset",
    () => resetting(({ observation }) => observation),
    "reset() must return an object, got Float32Array of length 1",
  ],
  [
    "a reset without info",
    () => resetting(({ observation }) => ({ observation })),
    "info of reset() must be an object, got undefined",
  ],
  [
    "a reset outside the space",
    () => resetting(({ info }) => ({ observation: Float32Array.of(3), info })),
    "observation of reset() must be in Box(-1.0, 1.0, (1,), float32), got [3] (widen the bounds",
  ],
  [
    "an array of numbers",
    () => resetting(({ observation, info }) => ({ observation: [...observation], info })),
    "got Array of length 1 (return a Float32Array)",
  ],
  [
    "a seed that is not heard",
    () =>
      spoiled((env) => {
        const reset = env.reset.bind(env);
        return { reset: () => reset() };
      }),
    "reset({ seed: 123 }) must give the same twice",
  ],
  [
    "a step of nothing",
    () => stepping(() => [0, 1, false]),
    "step() must return an object, got Array of length 3",
  ],
  [
    "a step that throws",
    () =>
      stepping(() => {
        throw new TypeError("Boom");
      }),
    "step() must take every element of actionSpace, got TypeError: Boom",
  ],
  [
    "an observation outside the space",
    () => stepping((result) => ({ ...result, observation: Float32Array.of(NaN) })),
    "observation of step() must be in Box(-1.0, 1.0, (1,), float32), got [NaN]",
  ],
  [
    "a reward that is NaN",
    () => stepping((result) => ({ ...result, reward: NaN })),
    "reward of step() must be a finite number, got NaN",
  ],
  [
    "a reward as text",
    () => stepping((result) => ({ ...result, reward: "1" })),
    "reward of step() must be a finite number, got 1",
  ],
  [
    "a flag that is a number",
    () => stepping((result) => ({ ...result, terminated: 0 })),
    "terminated of step() must be true or false, got 0",
  ],
  [
    "no truncated",
    () => stepping(({ truncated: _, ...result }) => result),
    "truncated of step() must be true or false, got undefined",
  ],
  [
    "no info",
    () => stepping((result) => ({ ...result, info: null })),
    "info of step() must be an object, got null",
  ],
  [
    "a step after the end",
    () =>
      stepping((result, env) => {
        if (result.terminated) env.reset();
        return result;
      }),
    "step() must throw after the end of an episode",
  ],
  [
    "an impossible action that passes",
    () =>
      spoiled((env) => {
        const step = env.step.bind(env);
        return { step: (action: number) => step(action > 0 ? 1 : 0) };
      }),
    "step() must throw for an impossible action, got no error for -1",
  ],
  [
    "a reward beyond float32",
    () => stepping((result) => ({ ...result, reward: 1e39 })),
    "reward of step() must be finite in float32, got 1e+39 (networks and tables are float32: divide it",
  ],
  [
    "chance from elsewhere",
    () => {
      const elsewhere = new Generator(0);
      return stepping((result) => ({ ...result, reward: elsewhere.random() }));
    },
    "the same seed and actions must give the same episodes",
  ],
  [
    "one array for all observations",
    () =>
      stepping((result) => {
        kept.set(result.observation);
        return { ...result, observation: kept };
      }),
    "must leave earlier ones unchanged",
  ],
  [
    "two arrays in turn for all observations",
    () =>
      stepping((result) => {
        const observation = keptPair[turn++ % 2]!;
        observation.set(result.observation);
        return { ...result, observation };
      }),
    "observation of step() must leave earlier ones unchanged",
  ],
  [
    "two arrays in turn for all masks",
    () =>
      spoiled((env) =>
        withMask(env, () => {
          const mask = keptMasks[turn++ % 2]!;
          mask[1] = 1 - mask[1]!;
          return mask;
        })
      ),
    "must leave earlier ones unchanged",
  ],
  [
    "the observation as state",
    () =>
      stepping((result) => {
        const reward = Number.isNaN(lastShown[0]) ? 5 : result.reward;
        lastShown = result.observation;
        return { ...result, reward };
      }),
    "writing to a returned observation must change nothing",
  ],
  [
    "a mask that was not announced",
    () => spoiled((env) => ({ ...withMask(env, () => Uint8Array.of(1, 1)), offersActionMask: undefined })),
    "offersActionMask must be true if info has an actionMask, got undefined",
  ],
  [
    "a mask of the wrong length",
    () => spoiled((env) => withMask(env, () => Uint8Array.of(1))),
    "actionMask of reset() must be a Uint8Array of 2 zeros and ones, got Uint8Array of length 1",
  ],
  [
    "a mask of booleans",
    () => spoiled((env) => withMask(env, () => [true, false])),
    "actionMask of reset() must be a Uint8Array of 2 zeros and ones, got Array of length 2",
  ],
  [
    "no mask where one was announced",
    () => spoiled(() => ({ offersActionMask: true })),
    "actionMask of reset() must be a Uint8Array of 2 zeros and ones, got undefined",
  ],
  [
    "one array for all masks",
    () =>
      spoiled((env) =>
        withMask(env, () => {
          keptMask[1] = 1 - keptMask[1]!;
          return keptMask;
        })
      ),
    "actionMask of reset() must leave earlier ones unchanged",
  ],
  [
    "a snapshot that JSON spoils",
    () =>
      spoiled((env) => {
        const snapshot = env.snapshot.bind(env);
        return { snapshot: () => ({ ...snapshot(), position: Float64Array.of(1) }) };
      }),
    "snapshot() must be of plain JSON values",
  ],
  [
    "a snapshot that changes",
    () => {
      const shared: Record<string, unknown> = {};
      return spoiled((env) => {
        const [snapshot, step] = [env.snapshot.bind(env), env.step.bind(env)];
        return {
          snapshot: () => Object.assign(shared, snapshot()),
          step: (action: number) => {
            const result = step(action);
            if ("position" in shared) shared["position"] = result.observation[0];
            return result;
          },
        };
      });
    },
    "snapshot() must not change",
  ],
  [
    "a snapshot without the stream",
    () =>
      spoiled((env) => {
        const restore = env.restore.bind(env);
        return {
          restore: (saved: ReturnType<Corridor["snapshot"]>) =>
            restore({ ...saved, generator: new Generator(0).snapshot() }),
        };
      }),
    "restore() must continue as the environment itself did",
  ],
  [
    "a picture of nothing",
    () => spoiled(() => ({ render: () => undefined })),
    "render() must return a scene",
  ],
  ["a picture that throws", () =>
    spoiled(() => ({
      render: () => {
        throw new Error("Boom");
      },
    })), "got Error: Boom"],
  ["a picture without width", () => scene({ width: 0 }), "render().width must be a number, above 0, got 0"],
  ["a picture from nowhere", () => scene({ x: NaN }), "render().x must be a number, finite, got NaN"],
  ["a picture without words", () => scene({ description: "" }), 'render().description must be text, got ""'],
  [
    "shapes that are no array",
    () => scene({ shapes: {} }),
    "render().shapes must be an array, got an object",
  ],
  ["a shape that is none", () => scene({ shapes: [3] }), "render().shapes[0] must be an object, got 3"],
  [
    "an unknown shape",
    () => scene({ shapes: [circle, { kind: "star" }] }),
    'render().shapes[1].kind must be one of rectangle, circle, line, polygon, got "star"',
  ],
  [
    "a circle without a radius",
    () => scene({ shapes: [{ ...circle, radius: undefined }] }),
    "render().shapes[0].radius must be a finite number, got undefined",
  ],
  [
    "a line with half a point",
    () => scene({ shapes: [{ kind: "line", points: [0, 0, 1] }] }),
    "render().shapes[0].points must be x0, y0, x1, y1, …, got Array of length 3",
  ],
  [
    "a polygon out of bounds",
    () => scene({ shapes: [{ kind: "polygon", points: [0, 0, Infinity, 1] }] }),
    "render().shapes[0].points must be finite numbers, got Infinity",
  ],
];

/** What a corridor that looks at its last observation showed last. */
let lastShown = new Float32Array(1);

for (const [what, make, text] of BROKEN) {
  Deno.test(`checkEnv refuses ${what}`, () => {
    lastShown = new Float32Array(1);
    const error = assertThrows(() => Reflect.apply(checkEnv, undefined, [make()]), Error, text);
    assert(
      /^Cannot use .+: .+, got .+ \(.+\)$|^Cannot use this environment: .+/.test(error.message),
      error.message,
    );
  });
}

Deno.test("checkEnv refuses vectors of the wrong length or not finite that pass", () => {
  const car = new MountainCar();
  const space = new Box(-1, 1, { shape: [1] });
  const forgiving = Object.create(car, {
    actionSpace: { value: space },
    reset: { value: (options?: { seed?: number }) => car.reset(options) },
    step: { value: (action: Float32Array) => car.step(action[0]! > 0 ? 2 : 0) },
  });
  assertThrows(() => checkEnv(forgiving, { steps: 20 }), RangeError, "got no error for a vector of length 2");
});

Deno.test("checkEnv refuses numbers of steps that are none", () => {
  for (const steps of [0, 1.5, NaN]) {
    assertThrows(
      () => checkEnv(new Corridor(), { steps }),
      RangeError,
      `Cannot check an environment: steps must be a whole number from 1, got ${steps}`,
    );
  }
  assertEquals(checkEnv(new Corridor(), { steps: 1 }), undefined);
});

Deno.test("checkEnv takes Discrete observations", () => {
  const counting = spoiled((env) => {
    const [reset, step] = [env.reset.bind(env), env.step.bind(env)];
    const whole = ({ observation }: { observation: Float32Array }) => (observation[0]! > 0 ? 1 : 0);
    return {
      observationSpace: new Discrete(2),
      reset: (options: { seed?: number }) => ({ observation: whole(reset(options)), info: {} }),
      step: (action: number) => {
        const result = step(action);
        return { ...result, observation: whole(result) };
      },
    };
  });
  checkEnv(counting);
});
