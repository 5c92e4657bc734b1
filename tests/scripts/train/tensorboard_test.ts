import { assert, assertEquals, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import { crc32c } from "../../../scripts/train/crc32c.ts";
import { startEventLog } from "../../../scripts/train/tensorboard.ts";
import { inFolder, runScript } from "../_process.ts";

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** An event as TensorBoard reads it. */
interface DecodedEvent {
  time: number;
  step: number;
  version?: string;
  scalars: Record<string, number>;
}

/** The fields of a protobuf message, by number. */
function fieldsOf(bytes: Uint8Array): [field: number, value: Uint8Array | number][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: [number, Uint8Array | number][] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const kind = key & 7;
    if (kind === 0) fields.push([key >> 3, varint()]);
    else if (kind === 1) fields.push([key >> 3, view.getFloat64((at += 8) - 8, true)]);
    else if (kind === 5) fields.push([key >> 3, view.getFloat32((at += 4) - 4, true)]);
    else {
      const length = varint();
      fields.push([key >> 3, bytes.subarray(at, at += length)]);
    }
  }
  return fields;
}

/** Reads a file of events, and throws where a checksum is wrong. */
function decodeEvents(bytes: Uint8Array): DecodedEvent[] {
  const events: DecodedEvent[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const check = (data: Uint8Array, at: number) => {
    // The other way round than it is written.
    const rotated = BigInt(view.getUint32(at, true)) - 0xa282ead8n & 0xffffffffn;
    const crc = (rotated << 15n | rotated >> 17n) & 0xffffffffn;
    if (crc !== BigInt(crc32c(data))) throw new Error(`wrong checksum at ${at}`);
  };
  const text = (value: Uint8Array | number | undefined) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true));
    check(bytes.subarray(at, at + 8), at + 8);
    const data = bytes.subarray(at + 12, at + 12 + length);
    check(data, at + 12 + length);
    at += 16 + length;
    const event: DecodedEvent = { time: NaN, step: 0, scalars: {} };
    for (const [field, value] of fieldsOf(data)) {
      if (field === 1) event.time = Number(value);
      if (field === 2) event.step = Number(value);
      if (field === 3) event.version = text(value);
      if (field === 5 && value instanceof Uint8Array) {
        for (const [, item] of fieldsOf(value)) {
          if (!(item instanceof Uint8Array)) continue;
          const parts = new Map(fieldsOf(item));
          event.scalars[text(parts.get(1))] = Number(parts.get(2));
        }
      }
    }
    events.push(event);
  }
  return events;
}

Deno.test("crc32c() has the published values", () => {
  // RFC 3720, appendix B.4, and the check value of the catalogue of CRCs.
  assertEquals(crc32c(new Uint8Array(32)), 0x8a9136aa);
  assertEquals(crc32c(new Uint8Array(32).fill(255)), 0x62a8ab43);
  assertEquals(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e);
  assertEquals(crc32c(Uint8Array.from({ length: 32 }, (_, i) => 31 - i)), 0x113fdb5c);
  assertEquals(crc32c(bytesOf("123456789")), 0xe3069283);
  assertEquals(crc32c(new Uint8Array()), 0);
});

Deno.test("a file of events begins with the record that TensorBoard's own tests have", () => {
  const parts: Uint8Array[] = [];
  startEventLog((bytes) => parts.push(bytes), () => 1_456_445_596_000).flush();
  const published = "\x18\0\0\0\0\0\0\0\xa3\x7fK\"\t\0\0\0'\xe6\xb3\xd5A\x1a\rbrain.Event:2jM\x0b\x15";
  assertEquals(parts, [bytesOf(published)]);
});

Deno.test("an event log returns the recorded events with their times", () => {
  const parts: Uint8Array[] = [];
  let now = 5_000;
  const log = startEventLog((bytes) => parts.push(bytes), () => now += 400);
  const episode = { kind: "episode", terminated: true, truncated: false } as const;
  for (let i = 1; i <= 4; i++) {
    const loss = i === 1 ? undefined : 0.25 * i;
    log.episode({
      ...episode,
      episode: i,
      step: 100_000 * i,
      return: -1.5 * i,
      length: i,
      epsilon: 1,
      loss,
      meanQ: loss,
    });
  }
  log.evaluation({
    kind: "evaluation",
    step: 400_001,
    evaluation: { returns: [1, 3], mean: 2, std: 1, min: 1, max: 3 },
  });
  assert(parts.length >= 2, "it can be watched while it grows");
  const events = decodeEvents(Uint8Array.from(parts.flatMap((part) => [...part])));
  assertEquals(events[0]!.version, "brain.Event:2");
  assertEquals(events.map(({ step }) => step), [0, 100_000, 200_000, 300_000, 400_000, 400_001]);
  assertEquals(events[1]!.scalars, { "episode/return": -1.5, "episode/length": 1, "episode/epsilon": 1 });
  assertEquals(events[3]!.scalars["episode/mean_q"], 0.75);
  assertEquals(events[5]!.scalars, {
    "evaluation/mean": 2,
    "evaluation/std": 1,
    "evaluation/min": 1,
    "evaluation/max": 3,
  });
  events.slice(1).forEach(({ time }, i) => assert(time > events[i]!.time));
  const spoiled = parts[0]!.slice();
  spoiled[20]! ^= 1;
  assertThrows(() => decodeEvents(spoiled), Error, "wrong checksum");
});

Deno.test("train --tensorboard writes the content of the logs for TensorBoard, and changes nothing else", () =>
  inFolder(async (cwd) => {
    const args = [
      "--steps",
      "1500",
      "--eval-interval",
      "500",
      "--eval-episodes",
      "2",
      "--hidden",
      "8",
      "--skip-pictures",
    ];
    await runScript("train.ts", [...args, "--out", "plain"], { cwd });
    // The second one replaces the first.
    for (const more of [[], ["--overwrite"]]) {
      const { code, stderr } = await runScript(
        "train.ts",
        [...args, "--tensorboard", "--out", "x", ...more],
        { cwd },
      );
      assertEquals([code, stderr], [0, ""]);
      for (const file of ["episodes.csv", "evaluations.csv", "policy.safetensors"]) {
        assertEquals(Deno.readFileSync(`${cwd}/x/${file}`), Deno.readFileSync(`${cwd}/plain/${file}`), file);
      }
      const events = decodeEvents(Deno.readFileSync(`${cwd}/x/events.out.tfevents.0.bellman`));
      const episodes = parse(Deno.readTextFileSync(`${cwd}/x/episodes.csv`), { skipFirstRow: true });
      const noted = events.filter(({ scalars }) => "episode/return" in scalars);
      assertEquals(noted.map(({ step }) => step), episodes.map(({ step }) => Number(step)));
      assertEquals(
        noted.map(({ scalars }) => scalars["episode/return"]),
        episodes.map((row) => Number(row["return"])),
      );
      assertEquals(noted.at(-1)!.scalars["episode/loss"], Math.fround(Number(episodes.at(-1)!["loss"])));
      assertEquals(events.filter(({ scalars }) => "evaluation/mean" in scalars).map(({ step }) => step), [
        500,
        1000,
        1500,
      ]);
    }
    await runScript("train.ts", [...args, "--out", "x", "--overwrite"], { cwd });
    const left = [...Deno.readDirSync(`${cwd}/x`)].map(({ name }) => name);
    assert(!left.includes("events.out.tfevents.0.bellman"), "an old run's events do not outlive it");
  }));
