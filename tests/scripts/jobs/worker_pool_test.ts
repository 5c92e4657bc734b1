import { assert, assertEquals, assertRejects } from "@std/assert";
import { QueueClosedError } from "../../../scripts/jobs/job_queue.ts";
import { createWorkerPool } from "../../../scripts/jobs/worker_pool.ts";
import type { WorkerOptions } from "../../../scripts/jobs/worker_process.ts";

const MODULE = new URL("workers/square.ts", import.meta.url);

function createPool(options: Partial<WorkerOptions> & { workers: number }) {
  return createWorkerPool<unknown, number>({
    module: MODULE,
    read: (output) => {
      assert(typeof output === "number");
      return output;
    },
    ...options,
  });
}

Deno.test("results do not depend on the number of workers", async () => {
  for (const workers of [1, 4]) {
    const pool = createPool({ workers });
    const inputs = [1, 2, 3, 4, 5];
    const outcomes = await Promise.all(
      inputs.map((input) => pool.submit({ id: `square ${input}`, input })),
    );
    assertEquals(outcomes, inputs.map((input) => ({ output: input * input })));
    await pool.close();
  }
});

Deno.test("a worker's progress is received, and its other output is not mistaken for an answer", async () => {
  const pool = createPool({ workers: 1 });
  const heard: number[] = [];
  const outcome = await pool.submit({ id: "chat", input: "chat" }, (done) => heard.push(done));
  assertEquals([outcome, heard], [{ output: 0 }, [0.5]]);
  await pool.close();
});

Deno.test("a time limit is one that a timer can wait for", async () => {
  const pool = createPool({ workers: 1, timeLimit: 2_147_483 });
  assertEquals(await pool.submit({ id: "square 3", input: 3 }), { output: 9 });
  await pool.close();
  // A timer would not wait at all.
  for (const timeLimit of [2_147_484, 1e9, 0, NaN]) {
    const refusing = createPool({ workers: 1, timeLimit });
    await assertRejects(
      () => refusing.submit({ id: "square 3", input: 3 }),
      RangeError,
      "timeLimit must be in",
    );
    await refusing.close();
  }
});

Deno.test("a job that goes wrong costs itself only, and says why", async () => {
  const pool = createPool({ workers: 2, timeLimit: 10, heapLimit: 64 });
  const submit = (input: unknown) => pool.submit({ id: String(input), input });
  const inputs = ["throw", "crash", "exhaust", "hang", 7];
  assertEquals(await Promise.all(inputs.map(submit)), [
    { failure: "Cannot square: input must be a number, got throw" },
    { failure: "ended with exit code 3" },
    { failure: "ran out of memory" },
    { failure: "took longer than 10 s" },
    { output: 49 },
  ]);
  await pool.close();
});

Deno.test("a worker that is lost gets a second chance, an error that it reports does not", async () => {
  const pool = createPool({ workers: 1 });
  const starts = { crash: 0, throw: 0 };
  for (const input of ["crash", "throw"] as const) {
    await pool.submit({ id: input, input }, () => starts[input]++);
  }
  assertEquals(starts, { crash: 2, throw: 1 });
  await pool.close();
});

Deno.test("closing stops running and waiting jobs", async () => {
  const pool = createPool({ workers: 1 });
  const jobs = ["hang", 1].map((input) =>
    assertRejects(() => pool.submit({ id: String(input), input }), QueueClosedError)
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  await pool.close();
  await Promise.all(jobs);
});
