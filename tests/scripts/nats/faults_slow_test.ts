import { assert, assertEquals } from "@std/assert";
import { randomStream } from "../../../agents/mod.ts";
import { appearance, filesBelow, inFolder } from "../_process.ts";
import { startProxy } from "./_proxy.ts";
import { freePort, NATS_SERVER, startServer } from "./_server.ts";
import {
  assertSameResults,
  killWorker,
  startSweep,
  startWorker,
  sweepHere,
  sweepThere,
  TINY,
  wordsOf,
} from "./_sweep.ts";

const ignore = NATS_SERVER === undefined;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

Deno.test(
  "workers are killed, the server restarts, the network is cut, the sweep is resumed: the results are the same bytes",
  { ignore },
  () =>
    inFolder(async (cwd) => {
      const server = await startServer();
      const proxy = startProxy(server.port);
      const random = randomStream(1, "own faults");
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
      const args = [...TINY, "--out", "x", "--queue", proxy.url, "--name", "mc1", "--lease", "2"];
      const first = startSweep(args, cwd);
      await appearance(cwd, "x/sweep.json");
      const harming = harm();
      try {
        await sleep(3_500);
        await killWorker(first);
        // It may begin just while there is no server.
        let outcome;
        do outcome = await sweepThere(
          ["--resume", "x", "--skip-pictures", "--queue", proxy.url],
          cwd,
        ); while (
          /Cannot reach|timeout/.test(outcome.stderr)
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

Deno.test("a cluster of three servers survives the loss of one", { ignore }, () =>
  inFolder(async (cwd) => {
    const ports = [0, 1, 2].map(() => [freePort(), freePort()] as const);
    const routes = ports.map(([, port]) => `nats://127.0.0.1:${port}`);
    const servers = ports.map(([port, route], i) => {
      const cluster = `cluster { name: test, listen: 127.0.0.1:${route}, routes: [${routes}] }`;
      const file = `${cwd}/n${i}.conf`;
      Deno.writeTextFileSync(
        file,
        `server_name: n${i}\nlisten: 127.0.0.1:${port}\njetstream { store_dir: "${cwd}/s${i}" }\n${cluster}\n`,
      );
      return new Deno.Command(NATS_SERVER!, { args: ["-c", file], stdout: "null", stderr: "null" }).spawn();
    });
    const url = ports.map(([port]) => `nats://127.0.0.1:${port}`).join(",");
    const args = [...TINY, "--out", "x", "--queue", url, "--name", "mc1", "--lease", "2", "--replicas", "3"];
    const worker = startWorker(url, ["--workers", "1"], cwd);
    try {
      // Until they have found each other and chosen who leads.
      let sweep = startSweep(args, cwd);
      while (await Promise.race([sweep.status, appearance(cwd, "x/sweep.json")]) !== undefined) {
        await sweep.output();
        await sleep(500);
        sweep = startSweep(args, cwd);
      }
      await appearance(cwd, /^x\/runs\/.*\.json$/);
      servers[0]!.kill("SIGKILL");
      const { code, stderr } = await wordsOf(sweep);
      assertEquals(code, 0, stderr);
    } finally {
      await killWorker(worker);
      for (const server of servers) {
        try {
          server.kill("SIGKILL");
        } catch {
          // It was killed before.
        }
        await server.status;
      }
    }
    assertEquals((await sweepHere([...TINY, "--out", "local"], cwd)).code, 0);
    assertSameResults(cwd, "x", "local");
  }));
