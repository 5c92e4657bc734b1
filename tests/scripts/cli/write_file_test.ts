import { assertEquals, assertThrows } from "@std/assert";
import { appendToFile, writeFile, writeFileMeanwhile } from "../../../scripts/cli/write_file.ts";
import { inFolder } from "../_process.ts";

/** What is flushed while a body runs: the path of each file or folder, and whether `path` was there then. */
async function flushed(path: string, body: () => unknown): Promise<[opened: string, isThere: boolean][]> {
  const said: [string, boolean][] = [];
  const { openSync, open } = Deno;
  const isThere = () => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  };
  const watch = (file: Deno.FsFile, opened: string | URL) => {
    const { syncSync, sync } = file;
    file.syncSync = () => {
      said.push([String(opened), isThere()]);
      syncSync.call(file);
    };
    file.sync = async () => {
      said.push([String(opened), isThere()]);
      await sync.call(file);
    };
    return file;
  };
  Deno.openSync = (opened, options) => watch(openSync(opened, options), opened);
  Deno.open = async (opened, options) => watch(await open(opened, options), opened);
  try {
    await body();
  } finally {
    Object.assign(Deno, { openSync, open });
  }
  return said;
}

Deno.test("a file is flushed before it gets its name, and its folder after that", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x.txt`;
    const expected: [string, boolean][] = [[`${path}.tmp`, false], [folder, true]];
    assertEquals(await flushed(path, () => writeFile(path, "text")), expected);
    Deno.removeSync(path);
    assertEquals(await flushed(path, () => writeFileMeanwhile(path, new Uint8Array(3))), expected);
  }));

Deno.test("a failed append leaves the file unchanged", () =>
  inFolder((folder) => {
    const path = `${folder}/log`;
    appendToFile(path, Uint8Array.of(1, 2));
    appendToFile(path, Uint8Array.of(3));
    const { openSync } = Deno;
    // A disk that takes half of it.
    Deno.openSync = (opened, options) => {
      const file = openSync(opened, options);
      const { writeSync } = file;
      let isFull = false;
      file.writeSync = (bytes) => {
        if (isFull) throw new Error("No space left on device");
        isFull = true;
        return writeSync.call(file, bytes.subarray(0, 1));
      };
      return file;
    };
    try {
      assertThrows(() => appendToFile(path, Uint8Array.of(4, 5)), Error, "Cannot save");
    } finally {
      Object.assign(Deno, { openSync });
    }
    assertEquals(Deno.readFileSync(path), Uint8Array.of(1, 2, 3));
    return Promise.resolve();
  }));
