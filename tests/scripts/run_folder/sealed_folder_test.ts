import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { checkFiles, readIndex } from "../../../scripts/run_folder/check_files.ts";
import { sealFolder } from "../../../scripts/run_folder/sealed_folder.ts";
import { inFolder } from "../_process.ts";

const states = async (folder: string, names: string[] = []) =>
  (await checkFiles(folder, names))?.map(({ name, state }) => `${name} ${state}`);

/** A folder with another file in the way of a name, so that nothing can be saved under it. */
function block(folder: string, name: string): () => void {
  Deno.mkdirSync(`${folder}/${name}.tmp/full`, { recursive: true });
  return () => Deno.removeSync(`${folder}/${name}.tmp`, { recursive: true });
}

Deno.test("the index is right whether a process was killed before or after each of its writes", () =>
  inFolder(async (folder) => {
    const sealed = sealFolder(folder);
    // Killed between the index and the first file, which is as a file that cannot be written.
    let unblock = block(folder, "a");
    assertThrows(() => sealed.save([["a", "1"], ["b", "1"]]), Error, "Cannot save");
    unblock();
    assertEquals(await states(folder), []);
    sealed.save([["a", "1"], ["b", "1"]]);
    assertEquals(await states(folder), ["a same", "b same"]);
    // Killed between two files: one is new, the other old.
    unblock = block(folder, "b");
    assertThrows(() => sealed.save([["a", "2"], ["b", "2"]]), Error, "Cannot save");
    unblock();
    assertEquals(Deno.readTextFileSync(`${folder}/a`) + Deno.readTextFileSync(`${folder}/b`), "21");
    assertEquals(await states(folder), ["a same", "b same"]);
    // What was never on its way is still found out.
    Deno.writeTextFileSync(`${folder}/b`, "3");
    assertEquals(await states(folder), ["a same", "b changed"]);
    Deno.writeTextFileSync(`${folder}/b`, "1");
    sealed.save([["b", "4"]]);
    sealed.settle();
    assertEquals([...readIndex(folder)!.values()].map(({ length }) => length), [1, 1]);
    Deno.writeTextFileSync(`${folder}/b`, "1");
    assertEquals(await states(folder), ["a same", "b changed"]);
    Deno.removeSync(`${folder}/b`);
    Deno.writeTextFileSync(`${folder}/c`, "1");
    assertEquals(await states(folder, ["b", "c", "d"]), ["a same", "b missing", "c unlisted"]);
  }));

Deno.test("an index that cannot be written leaves the files and itself unchanged", () =>
  inFolder(async (folder) => {
    const sealed = sealFolder(folder);
    sealed.save([["a", "1"]]);
    const unblock = block(folder, "SHA256SUMS");
    assertThrows(() => sealed.save([["a", "2"]]), Error, "Cannot save");
    await assertRejects(() => sealed.saveMeanwhile("a", new Uint8Array(1)), Error, "Cannot save");
    unblock();
    assertEquals(Deno.readTextFileSync(`${folder}/a`), "1");
    sealed.settle();
    assertEquals(await states(folder), ["a same"]);
    assertEquals(readIndex(folder)!.get("a")!.length, 1);
  }));

Deno.test("a file that is saved meanwhile is one thing or the other to whatever is saved before it is there", () =>
  inFolder(async (folder) => {
    const sealed = sealFolder(folder);
    sealed.save([["a", "1"]]);
    const content = new Uint8Array(3_000_000);
    let isSaved = false;
    const saving = sealed.saveMeanwhile("a", content).then(() => isSaved = true);
    let round = 0;
    while (!isSaved) {
      sealed.save([["b", String(round++)]]);
      assertEquals(await states(folder), ["a same", "b same"]);
    }
    await saving;
    sealed.settle();
    assertEquals(await states(folder), ["a same", "b same"]);
    assertEquals([...readIndex(folder)!.values()].map(({ length }) => length), [1, 1]);
  }));

Deno.test("files left out may change, and are listed again with their new content", () =>
  inFolder(async (folder) => {
    const sealed = sealFolder(folder);
    sealed.save([["a", "1"], ["b", "1"]]);
    sealed.leaveOut(["b"]);
    Deno.writeTextFileSync(`${folder}/b`, "2");
    assertEquals(await states(folder), ["a same"]);
    sealed.settle(["b", "c"]);
    assertEquals(await states(folder), ["a same", "b same"]);
    sealed.leaveOut(["a", "b"]);
    assertEquals(readIndex(folder), undefined);
  }));
