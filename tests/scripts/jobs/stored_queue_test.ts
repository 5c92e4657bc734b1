import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { JobOutcome, JobQueue } from "../../../scripts/jobs/job_queue.ts";
import { storedQueue } from "../../../scripts/jobs/stored_queue.ts";
import { sealedJson } from "../../../scripts/run/sealed_json.ts";
import { filesBelow, inFolder, saidBy } from "../_process.ts";

/** Counts how often it is asked; `bad` fails. */
function countingQueue(): JobQueue<string, string> & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    submit({ input }): Promise<JobOutcome<string>> {
      asked.push(input);
      return Promise.resolve(input === "bad" ? { failure: "crashed" } : { output: input.toUpperCase() });
    },
    close: () => Promise.resolve(),
  };
}

function read(output: unknown): string {
  if (typeof output === "string") return output;
  throw new TypeError("it must be text");
}

/** Jobs here are named after their input. */
const idOf = (output: string) => output.toLowerCase();

Deno.test("stored outcomes are not computed again, and failures only if they are stored", () =>
  inFolder(async (folder) => {
    for (const [keepFailures, asked] of [[false, ["a", "bad"]], [true, ["bad"]], [true, []]] as const) {
      const queue = countingQueue();
      const stored = storedQueue(queue, { folder, read, idOf, keepFailures });
      const outcomes = await Promise.all(["a", "bad"].map((input) => stored.submit({ id: input, input })));
      assertEquals(outcomes, [{ output: "A" }, { failure: "crashed" }]);
      assertEquals(queue.asked, [...asked]);
    }
    assertEquals(filesBelow(folder), ["a.json", "bad.json"]);
  }));

Deno.test("a job that is there twice is done once", () =>
  inFolder(async (folder) => {
    const queue = countingQueue();
    const stored = storedQueue(queue, { folder, read, idOf, keepFailures: true });
    const outcomes = await Promise.all([1, 2].map(() => stored.submit({ id: "a", input: "a" })));
    assertEquals([outcomes, queue.asked], [[{ output: "A" }, { output: "A" }], ["a"]]);
  }));

Deno.test("a file that is damaged, has no seal, or holds something else, is made again, and that is said", () =>
  inFolder(async (folder) => {
    const good = sealedJson({ id: "a", output: "A" });
    for (
      const content of [
        ...["", "{", "[]", "5", '{"output":"A"}\n', '{"failure":"crashed"}\n'],
        good.replace('"A"', '"C"'),
        sealedJson({ id: "a", failure: "crashed" }).replace("crashed", "crushed"),
        sealedJson({ id: "b", output: "B" }), // another job's file under this name
        sealedJson({ id: "a", output: "B" }),
        sealedJson({ id: "a", output: 5 }),
        sealedJson({ id: "a", failure: 5 }),
      ]
    ) {
      Deno.writeTextFileSync(`${folder}/a.json`, content);
      const stored = storedQueue(countingQueue(), { folder, read, idOf, keepFailures: true });
      const said = await saidBy(async () => {
        assertEquals(await stored.submit({ id: "a", input: "a" }), { output: "A" }, content);
      });
      assertMatch(said, /^warning: .*a\.json is ignored, and its run is repeated: /, content);
      assertEquals(Deno.readTextFileSync(`${folder}/a.json`), good);
    }
  }));

Deno.test("a result of another job is refused before it is stored", () =>
  inFolder(async (folder) => {
    const stored = storedQueue(countingQueue(), { folder, read, idOf, keepFailures: true });
    await assertRejects(
      () => stored.submit({ id: "a", input: "b" }),
      Error,
      "Cannot keep the result of a: it must be of this run, got one of b",
    );
    assertEquals(filesBelow(folder), []);
  }));

Deno.test("a disk that takes nothing for a while stops nothing: results are saved with the next one, or at the end", () =>
  inFolder(async (root) => {
    const folder = `${root}/runs`;
    const said = (await saidBy(async () => {
      const stored = storedQueue(countingQueue(), { folder, read, idOf, keepFailures: true });
      const submit = (input: string) => stored.submit({ id: input, input });
      assertEquals(await submit("a"), { output: "A" });
      assertEquals(await submit("bad"), { failure: "crashed" });
      await Deno.mkdir(folder);
      assertEquals(await submit("b"), { output: "B" });
      assertEquals(filesBelow(folder), ["a.json", "b.json", "bad.json"]);
      await Deno.remove(folder, { recursive: true });
      assertEquals(await submit("c"), { output: "C" });
      await Deno.mkdir(folder);
      await stored.close();
      assertEquals(filesBelow(folder), ["c.json"]);
      await Deno.remove(folder, { recursive: true });
      assertEquals(await submit("d"), { output: "D" });
      await stored.close();
    })).split("\n");
    const warning =
      /^warning: Cannot save .*\/\w+\.json: .* \(trying again with the next result and at the end\)$/;
    assertEquals(said.length, 6, said.join("\n"));
    for (const i of [0, 2, 4]) assertMatch(said[i]!, warning);
    assertEquals([said[1], said[3]], ["saved again: every result", "saved again: every result"]);
    assertMatch(said[5]!, /^error: Cannot save .*\/d\.json: .* \(1 result is not saved\)$/);
  }));
