import { assertEquals, assertThrows } from "@std/assert";
import { readFile, readJsonFile } from "../../../scripts/cli/read_file.ts";
import { UsageError } from "../../../scripts/cli/usage_error.ts";
import { parseSavedRun } from "../../../scripts/run_folder/saved_run.ts";
import { fakeRunTexts } from "../_fake_run.ts";
import { inFolder } from "../_process.ts";

Deno.test("a file that is larger than it may be is not read; JSON that is too deep is not parsed", () =>
  inFolder((folder) => {
    const path = `${folder}/x.json`;
    Deno.writeTextFileSync(path, "[[1]]");
    assertEquals(readJsonFile(path), [[1]]);
    assertEquals(readFile(path, 5).length, 5);
    assertThrows(() => readFile(path, 4), UsageError, "it must have at most 4 bytes, got 5");
    Deno.writeTextFileSync(path, "[".repeat(5_000_000));
    assertThrows(() => readJsonFile(path), UsageError, "it must be at most 32 levels deep");
    Deno.truncateSync(path, 10_000_001);
    assertThrows(() => readJsonFile(path), UsageError, "it must have at most 10000000 bytes, got 10000001");
    return Promise.resolve();
  }));

Deno.test(
  "a file in place of a folder is named",
  { ignore: Deno.build.os === "windows" },
  () =>
    inFolder((folder) => {
      Deno.writeTextFileSync(`${folder}/policy.onnx`, "");
      for (const read of [readFile, readJsonFile]) {
        assertThrows(
          () => read(`${folder}/policy.onnx/config.json`),
          UsageError,
          `policy.onnx/config.json: ${folder}/policy.onnx must be a folder, got a file`,
        );
      }
      return Promise.resolve();
    }),
);

Deno.test("a log with a line that no run writes is refused before it is taken apart", () => {
  const texts = fakeRunTexts([9, 8]);
  for (const log of [",".repeat(1_001), `${texts["episodes.csv"]}\r\n${"1".repeat(5_000)}\r\n`]) {
    assertThrows(
      () => parseSavedRun({ ...texts, "episodes.csv": log }, "x"),
      UsageError,
      "a line must have at most 1000 characters, got",
    );
  }
  const summary = "[".repeat(5_000_000);
  assertThrows(
    () => parseSavedRun({ ...texts, "summary.json": summary }, "x"),
    UsageError,
    "at most 32 levels deep",
  );
});
