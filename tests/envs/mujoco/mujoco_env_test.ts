import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { compiledModel, loadedEngine } from "../../../envs/mujoco/_engine.ts";
import { HOPPER_MODEL } from "../../../envs/mujoco/_hopper_model.ts";
import {
  Ant,
  HalfCheetah,
  Hopper,
  InvertedDoublePendulum,
  loadMujoco,
  type MujocoEnv,
  Reacher,
  Swimmer,
} from "../../../envs/mujoco/mod.ts";
import {
  checkEnv,
  type Env,
  type EnvSnapshot,
  makeEnv,
  makeVectorEnv,
  sceneToSvg,
} from "../../../envs/mod.ts";
import { MUJOCO_IDS } from "./_recording.ts";

await loadMujoco();

const throughJson = (snapshot: EnvSnapshot): EnvSnapshot => JSON.parse(JSON.stringify(snapshot));

/** Acts by the action space's own stream, across episodes, and lists everything that came out. */
function play(env: Env, steps: number): unknown[] {
  return Array.from({ length: steps }, () => {
    const action = env.actionSpace.sample();
    const result = env.step(action);
    return [action, result, result.terminated || result.truncated ? env.reset() : undefined];
  });
}

for (const id of MUJOCO_IDS) {
  Deno.test(`${id} passes checkEnv`, () => {
    checkEnv(makeEnv<string>(id), { steps: 200 });
    checkEnv(makeEnv<string>(id, { maxEpisodeSteps: 7 }), { steps: 60 });
  });

  Deno.test(`${id} continues from a snapshot bit for bit, and a picture changes nothing`, () => {
    for (const steps of [0, 1, 5, 40]) {
      const env: Env = makeEnv<string>(id, { maxEpisodeSteps: 30 });
      env.actionSpace.seed(steps);
      env.reset({ seed: steps });
      play(env, steps);
      const saved = throughJson(env.snapshot());
      const picture = env.render();
      assertEquals(env.render(), picture);
      assertEquals(env.snapshot(), saved);
      const other: Env = makeEnv<string>(id, { maxEpisodeSteps: 30 });
      if (steps === 1) other.reset({ seed: 9 });
      other.restore(saved);
      assertEquals(other.snapshot(), saved);
      assertEquals(other.render().shapes, picture.shapes);
      assertEquals(play(other, 60), play(env, 60));
      assertEquals(other.snapshot(), env.snapshot());
    }
    const fresh: Env = makeEnv<string>(id);
    const other: Env = makeEnv<string>(id);
    other.reset({ seed: 4 });
    other.restore(throughJson(fresh.snapshot()));
    assertThrows(() => other.step(other.actionSpace.sample()), Error, "reset must be called first");
    assertEquals(other.render(), fresh.render());
  });

  Deno.test(`${id} gives the same bits in a vector of copies`, () => {
    const envs = makeVectorEnv<string>(id, 2, { maxEpisodeSteps: 20 });
    envs.reset({ seed: 5 });
    const single: Env = makeEnv<string>(id, { maxEpisodeSteps: 20 });
    const first = single.reset({ seed: 5 });
    assert(first.observation instanceof Float32Array);
    const { length } = first.observation;
    assertEquals([...envs.observations.slice(0, length)], [...first.observation]);
    single.actionSpace.seed(2);
    for (let i = 0; i < 50; i++) {
      const action = single.actionSpace.sample();
      assert(action instanceof Float32Array);
      envs.step(Float32Array.of(...action, ...action));
      const { observation, reward, terminated, truncated } = single.step(action);
      assertEquals([envs.terminated[0], envs.truncated[0]], [Number(terminated), Number(truncated)]);
      const next = terminated || truncated ? single.reset().observation : observation;
      assertEquals(envs.observations.slice(0, length), next);
      assertEquals(Math.fround(envs.rewards[0]!), Math.fround(reward));
    }
  });

  Deno.test(`${id} draws its body, and describes its position`, () => {
    const env: Env = makeEnv<string>(id);
    const still = sceneToSvg(env.render());
    env.reset({ seed: 3 });
    const { shapes, description } = env.render();
    assertGreater(shapes.length, 4);
    assert(/^(Hopper|Walker2d|HalfCheetah|An? )/.test(description), description);
    assert(sceneToSvg(env.render()) !== still);
  });
}

Deno.test("a body that moves far is still in the middle of its picture", () => {
  const env = new Swimmer();
  env.reset({ seed: 0 });
  const saved = throughJson(env.snapshot());
  const state = Object(saved)["state"];
  env.restore({ ...saved, state: [state[0], 100, -50, ...state.slice(3)] });
  const { x, y, width, height } = env.render();
  assert(Math.abs(x + width / 2 - 100) < 1 && Math.abs(y + height / 2 + 50) < 1);
});

Deno.test("bad snapshots are refused, and nothing changes", () => {
  const env = new Hopper();
  env.reset({ seed: 0 });
  env.step(Float32Array.of(0.1, 0.2, 0.3));
  const good = throughJson(env.snapshot());
  const { settings, state } = Object(good);
  const with_ = (index: number, value: unknown) => state.with(index, value);
  const bad: [change: Record<string, unknown>, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [{ id: "Walker2d-v5" }, RangeError, 'id must be "Hopper-v5", got "Walker2d-v5"'],
    [{ settings: { ...settings, mujoco: "3.13.0" } }, RangeError, 'mujoco must be 3.14.0, got "3.13.0"'],
    [{ settings: { ...settings, healthyReward: 2 } }, RangeError, "healthyReward must be 1, got 2"],
    [{ state: state.slice(1) }, TypeError, `state must be an array of length ${state.length}`],
    [{ state: with_(3, "1") }, TypeError, 'state must be of numbers, got "1"'],
    [{ state: with_(3, null) }, TypeError, "state must be of numbers, got null"],
    [{ state: with_(3, NaN) }, RangeError, "state 3 must be from "],
    [{ state: with_(3, Infinity) }, RangeError, "state 3 must be from "],
    [{ phase: "ended" }, RangeError, 'phase must fit the state, got "ended"'],
    [{ state: with_(2, 0.6) }, RangeError, 'phase must fit the state, got "running"'],
    [{ generator: null }, TypeError, "generator must be an object, got null"],
  ];
  for (const [change, kind, text] of bad) {
    const error = assertThrows(() => env.restore({ ...good, ...change }), kind, text);
    assert(error.message.startsWith("Cannot restore Hopper-v5: "), error.message);
    assertEquals(env.snapshot(), good);
  }
});

Deno.test("the zero below zero survives a snapshot", () => {
  const env = new Hopper();
  env.reset({ seed: 0 });
  env.step(Float32Array.of(-0, 0.5, -0));
  const saved = throughJson(env.snapshot());
  assert(JSON.stringify(saved).includes('"-0"'));
  const other = new Hopper();
  other.restore(saved);
  assertEquals(other.snapshot(), saved);
});

Deno.test("bad actions are refused", () => {
  const env = new Hopper();
  const action = new Float32Array(3);
  assertThrows(() => env.step(action), Error, "Cannot step Hopper-v5: reset must be called first");
  env.reset({ seed: 0 });
  const before = env.snapshot();
  const length = "action must be a Float32Array of length 3, got";
  for (const wrong of [new Float32Array(2), new Float32Array(4), [0, 0, 0], new Float64Array(3), undefined]) {
    assertThrows(() => Reflect.apply(env.step, env, [wrong]), TypeError, length);
  }
  for (const odd of [NaN, Infinity, -Infinity]) {
    assertThrows(() => env.step(Float32Array.of(0, odd, 0)), RangeError, "action must be of finite numbers");
  }
  const into = "into must be a Float32Array of length 11, got";
  assertThrows(() => env.stepInto(action, new Float32Array(10)), TypeError, into);
  assertThrows(() => env.resetInto(new Float32Array(12)), TypeError, into);
  assertThrows(() => env.reset({ seed: -1 }), RangeError, "got -1");
  assertEquals(env.snapshot(), before);
});

Deno.test("an action beyond its bounds drives the motors as if clipped, but costs its full value", () => {
  const [beyond, at] = [new Hopper(), new Hopper()];
  beyond.reset({ seed: 0 });
  at.reset({ seed: 0 });
  const far = beyond.step(Float32Array.of(3, -3, 0));
  const near = at.step(Float32Array.of(1, -1, 0));
  assertEquals(far.observation, near.observation);
  assertEquals([far.info["rewardCtrl"], near.info["rewardCtrl"]], [
    -Math.fround(Math.fround(0.001) * 18),
    -Math.fround(0.002),
  ]);
});

Deno.test("options weigh the parts of the reward, and refuse nonsense", () => {
  const info = (env: MujocoEnv) => {
    env.reset({ seed: 0 });
    return env.step(env.actionSpace.high.slice()).info;
  };
  const plain = info(new HalfCheetah());
  const weighed = info(new HalfCheetah({ forwardRewardWeight: 2, ctrlCostWeight: 0 }));
  assertEquals(weighed["xVelocity"], plain["xVelocity"]);
  assertEquals([weighed["rewardForward"], weighed["rewardCtrl"]], [2 * Number(plain["xVelocity"]), -0]);
  assertEquals(info(new Hopper({ healthyReward: 5 }))["rewardSurvive"], 5);
  assertEquals(info(new InvertedDoublePendulum({ healthyReward: 3 }))["rewardSurvive"], 3);
  assertEquals(info(new Reacher({ rewardDistWeight: 0 }))["rewardDist"], -0);
  assertEquals(info(new Ant({ contactCostWeight: 0 }))["rewardContact"], -0);
  const still = new Hopper({ resetNoiseScale: 0 });
  assertEquals([...still.reset().observation], [1.25, ...Array(10).fill(0)]);
  const falling = new Hopper({ terminateWhenUnhealthy: false });
  falling.reset({ seed: 0 });
  for (let i = 0; i < 200; i++) assertEquals(falling.step(Float32Array.of(1, -1, 1)).terminated, false);
  assertEquals(falling.step(new Float32Array(3)).info["rewardSurvive"], 0);

  const bad: [options: Record<string, unknown>, kind: typeof TypeError | typeof RangeError, text: string][] =
    [
      [{ forwardRewardWeight: "1" }, TypeError, 'forwardRewardWeight must be a number, got "1"'],
      [{ ctrlCostWeight: NaN }, RangeError, "ctrlCostWeight must be finite, got NaN"],
      [{ resetNoiseScale: -1 }, RangeError, "resetNoiseScale must be at least 0, got -1"],
      [{ terminateWhenUnhealthy: 1 }, TypeError, "terminateWhenUnhealthy must be true or false, got 1"],
      [{ contactCostWeight: 1 }, TypeError, "options must be among "],
    ];
  for (const [options, kind, text] of bad) {
    const error = assertThrows(() => makeEnv<string>("Hopper-v5", options), kind, text);
    assert(error.message.startsWith("Cannot make Hopper-v5: "));
  }
});

Deno.test("views are fetched again when the engine's memory grows", () => {
  const engine = loadedEngine();
  assert(engine !== undefined);
  const play = (grow: boolean) => {
    const env = new HalfCheetah();
    env.reset({ seed: 1 });
    return Array.from({ length: 6 }, (_, i) => {
      // More than the memory at the start can hold.
      const large = grow ? Array.from({ length: 4 }, () => new engine.DoubleBuffer(4_000_000)) : [];
      const result = env.step(new Float32Array(6).fill(0.1 * i));
      for (const buffer of large) buffer.delete();
      return result;
    });
  };
  assertEquals(play(true), play(false));
});

Deno.test("a closed environment gives its memory back, and starts again", () => {
  const engine = loadedEngine();
  assert(engine !== undefined);
  const address = () => {
    const data = new engine.MjData(compiledModel(engine, HOPPER_MODEL));
    const { byteOffset } = data.qpos;
    data.delete();
    return byteOffset;
  };
  const before = address();
  const env = new Hopper();
  const first = env.reset({ seed: 2 });
  assert(address() !== before);
  for (let i = 0; i < 300; i++) {
    env.close();
    env.reset({ seed: i });
  }
  env.close();
  // The place is free again: nothing of 300 episodes is left.
  assertEquals(address(), before);
  env.close();
  assertThrows(() => env.step(new Float32Array(3)), Error, "reset must be called first");
  assertEquals(env.reset({ seed: 2 }), first);
});
