import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { OnnxPolicy, type OnnxPolicyOptions, type OnnxSession } from "../../agents/onnx_policy.ts";

class Tensor {
  constructor(readonly type: string, readonly data: unknown, readonly dims: readonly number[]) {}
}

/** A session whose Q-values are the observation times each of three factors. */
function session(changes: Partial<OnnxSession<Tensor>> = {}): OnnxSession<Tensor> {
  return {
    inputNames: ["observation"],
    outputNames: ["q_values"],
    run({ observation }) {
      const { data, dims } = observation!;
      assertEquals(dims.length, 2);
      if (!(data instanceof Float32Array)) throw new Error("no Float32Array");
      const [rows = 0, columns = 0] = dims;
      const values = Array.from({ length: rows }, (_, r) => [1, 2, -1].map((f) => f * data[r * columns]!));
      return Promise.resolve({
        q_values: new Tensor("float32", Float32Array.from(values.flat()), [rows, 3]),
      });
    },
    ...changes,
  };
}

const answering = (data: unknown, dims: readonly number[], options: OnnxPolicyOptions = {}) =>
  new OnnxPolicy(
    session({ run: () => Promise.resolve({ q_values: new Tensor("float32", data, dims) }) }),
    Tensor,
    options,
  );

Deno.test("the best action is taken, of equal ones the first, counted from the first action", async () => {
  const policy = new OnnxPolicy(session(), Tensor);
  assertEquals(await policy.act(Float32Array.of(1, 9)), 1);
  assertEquals(await policy.act(Float32Array.of(-1, 9)), 2);
  assertEquals(await policy.act(Float32Array.of(0, 9)), 0);
  assertEquals(await new OnnxPolicy(session(), Tensor, { firstAction: 10 }).act(Float32Array.of(1)), 11);
  assertEquals(await answering(Float32Array.of(1, 3, 3), [1, 3]).act(new Float32Array(1)), 1);
});

Deno.test("the best allowed action is taken; an all-zero mask allows every action", async () => {
  const policy = new OnnxPolicy(session(), Tensor, { firstAction: 10 });
  const act = (...mask: number[]) => policy.act(Float32Array.of(1), { actionMask: Uint8Array.from(mask) });
  assertEquals([await act(1, 1, 1), await act(1, 0, 1), await act(0, 0, 1)], [11, 10, 12]);
  assertEquals([await act(0, 0, 0), await act(), await act(2, 0, 255)], [11, 11, 10]);
  for (const mask of [[1, 1], [0, 0], [0, 0, 0, 0]]) {
    await assertRejects(
      () => act(...mask),
      TypeError,
      `the action mask must have 3 elements, got ${mask.length}`,
    );
  }
});

Deno.test("of several parts each takes its best allowed value, of equal ones the first", async () => {
  const values = () => answering(Float32Array.of(1, 3, 3, 5, 4), [1, 5], { actionParts: [3, 2] });
  const none = new Float32Array(1);
  const masked = (...mask: number[]) => values().actParts(none, { actionMask: Uint8Array.from(mask) });
  assertEquals(await values().actParts(none), Int32Array.of(1, 0));
  assertEquals(await masked(1, 0, 1, 0, 1), Int32Array.of(2, 1));
  assertEquals(await masked(1, 0, 0, 0, 0), Int32Array.of(0, 0));
  assertEquals(await masked(), Int32Array.of(1, 0));
  await assertRejects(() => masked(1, 1), TypeError, "the action mask must have 5 elements, got 2");
  const started = answering(Float32Array.of(1, 3, 3, 5, 4), [1, 5], {
    actionParts: [3, 2],
    firstAction: [-1, 4],
  });
  assertEquals(await started.actParts(none), Int32Array.of(0, 4));
  const needsParts = "actions must be of one number, got 2 parts (use actParts)";
  await assertRejects(() => values().act(none), TypeError, needsParts);
  await assertRejects(() => values().actBatch([none]), TypeError, needsParts);
  const whole = answering(Float32Array.of(1, 3), [1, 2]);
  await assertRejects(() => whole.actParts(none), TypeError, "actionParts must be given to an OnnxPolicy");
  const odd = answering(Float32Array.of(1, 3), [1, 2], { actionParts: [2, 1] });
  await assertRejects(
    () => odd.actParts(none),
    TypeError,
    "q_values must have 3 columns for the parts 2,1, got 2",
  );
  const parts: [number[], string][] = [[[], "got none"], [[2, 0], "got 2,0"], [[1.5], "got 1.5"]];
  for (const [actionParts, got] of parts) {
    const rule = `actionParts must be whole numbers from 1, ${got}`;
    assertThrows(() => new OnnxPolicy(session(), Tensor, { actionParts }), RangeError, rule);
  }
  assertThrows(
    () => new OnnxPolicy(session(), Tensor, { actionParts: [2, 1], firstAction: [1] }),
    TypeError,
    "firstAction must be one number, or one for each of 2 parts, got 1",
  );
});

Deno.test("answers that are not numbers, and first actions that are not whole, are refused", async () => {
  const nan = answering(Float32Array.of(1, NaN, 3), [1, 3]);
  await assertRejects(() => nan.act(new Float32Array(1)), RangeError, "q_values must be numbers, got NaN");
  for (const firstAction of [NaN, 0.5, 2 ** 53, Infinity]) {
    assertThrows(() => new OnnxPolicy(session(), Tensor, { firstAction }), RangeError, "firstAction must be");
  }
});

Deno.test("several observations take one run of the model", async () => {
  let runs = 0;
  const { run, ...rest } = session();
  const counted = {
    ...rest,
    run: (feeds: Parameters<typeof run>[0]) => {
      runs++;
      return run(feeds);
    },
  };
  const policy = new OnnxPolicy(counted, Tensor);
  const observations = [Float32Array.of(1, 0), Float32Array.of(-2, 0), Float32Array.of(0, 0)];
  assertEquals(await policy.actBatch(observations), [1, 2, 0]);
  const values = [Float32Array.of(1, 2, -1), Float32Array.of(-2, -4, 2), Float32Array.of(0, 0, -0)];
  assertEquals(await policy.qValuesBatch(observations), values);
  assertEquals(await policy.qValues(observations[1]!), values[1]);
  assertEquals(runs, 3);
});

Deno.test("a model needs one input and an output to act by, which may have any names", async () => {
  const create = (changes: Partial<OnnxSession<Tensor>>, options = {}) => () =>
    new OnnxPolicy(session(changes), Tensor, options);
  const begin = "Cannot create an OnnxPolicy:";
  assertThrows(
    create({ inputNames: ["a", "b"] }),
    TypeError,
    `${begin} the model must have one input, got a, b`,
  );
  assertThrows(create({ inputNames: [] }), TypeError, "must have one input, got none");
  assertThrows(create({ outputNames: [] }), TypeError, "must name one of the model's outputs, none");
  assertThrows(create({ outputNames: ["a", "b"] }), TypeError, "must name one of the model's outputs, a, b");
  assertThrows(create({}, { output: "c" }), TypeError, "the model must have the output c, got q_values");
  assertThrows(
    create({ inputMetadata: [{ name: "observation", type: "float16", shape: ["n", 2] }] }),
    TypeError,
    "the input observation must be float32 or uint8, got float16",
  );
  for (const shape of [[4], ["n", "a", "b"]]) {
    assertThrows(
      create({ inputMetadata: [{ name: "observation", shape }] }),
      TypeError,
      "the input observation must be of shape (batch, elements), got (",
    );
  }
  for (const actions of [0, 0.5, NaN]) {
    assertThrows(create({}, { actions }), RangeError, "actions must be a whole number from 1");
  }
  assertEquals(create({ outputNames: ["value", "q_values"] })().output, "q_values");
  assertEquals(create({ outputNames: ["7"] })().output, "7");
  const renamed = new OnnxPolicy(
    session({
      inputNames: ["obs"],
      outputNames: ["logits", "value"],
      run: ({ obs }) =>
        Promise.resolve({ logits: new Tensor("float32", Float32Array.of(1, 2), [obs!.dims[0]!, 2]) }),
    }),
    Tensor,
    { output: "logits" },
  );
  assertEquals(await renamed.act(new Float32Array(3)), 1);
});

Deno.test("observations are given the input's shape, and fixed batches are filled up", async () => {
  const shapes: (readonly number[])[] = [];
  const shaped = (shape: (number | string)[]) =>
    new OnnxPolicy(
      session({
        inputMetadata: [{ name: "observation", type: "float32", shape }],
        run: ({ observation }) => {
          shapes.push(observation!.dims);
          const rows = observation!.dims[0]!;
          const data = Float32Array.from({ length: 2 * rows }, (_, i) => i % 2 === 0 ? 0 : i);
          return Promise.resolve({ q_values: new Tensor("float32", data, [rows, 2]) });
        },
      }),
      Tensor,
    );
  const six = Array.from({ length: 6 }, () => new Float32Array(8));
  assertEquals((await shaped(["n", 2, 4]).actBatch(six)).length, 6);
  assertEquals((await shaped([4, 2, 4]).actBatch(six)).length, 6);
  assertEquals((await shaped([1, 2, "rest"]).qValuesBatch(six.slice(0, 2))).length, 2);
  assertEquals(shapes, [[6, 2, 4], [4, 2, 4], [4, 2, 4], [1, 2, 4], [1, 2, 4]]);
  shapes.length = 0;
  await shaped([]).actBatch(six);
  await shaped([2 ** 32 - 1, 8]).actBatch(six); // -1 in the model
  assertEquals(shapes, [[6, 8], [6, 8]]);
  assertEquals([shaped(["n", 2, 4]).observationLength, shaped(["n", 2, "rest"]).observationLength], [
    8,
    undefined,
  ]);
  await assertRejects(
    () => shaped(["n", 3, "rest"]).act(new Float32Array(8)),
    TypeError,
    "must fill (3, NaN)",
  );
});

Deno.test("an output of whole numbers is the action itself", async () => {
  const choosing = (data: unknown, dims: number[], options = { actions: 3, firstAction: 10 }) =>
    new OnnxPolicy(
      session({ run: () => Promise.resolve({ q_values: new Tensor("float32", data, dims) }) }),
      Tensor,
      options,
    );
  const policy = choosing(BigInt64Array.of(2n), [1]);
  assertEquals(await policy.act(new Float32Array(1)), 12);
  assertEquals([...await policy.qValues(new Float32Array(1))], [0, 0, 1]);
  assertEquals(await choosing(Int32Array.of(1), [1, 1]).act(new Float32Array(1)), 11);
  assertEquals(await policy.act(new Float32Array(1), { actionMask: Uint8Array.of(1, 1, 0) }), 10);
  const bad: [unknown, number[], string][] = [
    [BigInt64Array.of(3n), [1], "q_values must be from 0 to 2, got 3"],
    [BigInt64Array.of(-1n), [1], "must be from 0 to 2, got -1"],
    [BigInt64Array.of(1n, 1n), [2], "must be of shape (1) or (1, 1), got shape (2)"],
    [BigInt64Array.of(1n), [1, 1, 1], "must be of shape (1) or (1, 1), got shape (1, 1, 1)"],
  ];
  for (const [data, dims, message] of bad) {
    await assertRejects(() => choosing(data, dims).act(new Float32Array(1)), Error, message);
  }
  const unknown = new OnnxPolicy(
    session({ run: () => Promise.resolve({ q_values: new Tensor("float32", Int32Array.of(1), [1]) }) }),
    Tensor,
  );
  await assertRejects(() => unknown.act(new Float32Array(1)), TypeError, "the option actions must be given");
});

Deno.test("observations of the wrong shape are refused, whether or not the runtime reports the shape", async () => {
  const told = new OnnxPolicy(
    session({ inputMetadata: [{ name: "observation", shape: ["batch", 2] }] }),
    Tensor,
  );
  assertEquals(told.observationLength, 2);
  await assertRejects(
    () => told.act(new Float32Array(3)),
    TypeError,
    "Cannot act: the observation must have 2 elements, got 3",
  );
  const untold = new OnnxPolicy(session(), Tensor);
  assertEquals(untold.observationLength, undefined);
  const mixed = [new Float32Array(2), new Float32Array(3)];
  await assertRejects(() => untold.actBatch(mixed), TypeError, "must have 2 elements, got 3");
  await assertRejects(() => untold.actBatch([]), RangeError, "there must be at least one observation");
  await assertRejects(
    () => untold.qValues(Float32Array.of(1, NaN)),
    RangeError,
    "must be finite, got NaN at index 1",
  );
});

Deno.test("answers of the wrong shape are refused", async () => {
  const bad: [unknown, number[], string][] = [
    [new Float32Array(3), [3], "q_values must be float32 of shape (1, actions), got shape (3)"],
    [new Float32Array(6), [2, 3], "got shape (2, 3)"],
    [new Float32Array(2), [1, 3], "got shape (1, 3)"],
    [new Float32Array(0), [1, 0], "got shape (1, 0)"],
    [new Float64Array(3), [1, 3], "must be float32"],
  ];
  for (const [data, dims, message] of bad) {
    await assertRejects(() => answering(data, dims).act(new Float32Array(1)), TypeError, message);
  }
  const silent = new OnnxPolicy(session({ run: () => Promise.resolve({}) }), Tensor);
  await assertRejects(() => silent.act(new Float32Array(1)), TypeError, "got shape ()");
});

Deno.test("an image is passed in the model's shape, bytes as bytes", async () => {
  const seen: { type: string; dims: readonly number[] }[] = [];
  const image = (type: string) =>
    new OnnxPolicy(
      session({
        inputMetadata: [{ name: "observation", type, shape: ["batch", 2, 3, 1] }],
        run: ({ observation }) => {
          seen.push({ type: observation!.type, dims: observation!.dims });
          return Promise.resolve({ q_values: new Tensor("float32", new Float32Array(2), [1, 2]) });
        },
      }),
      Tensor,
    );
  assertEquals(image("uint8").observationLength, 6);
  await image("uint8").act(new Uint8Array(6));
  await image("float32").act(new Float32Array(6));
  assertEquals(seen, [{ type: "uint8", dims: [1, 2, 3, 1] }, { type: "float32", dims: [1, 2, 3, 1] }]);
  const wrong: [string, Float32Array | Uint8Array, string][] = [
    ["uint8", new Float32Array(6), "the observation must be of uint8, got one of float32"],
    ["float32", new Uint8Array(6), "the observation must be of float32, got one of uint8"],
    ["uint8", new Uint8Array(5), "the observation must have 6 elements, got 5"],
  ];
  for (const [type, observation, message] of wrong) {
    await assertRejects(() => image(type).act(observation), TypeError, message);
  }
});
