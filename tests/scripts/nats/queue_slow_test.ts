import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { jobSubject } from "../../../scripts/nats/sweep_store.ts";
import { VERSION } from "../../../scripts/values/package.ts";
import { appearance, filesBelow, inFolder } from "../_process.ts";
import { freePort, NATS_SERVER, startServer } from "./_server.ts";
import {
  assertSameResults,
  LEARNING,
  runWorker,
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
  "a sweep on a server is that on one machine, byte for byte, and leaves nothing behind",
  { ignore },
  () =>
    inFolder(async (cwd) => {
      const server = await startServer();
      const there = ["--queue", server.url];
      try {
        // One learning rate that diverges: failures are the same, too. Two sweeps share the server and its workers.
        const odd = [
          ...[
            "--sampling",
            "grid",
            "--search",
            "learning-rate=0.001|1e30",
            "--halving",
            "none",
            "--seeds",
            "1",
          ],
          ...["--steps", "600", "--hidden", "8", "--learning-starts", "200", "--eval-episodes", "3"],
          ...["--eval-interval", "none", "--stop-at-return", "none", "--skip-pictures"],
        ];
        const one = startSweep([...LEARNING, "--out", "one", ...there, "--name", "one"], cwd);
        const two = startSweep([...odd, "--out", "two", ...there, "--name", "two"], cwd);
        const workers = [1, 2].map(() =>
          startWorker(server.url, ["--workers", "1", "--idle-limit", "15"], cwd)
        );
        for (const sweep of [one, two]) {
          const { code, stdout, stderr } = await wordsOf(sweep);
          assertEquals(code, 0, stderr);
          assertMatch(stdout, /^saved in (one|two), the best run in (one|two)\/best$/m);
        }
        assertEquals((await sweepThere(["status", ...there], cwd)).stdout, "no sweeps\n");
        const begun: string[] = [];
        for (const worker of workers) {
          const { code, stderr } = await wordsOf(worker);
          assertEquals(code, 0, stderr);
          begun.push(...stderr.split("\n").filter((line) => line.startsWith("one: running ")));
          assertMatch(stderr, /^one: did CartPole-v1-dqn-seed\d-[\da-f]{12}, return \d+\.\d in \d+\.\d s$/m);
        }
        // The 11 trials start from the beginning, and who is promoted continues from the end of the shorter run.
        assert(begun.length > 11, `${begun.length} runs`);
        assertEquals(
          begun.filter((line) => line.endsWith(", from a stored state")).length,
          begun.length - 11,
        );
        assertEquals((await sweepHere([...LEARNING, "--out", "one-here"], cwd)).code, 0);
        assertEquals((await sweepHere([...odd, "--out", "two-here"], cwd)).code, 0);
        for (const name of ["one", "two"]) assertSameResults(cwd, name, `${name}-here`);
        assertEquals(filesBelow(`${cwd}/one`), filesBelow(`${cwd}/one-here`));
        assertStringIncludes(Deno.readTextFileSync(`${cwd}/two/runs.csv`), "Cannot continue training");
      } finally {
        await server.remove();
      }
    }),
);

Deno.test(
  "status, names that are taken, Ctrl-C, --resume, cancel",
  { ignore },
  () =>
    inFolder(async (cwd) => {
      const server = await startServer();
      const there = ["--queue", server.url, "--name", "mc1"];
      const there2 = ["--queue", server.url, "--name", "mc2"];
      try {
        const sweep = startSweep([...TINY, "--out", "x", ...there], cwd);
        await appearance(cwd, "x/sweep.json");
        const taken = await sweepThere([...TINY, "--out", "y", ...there], cwd);
        assertEquals(taken.code, 2);
        assertStringIncludes(taken.stderr, "mc1 is already on the server; resume it with --resume DIR");
        const other = await sweepThere([...TINY, "--gamma", "0.5", "--out", "z", ...there], cwd);
        assertEquals(other.code, 2);
        assertStringIncludes(other.stderr, "--name mc1 is taken by another sweep on the server");
        assertEquals(filesBelow(cwd), ["x/SHA256SUMS", "x/sweep.json"]);

        const status = async () =>
          JSON.parse((await sweepThere(["status", ...there, "--json"], cwd)).stdout)[0];
        while ((await status()).waiting < 8) await sleep(100);
        assertEquals(await status(), {
          ...{ name: "mc1", env: "CartPole-v1", version: VERSION, trials: 4, runs: 12, done: 0, going: 0 },
          ...{ waiting: 8, idle: 0, failures: {}, aside: [] },
        });
        const text = (await sweepThere(["status", "--queue", server.url], cwd)).stdout;
        assertEquals(
          text,
          `mc1: CartPole-v1, 4 trials, version ${VERSION}\n  0 of 12 runs done, 0 running, 8 waiting; 0 idle worker slots\n`,
        );
        sweep.kill("SIGINT");
        const stopped = await wordsOf(sweep);
        assertEquals(stopped.code, 130);
        assertEquals(
          stopped.stderr,
          `Stopped; to resume: deno task sweep --resume x --queue ${server.url}\n`,
        );
        // Which server gets one's credentials is not a file's to say.
        const unnamed = await sweepThere(["--resume", "x"], cwd);
        assertEquals([unnamed.code, unnamed.stderr], [
          2,
          `error: Cannot resume x: its runs are made over ${server.url}; give --queue, and how to log in, again\n`,
        ]);

        // The runs are made while nobody asks for them.
        const early = await runWorker(
          server.url,
          ["--name", "mc1", "--workers", "2", "--idle-limit", "1"],
          cwd,
        );
        assertEquals(early.code, 0);
        assertEquals((await status()).done, 8);
        const resumed = startSweep(["--resume", "x", "--queue", server.url], cwd);
        while ((await status()).waiting < 4) await sleep(100);
        const cancelled = await sweepThere(["cancel", ...there], cwd);
        assertEquals(cancelled.stdout, "Cancelled mc1: 8 of 12 runs done, 0 running, 4 waiting\n");
        const end = await wordsOf(resumed);
        assertEquals(end.code, 1);
        assertStringIncludes(
          end.stderr,
          "the sweep mc1 is no longer on the server; it was cancelled or lost",
        );
        assertEquals(filesBelow(`${cwd}/x/runs`).length, 8);

        const gone = await sweepThere(["cancel", ...there], cwd);
        assertEquals([gone.code, gone.stderr], [
          2,
          "error: Cannot find the sweep: there is no mc1 on the server\n",
        ]);
        // What is on disk goes on anywhere: on a server under another name, or here.
        const worker = startWorker(server.url, ["--workers", "1"], cwd);
        assertEquals((await sweepThere(["--resume", "x", "--skip-pictures", ...there2], cwd)).code, 0);
        worker.kill("SIGTERM");
        assertEquals((await wordsOf(worker)).code, 130);
        assertEquals((await sweepHere([...TINY, "--out", "here"], cwd)).code, 0);
        assertSameResults(cwd, "x", "here");
      } finally {
        await server.remove();
      }
    }),
);

Deno.test(
  "invalid messages are set aside and never executed",
  { ignore },
  () =>
    inFolder(async (cwd) => {
      const server = await startServer();
      const there = ["--queue", server.url, "--name", "mc1"];
      try {
        const sweep = startSweep([...TINY, "--out", "x", ...there, "--lease", "2"], cwd);
        await appearance(cwd, "x/sweep.json");
        Deno.writeTextFileSync(
          `${cwd}/evil.ts`,
          `Deno.writeTextFileSync("executed", ""); export default {};`,
        );
        const connection = await connect({ servers: server.url });
        const evil = { version: VERSION, id: "evil", time_limit: 9, settings: { env: `${cwd}/evil.ts` } };
        for (
          const [id, content] of [["garbage", "{"], ["evil", JSON.stringify(evil)], ["empty", ""]] as const
        ) {
          await jetstream(connection).publish(jobSubject("mc1", id), content);
        }
        await connection.close();
        const worker = startWorker(server.url, ["--workers", "2", "--idle-limit", "4"], cwd);
        const status = async () =>
          JSON.parse((await sweepThere(["status", ...there, "--json"], cwd)).stdout)[0];
        while (true) {
          const seen = await status();
          if (seen.aside.length < 3) continue;
          assert(
            seen.aside.some((note: string) => note.startsWith("bellman.mc1.job.evil: Cannot accept the run")),
          );
          break;
        }
        assertEquals((await wordsOf(sweep)).code, 0);
        const { stderr } = await wordsOf(worker);
        assertStringIncludes(stderr, "mc1: set aside evil: ");
        assertEquals(stderr.match(/mc1: set aside/g)!.length, 3);
        assertEquals(filesBelow(cwd).filter((file) => !file.startsWith("x/")), ["evil.ts"]);
        assertEquals((await sweepHere([...TINY, "--out", "here"], cwd)).code, 0);
        assertSameResults(cwd, "x", "here");
      } finally {
        await server.remove();
      }
    }),
);

Deno.test("a worker reports that it waits for its server", { ignore }, () =>
  inFolder(async (cwd) => {
    const port = freePort();
    const url = `nats://127.0.0.1:${port}`;
    const patient = startWorker(url, ["--workers", "1", "--idle-limit", "5"], cwd);
    await sleep(1_500);
    const server = await startServer([], port);
    try {
      const { code, stderr } = await wordsOf(patient);
      assertEquals(code, 0);
      const [first, ...others] = stderr.trimEnd().split("\n");
      assertEquals(first, `Cannot reach ${url}: connection refused; trying again in 0.5 s`);
      assertEquals(others.at(-1), `Connected to ${url}; 1 run at a time`);
    } finally {
      await server.remove();
    }
    const impatient = await sweepThere([...TINY, "--out", "x", "--queue", url, "--name", "mc1"], cwd);
    assertEquals(impatient.code, 2);
    assertEquals(impatient.stderr, `error: Cannot reach ${url}: connection refused\n`);
    assertEquals(filesBelow(cwd), []);
  }));

Deno.test("bad flags of workers, and of sweeps on a server, give exit code 2 and one line", () =>
  inFolder(async (cwd) => {
    const there = ["--queue", "nats://127.0.0.1:1", "--name", "mc1"];
    const bad: [string, string[], string][] = [
      ["worker", [], "--queue must be given, got none"],
      ["worker", [...there, "--workers", "0"], "--workers must be a whole number from 1, got 0"],
      ["worker", [...there, "--idle-limit", "0"], "--idle-limit must be a whole number from 1, got 0"],
      ["worker", ["--queue", "nats://a", "--name", "a.b"], "--name must be up to 64 letters"],
      ["worker", [...there, "word"], "every argument must be a flag, got word"],
      [
        "sweep",
        ["--queue", "nats://127.0.0.1:1"],
        "--name must be up to 64 letters, digits, - and _, got none",
      ],
      ["sweep", ["--name", "mc1", "--creds", "x"], "--creds needs --queue"],
      ["sweep", [...there, "--workers", "2"], "--workers must be absent with --queue"],
      ["sweep", [...there, "--replicas", "0"], "--replicas must be a whole number from 1, got 0"],
      ["sweep", [...there, "--lease", "2147484"], "in [1, 2147483], got 2147484"],
      [
        "sweep",
        [...there, "--lease", "0"],
        "--lease must be a whole number of seconds in [1, 2147483], got 0",
      ],
      ["sweep", [...there, "--env", "./my_env.ts", "--search", "gamma=0.9|1"], "workers load no files"],
      ["sweep", ["status"], "Cannot status: --queue must be given, got none"],
      ["sweep", ["cancel", "--queue", "nats://127.0.0.1:1"], "--name must be up to 64 letters"],
      ["sweep", ["status", ...there, "--trials", "3"], "--trials must be absent, got it"],
      ["sweep", ["status", "now", ...there], "every argument must be a flag, got now"],
      ["sweep", ["status", ...there], "Cannot reach nats://127.0.0.1:1"],
    ];
    const page = Deno.readTextFileSync(new URL("../../../docs/own_environment.md", import.meta.url));
    const [, example] = page.match(/```ts\n(\/\/ my_env\.ts[\s\S]*?)\n```/)!;
    Deno.writeTextFileSync(`${cwd}/my_env.ts`, example!);
    for (const [command, args, reason] of bad) {
      const { code, stdout, stderr } = command === "worker"
        ? await runWorker("", args, cwd)
        : await sweepThere(args, cwd);
      assertEquals([code, stdout], [2, ""], `${args.join(" ")}: ${stderr}`);
      assertStringIncludes(stderr, reason);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    }
    assertEquals(filesBelow(cwd), ["my_env.ts"]);
  }));

Deno.test("--help of the worker fits into 100 columns", () =>
  inFolder(async (cwd) => {
    const { code, stdout } = await runWorker("", ["--help"], cwd);
    assertEquals(code, 0);
    for (const flag of ["--queue", "--creds", "--idle-limit"]) assertStringIncludes(stdout, `  ${flag}`);
    assert(stdout.split("\n").every((line) => line.length <= 100));
  }));
