import { assertEquals } from "@std/assert";
import type { JobOutcome, JobQueue } from "../../../scripts/jobs/job_queue.ts";
import { storedQueue } from "../../../scripts/jobs/stored_queue.ts";
import { filesBelow, inFolder } from "../_process.ts";

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

Deno.test("what is on disk is not done again; failures only where they are kept", () =>
  inFolder(async (folder) => {
    for (const [keepFailures, asked] of [[false, ["a", "bad"]], [true, ["bad"]], [true, []]] as const) {
      const queue = countingQueue();
      const stored = storedQueue(queue, { folder, read, keepFailures });
      const outcomes = await Promise.all(["a", "bad"].map((input) => stored.submit({ id: input, input })));
      assertEquals(outcomes, [{ output: "A" }, { failure: "crashed" }]);
      assertEquals(queue.asked, [...asked]);
    }
    assertEquals(filesBelow(folder), ["a.json", "bad.json"]);
  }));

Deno.test("a job that is there twice is done once", () =>
  inFolder(async (folder) => {
    const queue = countingQueue();
    const stored = storedQueue(queue, { folder, read, keepFailures: true });
    const outcomes = await Promise.all([1, 2].map(() => stored.submit({ id: "a", input: "a" })));
    assertEquals([outcomes, queue.asked], [[{ output: "A" }, { output: "A" }], ["a"]]);
  }));

Deno.test("a file that is damaged, or holds something else, is made anew", () =>
  inFolder(async (folder) => {
    for (const content of ["", "{", "[]", "5", '{"output": 5}', '{"failure": 5}']) {
      Deno.writeTextFileSync(`${folder}/a.json`, content);
      const queue = countingQueue();
      const stored = storedQueue(queue, { folder, read, keepFailures: true });
      assertEquals(await stored.submit({ id: "a", input: "a" }), { output: "A" }, content);
      assertEquals(Deno.readTextFileSync(`${folder}/a.json`), '{"output":"A"}\n');
    }
  }));
