import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { jetstream } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { decodeBlob, encodeBlob, removeBlob } from "../../../scripts/nats/blob.ts";
import { encodeJob } from "../../../scripts/nats/job_message.ts";
import { natsQueue } from "../../../scripts/nats/nats_queue.ts";
import { openRunStates, removeRunState } from "../../../scripts/nats/run_states.ts";
import { serveSweeps } from "../../../scripts/nats/serve_sweeps.ts";
import {
  CONSUMER,
  createStore,
  heldKeys,
  jobSubject,
  openStore,
  removeStore,
  type SweepStore,
} from "../../../scripts/nats/sweep_store.ts";
import { VERSION } from "../../../scripts/values/package.ts";
import { presetSettings } from "../../../scripts/settings/presets.ts";
import { runKey } from "../../../scripts/run_folder/run_key.ts";
import { runToResult } from "../../../scripts/run_folder/run_to_result.ts";
import type { Settings } from "../../../scripts/settings/settings.ts";
import { inFolder } from "../_process.ts";
import { runWorker, sweepThere } from "./_sweep.ts";
import { freePort, NATS_SERVER, startServer, type TestServer } from "./_server.ts";

const ignore = NATS_SERVER === undefined;
const RECORD = { version: VERSION, plan: "0", env: "CartPole-v1", trials: 1, runs: 1 };
const HOW = { resume: false, replicas: 1, lease: 30 };
const settings: Settings = {
  ...presetSettings({}),
  ...{
    steps: 400,
    learningStarts: 200,
    hidden: [8],
    evalInterval: null,
    stopAtReturn: null,
    evalEpisodes: 2,
  },
};
const settingsOf = (seed: number): Settings => ({ ...settings, seed });
const jobOf = (seed: number) => ({ id: runKey(settingsOf(seed)), input: settingsOf(seed) });

/** Gives a body a server and a connection of its own. */
async function onServer(
  body: (connection: NatsConnection, server: TestServer) => Promise<void>,
  args: readonly string[] = [],
): Promise<void> {
  const server = await startServer(args);
  const connection = await connect({ servers: server.url });
  try {
    await body(connection, server);
  } finally {
    await connection.close();
    await server.remove();
  }
}

/** Hands a result in as a worker does. */
async function answer(store: SweepStore, seed: number, output: unknown): Promise<void> {
  const text = JSON.stringify({ output, files: [] });
  await store.bucket.put(
    `result.${jobOf(seed).id}`,
    await encodeBlob(store, new TextEncoder().encode(text)),
  );
}

Deno.test(
  "entries of any size come back as they were; damaged ones are refused",
  { ignore },
  () =>
    onServer(async (connection) => {
      const store = await createStore(connection, "a", RECORD, HOW);
      for (const size of [0, 1, 1_000_000, 1_044_479, 1_044_480, 3_000_001]) {
        const bytes = Uint8Array.from({ length: size }, (_, i) => i % 251);
        const entry = await encodeBlob(store, bytes);
        assertEquals(await decodeBlob(store, entry), bytes);
        await removeBlob(store, entry);
        if (size >= 1_044_480) {
          assert(entry.length < 1_000);
          await assertRejects(() => decodeBlob(store, entry), RangeError, `it must have ${size} bytes`);
        }
      }
      // Of what was removed no more is left than that it was.
      const { state } = await store.manager.streams.info(store.bucketStream);
      assert(state.bytes < 5_000, `${state.bytes} bytes`);
      const refuse = (content: string) => decodeBlob(store, new TextEncoder().encode(content));
      await assertRejects(() => refuse(""), SyntaxError, "its first byte must be 0 or 1");
      await assertRejects(() => refuse("x"), SyntaxError, "its first byte must be 0 or 1");
      await assertRejects(
        () => refuse('\x01{"name": "../x", "parts": 1, "bytes": 1, "sha256": ""}'),
        RangeError,
      );
      await assertRejects(
        () => refuse('\x01{"name": "x", "parts": 1, "bytes": 1e15, "sha256": ""}'),
        RangeError,
      );
    }),
);

Deno.test("results come once each, wherever the queue was when they were stored; invalid ones are repeated", {
  ignore,
}, () =>
  onServer(async (connection) => {
    const store = await createStore(connection, "a", RECORD, HOW);
    const said: string[] = [];
    const open = () => natsQueue(store, { timeLimit: 60, savesRuns: false, log: (text) => said.push(text) });
    const results = await Promise.all([0, 1].map((seed) => runToResult(settingsOf(seed), () => {})));
    const waiting = async () => (await heldKeys(store.manager, store.jobStream, jobSubject("a", "*"))).keys;

    const first = await open();
    const told: number[] = [];
    const outcome = first.submit(jobOf(0), (part) => told.push(part));
    const lost = assertRejects(() => first.submit(jobOf(1)), Error, "The queue was closed");
    while ((await waiting()).length < 2) continue;
    connection.publish(`bellman.a.progress.${jobOf(0).id}`, "0.5");
    connection.publish(`bellman.a.progress.${jobOf(0).id}`, "nonsense");
    for (const bad of ["no result", results[1]]) { // the second of another run
      await answer(store, 0, bad);
      while (await store.bucket.get(`result.${jobOf(0).id}`) !== null) continue;
    }
    await answer(store, 0, results[0]);
    assertEquals(await outcome, { output: results[0]!, files: new Map() });
    assertEquals(told, [0.5]);
    assertEquals(said.length, 2);
    for (const text of said) {
      assertStringIncludes(text, `Rejected the result of ${jobOf(0).id} (Cannot read `);
    }
    await first.close();
    await lost;

    // While nobody asked.
    await answer(store, 1, results[1]);
    const second = await open();
    const again = await Promise.all([1, 0].map((seed) => second.submit(jobOf(seed))));
    assertEquals(again.map((one) => one.failure === undefined && one.output), [results[1]!, results[0]!]);
    // What waited before waits once.
    assertEquals((await waiting()).sort(), [jobOf(0).id, jobOf(1).id].sort());
    await second.close();
  }));

Deno.test(
  "runs that the server lost are handed in again; a sweep that it lost ends the queue",
  { ignore },
  () =>
    onServer(async (connection) => {
      const store = await createStore(connection, "a", RECORD, HOW);
      const queue = await natsQueue(store, { timeLimit: 60, savesRuns: false, log: () => {} });
      const outcome = queue.submit(jobOf(0));
      const held = async () =>
        (await heldKeys(store.manager, store.jobStream, jobSubject("a", "*"))).keys.length;
      while (await held() === 0) continue;
      await store.manager.streams.purge(store.jobStream);
      assertEquals(await held(), 0);
      while (await held() === 0) await new Promise((resolve) => setTimeout(resolve, 100));
      const end = assertRejects(() => outcome, Error, "the sweep a is no longer on the server");
      await removeStore(store);
      await end;
      await queue.close();
    }),
);

Deno.test(
  "a run that ends its workers has failed after five, and does not block; other versions are refused",
  {
    ignore,
  },
  () =>
    onServer(async (connection) => {
      const store = await createStore(connection, "a", RECORD, HOW);
      const other = await createStore(connection, "b", { ...RECORD, version: "0.0.1" }, HOW);
      const queue = await natsQueue(store, { timeLimit: 60, savesRuns: false, log: () => {} });
      const [poison, good] = [queue.submit(jobOf(0)), queue.submit(jobOf(1))];
      const message = encodeJob({
        id: jobOf(2).id,
        settings: settingsOf(2),
        timeLimit: 60,
        savesRuns: false,
        leavesState: false,
      });
      await jetstream(connection).publish(jobSubject("b", jobOf(2).id), message);
      // Five workers that come no further.
      const consumer = await store.js.consumers.get(store.jobStream, CONSUMER);
      for (let deliveries = 0; deliveries < 5;) {
        const taken = await consumer.next({ expires: 1_000 });
        if (taken?.subject === jobSubject("a", jobOf(0).id)) deliveries++;
        taken?.nak();
      }
      const said: string[] = [];
      const stopping = new AbortController();
      const serving = serveSweeps(connection, {
        ...{ name: undefined, slots: 1, idleLimit: 60, stateInterval: 60 },
        log: (text) => said.push(text),
        signal: stopping.signal,
      });
      assertEquals(await poison, { failure: "its worker ended without an answer 5 times" });
      const outcome = await good;
      assert(outcome.failure === undefined);
      const { wall_seconds: _, threshold_seconds: __, ...result } = outcome.output;
      const { wall_seconds: ___, threshold_seconds: ____, ...expected } = await runToResult(
        settingsOf(1),
        () => {},
      );
      assertEquals(result, expected);
      stopping.abort();
      await serving;
      await queue.close();
      const refusal =
        `b: refused, its version must be ${VERSION}, since versions may differ in their bits, got 0.0.1`;
      assertEquals(said.filter((text) => text.startsWith("b: ")), [refusal]);
      assertStringIncludes(
        said.join("\n"),
        `a: failed ${jobOf(0).id}: its worker ended without an answer 5 times`,
      );
      const { num_pending: left } = await other.manager.consumers.info(other.jobStream, CONSUMER);
      assertEquals(left, 1);
      assertEquals((await heldKeys(store.manager, store.jobStream, jobSubject("a", "*"))).keys, []);
    }),
);

Deno.test("states of a run: the last is kept, counts how often it was begun since, and can be removed", {
  ignore,
}, () =>
  onServer(async (connection) => {
    const store = await createStore(connection, "a", RECORD, HOW);
    const open = (delivery: number) =>
      openRunStates("run", { store, signal: new AbortController().signal, delivery });
    const first = open(3);
    assertEquals([await first.read(), first.attempts], [undefined, 3]);
    const large = Uint8Array.from({ length: 2_000_000 }, (_, i) => i % 7);
    for (const state of [Uint8Array.of(1), Uint8Array.of(2), large]) first.write(state);
    await first.flush();
    const second = open(5);
    assertEquals([await second.read(), second.attempts], [large, 2]);
    second.write(Uint8Array.of(4));
    await second.flush();
    const third = open(6);
    assertEquals([await third.read(), third.attempts], [Uint8Array.of(4), 1]);
    await third.remove();
    assertEquals(await open(7).read(), undefined);
    const ended = open(7);
    ended.write(large);
    await ended.flush();
    assertEquals(await open(0).read(), large); // for a longer run
    for (let i = 0; i < 2; i++) await removeRunState(store, "run");
    assertEquals(await open(8).read(), undefined);
    // Of what was removed no more is left than that it was.
    const { state } = await store.manager.streams.info(store.bucketStream);
    assert(state.bytes < 5_000, `${state.bytes} bytes`);
    // Spoiled: the run starts anew.
    await store.bucket.put("state.run", "x");
    assertEquals(await open(8).read(), undefined);
  }));

Deno.test("a name is one sweep's", { ignore }, () =>
  onServer(async (connection) => {
    assertEquals(await openStore(connection, "a"), undefined);
    await createStore(connection, "a", RECORD, HOW);
    await assertRejects(() => createStore(connection, "a", RECORD, HOW), Error, "a is already on the server");
    const other = { ...RECORD, plan: "1" };
    await assertRejects(
      () => createStore(connection, "a", other, { ...HOW, resume: true }),
      Error,
      "--name a is taken by another sweep",
    );
    assertEquals((await createStore(connection, "a", RECORD, { ...HOW, resume: true })).name, "a");
    await assertRejects(
      () => createStore(connection, "c", RECORD, { ...HOW, replicas: 3 }),
      Error,
      "Cannot start the sweep: the server refuses: ",
    );
  }));

Deno.test("a server whose disk is full is reported, and the work waits for it", { ignore }, async () => {
  const folder = await Deno.makeTempDir();
  const allow = (size: string) =>
    Deno.writeTextFileSync(
      `${folder}/server.conf`,
      `jetstream { store_dir: "${folder}/s", max_file_store: ${size} }\n`,
    );
  allow("100KB");
  const server = await startServer(["-c", `${folder}/server.conf`], freePort(), "configured");
  const connection = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  const stopping = new AbortController();
  try {
    const store = await createStore(connection, "a", RECORD, HOW);
    const queue = await natsQueue(store, { timeLimit: 60, savesRuns: false, log: () => {} });
    const result = await runToResult(settingsOf(0), () => {});
    // Of more than the server has, so that the next finds it full.
    const episodes = Array.from({ length: 30_000 }, (_, i) => i);
    const large = (seed: number) => ({ ...result, settings: settingsOf(seed), episode_returns: episodes });
    let say = (_: string) => {};
    const said = new Promise<string>((resolve) => say = resolve);
    const serving = serveSweeps(connection, {
      ...{ name: "a", slots: 1, idleLimit: Infinity, stateInterval: 60, signal: stopping.signal },
      log(text) {
        if (text.startsWith("The server refuses")) say(text);
      },
      make: ({ settings: { seed } }) => Promise.resolve({ output: large(seed) }),
    });
    const outcomes = [0, 1].map((seed) => queue.submit(jobOf(seed)));
    assertMatch(await said, /^The server refuses: .*resource.*; trying again$/);
    await server.kill();
    allow("100MB");
    await server.start();
    assertEquals(
      await Promise.all(outcomes),
      [0, 1].map((seed) => ({ output: large(seed), files: new Map() })),
    );
    stopping.abort();
    await serving;
    await queue.close();
  } finally {
    await connection.close();
    await server.remove();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test(
  "text from messages and sweeps is escaped in a worker's log and in sweep status",
  { ignore },
  () =>
    inFolder((cwd) =>
      onServer(async (connection, { url }) => {
        const evil = "\x1b]0;title\x07\x1b[2J\x9b2J\u202e\nfake: line";
        const store = await createStore(connection, "a", { ...RECORD, env: evil }, HOW);
        await store.bucket.put("failure.x", evil);
        const { id } = jobOf(0);
        const message = JSON.stringify({ version: evil, id, settings: {}, time_limit: 1, files: false });
        await jetstream(connection).publish(jobSubject("a", id), new TextEncoder().encode(message));
        const worker = await runWorker(url, ["--workers", "1", "--idle-limit", "3"], cwd);
        const status = await sweepThere(["status", "--queue", url], cwd);
        const shown = "\\u001b]0;title\\u0007\\u001b[2J\\u009b2J\\u202e\\nfake: line";
        for (const said of [worker.stderr, status.stdout]) {
          assertStringIncludes(said, shown);
          // deno-lint-ignore no-control-regex
          assertEquals(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]|^fake/m.test(said), false, JSON.stringify(said));
        }
        assertStringIncludes(worker.stderr, "set aside");
        assertMatch(status.stdout, /^ {2}set aside /m);
      })
    ),
);
