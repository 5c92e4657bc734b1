import { assertEquals } from "@std/assert";
import { jobsLine } from "../../../scripts/jobs/run_jobs.ts";

Deno.test("the line shows the progress, the ended and failed runs, and the time left", () => {
  const state = { done: [1, 1, 0.5, 0], failed: 1, free: 0, seconds: 50 };
  assertEquals(jobsLine(state, 80), " 63 % · 2 of 4 runs · 1 failed · ETA 0:30");
  assertEquals(jobsLine({ ...state, failed: 0 }, 20), " 63 % · 2 of 4 runs");
});

Deno.test("earlier work does not count in the time left", () => {
  assertEquals(
    jobsLine({ done: [1, 1, 1, 0], failed: 0, free: 3, seconds: 1 }, 80),
    " 75 % · 3 of 4 runs",
  );
  assertEquals(
    jobsLine({ done: [1, 1, 1, 0.5], failed: 0, free: 3, seconds: 60 }, 80),
    " 88 % · 3 of 4 runs · ETA 1:00",
  );
});
