import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  decodeReplay,
  encodeReplay,
  Pcg32,
  ReplayBuffer,
  type ReplayBufferOptions,
  type ReplayRows,
  replayTransitions,
  Sha256,
} from "../../../agents/mod.ts";
import { decodeSafetensors, encodeSafetensors, type TypedTensor } from "../../../nn/mod.ts";

/** A buffer of some kind to which `count` transitions were added. */
function filled(options: ReplayBufferOptions, count: number, steps = 1): ReplayBuffer {
  const buffer = new ReplayBuffer(options);
  const { observationLength, maskLength = 0, actionParts = 0, bytes } = options;
  const random = Pcg32.seeded(7n);
  const observation = () =>
    bytes === undefined
      ? Float32Array.from({ length: observationLength }, () => random.next() - 0.5)
      : Uint8Array.from({ length: observationLength }, () => random.nextIndex(256));
  const mask = () => Uint8Array.from({ length: maskLength }, () => random.nextIndex(2));
  let next = observation();
  for (let k = 0; k < count; k++) {
    const before = next;
    next = observation();
    buffer.add({
      observation: before,
      action: actionParts === 0 ? k % 5 - 1 : Int32Array.from({ length: actionParts }, (_, i) => k + i),
      reward: k / 4 - 1,
      nextObservation: next,
      terminated: k % 3 === 0,
      truncated: k % 4 === 0,
      ...(maskLength === 0 ? {} : { actionMask: mask(), nextActionMask: mask() }),
      steps: 1 + k % steps,
    });
  }
  return buffer;
}

const KINDS: Readonly<Record<string, () => ReplayRows>> = {
  vectors: () => filled({ capacity: 10, observationLength: 3 }, 7).rows(),
  "overwritten vectors": () => filled({ capacity: 10, observationLength: 3 }, 27).rows(),
  "images of bytes": () => ({
    ...filled({ capacity: 9, observationLength: 24, bytes: { channels: 2, scale: 255 } }, 14).rows(),
    observationShape: [3, 4, 2],
  }),
  "masks, and actions in parts": () =>
    filled({ capacity: 5, observationLength: 2, maskLength: 6, actionParts: 2 }, 5).rows(),
  "several steps": () => filled({ capacity: 8, observationLength: 1 }, 8, 3).rows(),
};

for (const [kind, make] of Object.entries(KINDS)) {
  Deno.test(`a replay file of ${kind} holds every bit`, () => {
    const rows = { ...make(), metadata: { env: "CartPole-v1" } };
    const bytes = encodeReplay(rows);
    assertEquals(decodeReplay(bytes), rows);
    assertEquals(encodeReplay(decodeReplay(bytes)), bytes);
  });
}

Deno.test("rows are oldest first, or those of given slots, as they were added", () => {
  const added = filled({ capacity: 30, observationLength: 3 }, 27).rows();
  const last = filled({ capacity: 10, observationLength: 3 }, 27);
  assertEquals([...last.rows().rewards], [...added.rewards.subarray(17)]);
  assertEquals(last.rows().observations, added.observations.subarray(17 * 3));
  assertEquals(last.rows().nextObservations, added.nextObservations.subarray(17 * 3));
  assertEquals(last.rows().truncations, added.truncations.subarray(17));
  // Slot 7 is the oldest: transitions 20 to 26 are in slots 0 to 6.
  assertEquals([...last.rows(Int32Array.of(7, 0)).rewards], [17 / 4 - 1, 20 / 4 - 1]);
  assertThrows(() => last.rows(Int32Array.of(10)), RangeError, "slots must be whole numbers from 0 to 9");
  const rows = KINDS["masks, and actions in parts"]!();
  const copy = new ReplayBuffer({ capacity: 5, observationLength: 2, maskLength: 6, actionParts: 2 });
  for (const transition of replayTransitions(rows)) copy.add(transition);
  assertEquals(copy.rows(), rows);
});

Deno.test("a replay file has the columns that the guide describes, and the same bytes everywhere", () => {
  const rows = KINDS["masks, and actions in parts"]!();
  const bytes = encodeReplay(rows);
  const columns = decodeSafetensors(bytes).tensors.map(({ name, shape, data }) =>
    `${name} ${data.constructor.name} ${shape}`
  );
  assertEquals(columns, [
    "observations Float32Array 5,2",
    "actions Int32Array 5,2",
    "rewards Float32Array 5",
    "next_observations Float32Array 5,2",
    "terminations Uint8Array 5",
    "truncations Uint8Array 5",
    "action_masks Uint8Array 5,6",
    "next_action_masks Uint8Array 5,6",
  ]);
  const hash = new Sha256();
  hash.update(bytes);
  assertEquals(hash.digest(), "a8fb513d88173a25873e300243272b624135f47ac90c31ea7398e3ee4e665dff");
});

/** A file of two transitions, with other tensors in place of some; undefined leaves one out. */
function changed(changes: Readonly<Record<string, Partial<TypedTensor> | undefined>>): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(
    encodeReplay(filled({ capacity: 2, observationLength: 2, maskLength: 3 }, 2).rows()),
  );
  const kept = tensors.filter(({ name }) => !(name in changes && changes[name] === undefined));
  return encodeSafetensors({
    metadata,
    tensors: kept.map((tensor) => ({ ...tensor, ...changes[tensor.name] })),
  });
}

Deno.test("hostile replay files are refused by name", () => {
  const cases: [Uint8Array, typeof Error, string][] = [
    [new Uint8Array(0), SyntaxError, "the file must have at least 8 bytes, got 0"],
    [new Uint8Array(9).fill(255), SyntaxError, "the header must fit into the file"],
    [new TextEncoder().encode("observations,actions\n1,2\n"), SyntaxError, "Cannot read safetensors"],
    [
      changed({ observations: undefined }),
      TypeError,
      "it must have a tensor observations, got actions, rewards",
    ],
    [changed({ next_observations: undefined }), TypeError, "it must have a tensor next_observations"],
    [changed({ truncations: undefined }), TypeError, "it must have a tensor truncations"],
    [changed({ next_action_masks: undefined }), TypeError, "it must have a tensor next_action_masks"],
    [
      changed({ observations: { shape: [4], data: new Float32Array(4) } }),
      TypeError,
      "observations must be of shape (rows, …observation), got (4)",
    ],
    [
      changed({ observations: { shape: [2, 0], data: new Float32Array(0) } }),
      TypeError,
      "next_observations must be of shape (2, 0), got (2, 2)",
    ],
    [
      changed({
        observations: { shape: [2, 0], data: new Float32Array(0) },
        next_observations: { shape: [2, 0], data: new Float32Array(0) },
      }),
      RangeError,
      "an observation must have elements, got shape (0)",
    ],
    [
      changed({ observations: { shape: [2, 2], data: new Float64Array(4) } }),
      TypeError,
      "observations must be of float32 or uint8, got float64",
    ],
    [
      changed({ observations: { shape: [2, 2], data: new Uint8Array(4) } }),
      TypeError,
      "observations and nextObservations must be of the same type, got two",
    ],
    [changed({ actions: { data: new Float32Array(2) } }), TypeError, "actions must be of int32, got float32"],
    [
      changed({ actions: { shape: [2, 1, 1], data: new Int32Array(2) } }),
      TypeError,
      "actions must have two axes, got shape (2, 1, 1)",
    ],
    [
      changed({ actions: { shape: [2, 0], data: new Int32Array(0) } }),
      TypeError,
      "actions must have at least one part, got none",
    ],
    [
      changed({ rewards: { shape: [3], data: new Float32Array(3) } }),
      TypeError,
      "rewards must be of shape (2), got (3)",
    ],
    [
      changed({ rewards: { shape: [2, 1], data: new Float32Array(2) } }),
      TypeError,
      "rewards must be of shape (2), got (2, 1)",
    ],
    [
      changed({ rewards: { data: Float32Array.of(0, NaN) } }),
      RangeError,
      "rewards must be finite, got NaN in row 1",
    ],
    [
      changed({ next_observations: { data: Float32Array.of(0, 0, 0, Infinity) } }),
      RangeError,
      "nextObservations must be finite, got Infinity in row 1",
    ],
    [
      changed({ terminations: { data: Uint8Array.of(0, 2) } }),
      RangeError,
      "terminations must be 0 or 1, got 2",
    ],
    [
      changed({ truncations: { data: Uint8Array.of(255, 0) } }),
      RangeError,
      "truncations must be 0 or 1, got 255",
    ],
    [
      changed({ action_masks: { data: new Uint8Array(6).fill(9) } }),
      RangeError,
      "actionMasks must be 0 or 1, got 9",
    ],
    [
      changed({ action_masks: { shape: [6, 1], data: new Uint8Array(6) } }),
      TypeError,
      "action_masks must be of shape (2, 1), got (6, 1)",
    ],
  ];
  for (const [bytes, type, message] of cases) assertThrows(() => decodeReplay(bytes), type, message);
  const empty = decodeSafetensors(changed({})).tensors.map(({ name, shape, data }) => ({
    name,
    shape: [0, ...shape.slice(1)],
    data: data.subarray(0, 0),
  }));
  assertThrows(
    () => decodeReplay(encodeSafetensors({ metadata: {}, tensors: empty })),
    RangeError,
    "Cannot read a replay file: it must hold a transition, got none",
  );
  assertThrows(
    () => encodeReplay({ ...decodeReplay(changed({})), rewards: Float32Array.of(1) }),
    TypeError,
    "Cannot write a replay file: observations must have 2 elements, got 4",
  );
});

Deno.test("a damaged replay file is read as other numbers or refused, and never anything else", () => {
  const random = Pcg32.seeded(11n);
  const bytes = encodeReplay(filled({ capacity: 4, observationLength: 3, maskLength: 2 }, 4).rows());
  let refused = 0;
  for (let k = 0; k < 2_000; k++) {
    const copy = bytes.slice(0, k % 4 === 0 ? random.nextIndex(bytes.length) : bytes.length);
    for (let i = random.nextIndex(3); i >= 0 && copy.length > 0; i--) {
      copy[random.nextIndex(copy.length)] = random.nextIndex(256);
    }
    try {
      const { observations, rewards } = decodeReplay(copy);
      assert(observations.every(Number.isFinite) && rewards.length <= 4);
    } catch (error) {
      const isOwn = error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError;
      assert(isOwn && error.message.startsWith("Cannot read "), String(error));
      refused++;
    }
  }
  assert(refused > 1_000, `${refused}`);
});
