import { assert, assertEquals } from "@std/assert";
import { randomStream } from "../../../agents/mod.ts";
import { filesBelow, inFolder } from "../_process.ts";
import { startProxy } from "./_proxy.ts";
import { NATS_SERVER, startServer } from "./_server.ts";
import {
  assertSameResults,
  killWorker,
  startSweep,
  startWorker,
  sweepHere,
  sweepThere,
  TINY,
} from "./_sweep.ts";

const ignore = NATS_SERVER === undefined;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

Deno.test(
  "workers are killed, the server starts anew, the network is cut, the sweep is resumed: the results are the same bytes",
  { ignore },
  () =>
    inFolder(async (cwd) => {
      const server = await startServer();
      const proxy = startProxy(server.port);
      const random = randomStream(1, "faults");
      let isOver = false;
      let kills = 0;
      const worker = () => startWorker(proxy.url, ["--workers", "1"], cwd);
      const workers = [worker(), worker()];
      const harm = async () => {
        for (let turn = 0; turn < 10 && !isOver; turn++) {
          await sleep(500 + random.nextIndex(1_000));
          if (isOver) break;
          const kind = turn % 4;
          if (kind === 0 || kind === 2) {
            const i = random.nextIndex(workers.length);
            await killWorker(workers[i]!);
            kills++;
            workers[i] = worker();
          } else if (kind === 1) {
            proxy.isDown = true;
            proxy.cut();
            await sleep(400);
            proxy.isDown = false;
          } else {
            await server.kill();
            await sleep(200);
            await server.start();
          }
        }
      };
      const harming = harm();
      try {
        const args = [...TINY, "--out", "x", "--queue", proxy.url, "--name", "mc1", "--lease", "2"];
        const first = startSweep(args, cwd);
        await sleep(4_000);
        await killWorker(first);
        let outcome;
        do outcome = await sweepThere(["--resume", "x"], cwd); while (
          outcome.stderr.includes("Cannot reach")
        );
        assertEquals(outcome.code, 0, outcome.stderr);
      } finally {
        isOver = true;
        await harming;
        for (const child of workers) await killWorker(child);
        proxy.close();
        await server.remove();
      }
      assert(kills > 0);
      assertEquals((await sweepHere([...TINY, "--out", "local"], cwd)).code, 0);
      assertSameResults(cwd, "x", "local");
      assertEquals(
        filesBelow(`${cwd}/x/runs`).filter((file) => file.endsWith(".json")),
        filesBelow(`${cwd}/local/runs`).filter((file) => file.endsWith(".json")),
      );
    }),
);
