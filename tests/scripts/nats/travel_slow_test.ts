import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { connect } from "@nats-io/transport-node";
import { heldKeys, keySubject, openStore } from "../../../scripts/nats/sweep_store.ts";
import { filesBelow, inFolder } from "../_process.ts";
import { NATS_SERVER, startServer } from "./_server.ts";
import { assertSameResults, startSweep, startWorker, sweepHere, wordsOf } from "./_sweep.ts";

const ignore = NATS_SERVER === undefined;

/** One run of some seconds. */
const ONE = [
  ...[
    "--sampling",
    "grid",
    "--search",
    "gamma=0.98",
    "--halving",
    "none",
    "--seeds",
    "1",
    "--steps",
    "60000",
  ],
  ...["--hidden", "16", "--batch-size", "16", "--learning-starts", "200", "--eval-interval", "3000"],
  ...["--eval-episodes", "3", "--stop-at-return", "none", "--save-runs", "--skip-pictures"],
];

/** Waits until a run has stored where it is, and then once more. */
async function storedStates(url: string): Promise<void> {
  const connection = await connect({ servers: url });
  try {
    const revisions = new Set<number>();
    for (let turn = 0; revisions.size < 2; turn++) {
      if (turn > 1_000) throw new Error("No state was stored");
      const found = await openStore(connection, "one");
      const filter = keySubject("one", "state.*");
      const held = found && await heldKeys(found.store.manager, found.store.bucketStream, filter);
      const entry = held?.keys[0] && await found?.store.bucket.get(`state.${held.keys[0]}`);
      if (entry) revisions.add(entry.revision);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await connection.close();
  }
}

Deno.test(
  "a run whose worker is killed resumes from its checkpoint on another, with the same bits and files",
  {
    ignore,
  },
  () =>
    inFolder(async (cwd) => {
      // Messages so small that checkpoints, results and policies come in parts.
      Deno.writeTextFileSync(`${cwd}/server.conf`, "max_payload: 16384\nmax_pending: 1048576\n");
      const server = await startServer(["-c", `${cwd}/server.conf`]);
      try {
        const args = [...ONE, "--out", "x", "--queue", server.url, "--name", "one", "--lease", "2"];
        const sweep = startSweep(args, cwd);
        for (let i = 0; i < 2; i++) {
          const worker = startWorker(server.url, ["--workers", "1", "--checkpoint-seconds", "0.05"], cwd);
          await storedStates(server.url);
          worker.kill("SIGKILL");
          const { stderr } = await wordsOf(worker);
          assertEquals(stderr.includes(", from a stored state\n"), i > 0, stderr);
          assert(!stderr.includes("one: did"), stderr);
        }
        const last = startWorker(server.url, ["--workers", "1", "--idle-limit", "8"], cwd);
        const { code, stderr } = await wordsOf(sweep);
        assertEquals([code, stderr], [0, ""]);
        assertStringIncludes((await wordsOf(last)).stderr, ", from a stored state\n");
        assertEquals((await sweepHere([...ONE, "--out", "here"], cwd)).code, 0);
        assertSameResults(cwd, "x", "here");
        const files = filesBelow(`${cwd}/here/runs`);
        assertEquals(filesBelow(`${cwd}/x/runs`), files);
        const names = ["config.json", "episodes.csv", "evaluations.csv", "policy.onnx", "policy.safetensors"];
        const run = files[0]!.split("/")[0]!.replace(/\.json$/, "");
        assertEquals(
          files,
          [`${run}.json`, ...[...names, "SHA256SUMS", "summary.json"].map((name) => `${run}/${name}`)].sort(),
        );
        for (const name of names) {
          const path = `runs/${run}/${name}`;
          assertEquals(Deno.readFileSync(`${cwd}/x/${path}`), Deno.readFileSync(`${cwd}/here/${path}`), name);
        }
        const [there, here] = ["x", "here"].map((folder) =>
          JSON.parse(Deno.readTextFileSync(`${cwd}/${folder}/runs/${run}/summary.json`))
        );
        assertEquals(there.trajectory_sha256, here.trajectory_sha256);
        assert(there.wall_seconds > 0);
      } finally {
        await server.remove();
      }
    }),
);
