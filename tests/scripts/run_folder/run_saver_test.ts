import { assertEquals } from "@std/assert";
import type { RunFolder } from "../../../scripts/run_folder/run_folder.ts";
import { createRunSaver } from "../../../scripts/run_folder/run_saver.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const EVENTS = "events.out.tfevents.0.bellman";

/** A folder in memory, on a disk that may be full for files longer than `room`. */
function createFolder() {
  const files = new Map<string, string>();
  const said: string[] = [];
  const disk = { room: Infinity, ended: 0 };
  const put = (name: string, content: string | Uint8Array) => {
    if (content.length > disk.room) throw new Error(`Cannot save ${name}: No space left`);
    files.set(name, typeof content === "string" ? content : new TextDecoder().decode(content));
  };
  const folder: RunFolder = {
    path: "x",
    earlierSeconds: 0,
    save: (...list) => list.forEach(([name, content]) => put(name, content)),
    saveMeanwhile: (name, content) => Promise.resolve().then(() => put(name, content)),
    append: (name, content) => {
      if (disk.room < Infinity) throw new Error(`Cannot save ${name}: No space left`);
      files.set(name, (files.get(name) ?? "") + new TextDecoder().decode(content));
    },
    note: () => {
      if (disk.room < Infinity) throw new Error("No space left");
    },
    finish: () => void disk.ended++,
    close: () => {},
  };
  const saver = createRunSaver(folder, (text) => said.push(text));
  const checkpoint = (text: string) =>
    saver.saveMeanwhile("checkpoint.safetensors", () => Promise.resolve(bytes(text)));
  return { files, said, disk, saver, checkpoint };
}

const WARNING = (name: string) =>
  `warning: Cannot save ${name}: No space left (training continues; trying again at the next checkpoint and at the end)`;

Deno.test("files that a full disk refused are saved with the next checkpoint, each with its latest content", async () => {
  const { files, said, disk, saver, checkpoint } = createFolder();
  saver.save([EVENTS, ""], ["config.json", "settings"]);
  saver.append(EVENTS, bytes("1"));
  await checkpoint("first");
  disk.room = 0;
  saver.append(EVENTS, bytes("2"));
  saver.save(["episodes.csv", "early"], ["policy.onnx", "early"]);
  saver.note(1);
  await checkpoint("second");
  saver.append(EVENTS, bytes("3"));
  saver.save(["episodes.csv", "late"]);
  assertEquals([saver.failed, said], [true, [WARNING(EVENTS)]]);
  assertEquals(files.get("checkpoint.safetensors"), "first");
  disk.room = Infinity;
  await checkpoint("third");
  assertEquals([saver.failed, said.slice(1)], [false, ["saved again: x"]]);
  assertEquals(Object.fromEntries(files), {
    [EVENTS]: "123",
    "config.json": "settings",
    "episodes.csv": "late",
    "policy.onnx": "early",
    "checkpoint.safetensors": "third",
  });
  // The next time it is said again.
  disk.room = 0;
  saver.save(["summary.json", "end"]);
  disk.room = Infinity;
  await saver.settle();
  saver.finish();
  assertEquals([said.slice(2), disk.ended], [[WARNING("summary.json"), "saved again: x"], 1]);
});

Deno.test("a file too large for the disk does not prevent others from being saved; missing files are named at the end", async () => {
  const { files, said, disk, saver, checkpoint } = createFolder();
  disk.room = 10;
  await checkpoint("a long checkpoint");
  saver.save(["episodes.csv", "rows"], ["policy.onnx", "a long policy"], ["summary.json", "end"]);
  await saver.settle();
  saver.finish();
  assertEquals(Object.fromEntries(files), { "episodes.csv": "rows", "summary.json": "end" });
  assertEquals([saver.failed, disk.ended, said.length], [true, 0, 2]);
  assertEquals(said[0], WARNING("checkpoint.safetensors"));
  assertEquals(
    said[1],
    "error: Cannot save policy.onnx: No space left (not saved: checkpoint.safetensors, policy.onnx)",
  );
});

Deno.test("a checkpoint that cannot be made is missing until the next one is saved", async () => {
  const { files, said, saver, checkpoint } = createFolder();
  await saver.saveMeanwhile("checkpoint.safetensors", () => Promise.reject(new RangeError("Out of memory")));
  assertEquals([saver.failed, said.length], [true, 1]);
  await checkpoint("whole");
  assertEquals([saver.failed, said[1], files.get("checkpoint.safetensors")], [
    false,
    "saved again: x",
    "whole",
  ]);
});
