import { assert, assertEquals, assertRejects } from "@std/assert";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { cancelSubject, jobSubject } from "../../../scripts/nats/sweep_store.ts";
import { appearance, inFolder } from "../_process.ts";
import { NATS_SERVER, startServer } from "./_server.ts";
import {
  assertSameResults,
  killWorker,
  startSweep,
  startWorker,
  sweepHere,
  TINY,
  wordsOf,
} from "./_sweep.ts";

const ignore = NATS_SERVER === undefined;

/** The configuration that the guide shows, for its sweep ll1, without the place of the storage. */
function guidesConfiguration(): string {
  const guide = Deno.readTextFileSync(new URL("../../../docs/distributed.md", import.meta.url));
  const [, text] = guide.match(/```text\njetstream [^\n]*\n(authorization \{\n {2}users:[\s\S]*?)\n```/)!;
  return text!.replace('"another long random text"', '"w0rker"').replace('"a long random text"', '"sw33p"');
}

Deno.test(
  "with the guide's permissions a worker works, and can do nothing else",
  { ignore },
  () =>
    inFolder(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/server.conf`, guidesConfiguration());
      Deno.writeTextFileSync(`${cwd}/sweep`, "sw33p\n");
      Deno.writeTextFileSync(`${cwd}/worker`, "w0rker\n");
      const server = await startServer(["-c", `${cwd}/server.conf`]);
      const asSweep = ["--user", "sweep", "--password-file", "sweep"];
      const connections: NatsConnection[] = [];
      const as = async (user: string, pass: string) => {
        const connection = await connect({ servers: server.url, user, pass });
        connections.push(connection);
        return connection;
      };
      const sweepOf = (name: string) =>
        startSweep(
          [...TINY, "--save-runs", "--out", name, "--queue", server.url, "--name", name, ...asSweep],
          cwd,
        );
      let worker: Deno.ChildProcess | undefined;
      try {
        const [sweep, other] = [sweepOf("ll1"), sweepOf("ll2")];
        await Promise.all(["ll1", "ll2"].map((name) => appearance(cwd, `${name}/sweep.json`)));
        const trusted = await as("sweep", "sw33p");
        const manager = await jetstreamManager(trusted);
        const countOf = async (stream: string) => (await manager.streams.info(stream)).state.messages;
        while (await countOf("bellman-ll1") < 8 || await countOf("bellman-ll2") < 8) continue;

        // What a worker's account must not do, whoever uses it.
        const mine = await as("worker", "w0rker");
        const streams = ["bellman-ll1", "KV_bellman-ll1", "bellman-ll2", "KV_bellman-ll2"];
        const counts = () => Promise.all(streams.map(countOf));
        const before = await counts();
        const js = jetstream(mine, { timeout: 1_000 });
        const forbidden = await jetstreamManager(mine, { checkAPI: false, timeout: 1_000 });
        const bucket = await new Kvm(trusted).open("bellman-ll2");
        const result = await bucket.get("sweep");
        assert(result !== null);
        for (
          const attempt of [
            () => js.publish(jobSubject("ll1", "forged"), "{}"),
            () => js.publish("$KV.bellman-ll1.sweep", "{}"),
            () => js.publish("$KV.bellman-ll2.result.forged", "{}"),
            () => forbidden.streams.purge("KV_bellman-ll1"),
            () => forbidden.streams.delete("bellman-ll1"),
            () => forbidden.streams.deleteMessage("KV_bellman-ll1", 1),
            () => forbidden.streams.add({ name: "mine", subjects: ["mine"] }),
            () => forbidden.consumers.delete("bellman-ll1", "workers"),
            () => forbidden.streams.info("bellman-ll2"),
            () => forbidden.direct.getMessage("KV_bellman-ll2", { seq: 1 }),
          ]
        ) await assertRejects(attempt);
        mine.publish(cancelSubject("ll1"));
        mine.publish(cancelSubject("ll2"));
        await mine.flush();
        assertEquals(await counts(), before);

        // And what it must do.
        const small = ["--workers", "2", "--idle-limit", "60", "--checkpoint-seconds", "0.05"];
        const asWorker = ["--name", "ll1", "--user", "worker", "--password-file", "worker"];
        worker = startWorker(server.url, [...small, ...asWorker], cwd);
        const { code, stderr } = await wordsOf(sweep);
        assertEquals([code, stderr], [0, ""]);
        other.kill("SIGINT");
        assertEquals((await wordsOf(other)).code, 130);
        assertEquals((await sweepHere([...TINY, "--save-runs", "--out", "here"], cwd)).code, 0);
        assertSameResults(cwd, "ll1", "here");
      } finally {
        if (worker !== undefined) await killWorker(worker);
        for (const connection of connections) await connection.close();
        await server.remove();
      }
    }),
);
