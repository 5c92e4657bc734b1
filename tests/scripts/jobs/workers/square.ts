import { serveJob } from "../../../../scripts/jobs/serve_job.ts";

/** Squares a number; or goes wrong in the way it is asked to. */
if (import.meta.main) {
  await serveJob(async (input, onProgress) => {
    onProgress(0.5);
    if (input === "throw") throw new RangeError("Cannot square: input must be a number, got throw");
    if (input === "crash") Deno.exit(3);
    if (input === "abort") Deno.kill(Deno.pid, "SIGKILL");
    if (input === "hang") { while (true); }
    if (input === "exhaust") {
      const hoard: unknown[] = [];
      while (true) hoard.push(new Array<number>(1_000_000).fill(0));
    }
    if (input === "chat") console.log("{ not for machines");
    const number = typeof input === "number" ? input : 0;
    await new Promise((resolve) => setTimeout(resolve, number % 3 * 30));
    return number * number;
  });
}
