/**
 * Measures how many runs per second a NATS server can hand out and take back, and simulates what that means for large sweeps:
 * `deno task bench:queue`. It starts its own `nats-server` on this machine (`--server PATH`, by default Debian's); the clients
 * run on this machine, too, and share it with the server. Nothing is trained. `--json` prints JSON.
 *
 * @module
 */

import { connect, type NatsConnection } from "@nats-io/transport-node";
import { type Flag, isOn } from "./cli/command_line.ts";
import { print, printError } from "./cli/print.ts";
import { simulateSweep } from "./bench/simulate_sweep.ts";
import { natsQueue } from "./nats/nats_queue.ts";
import { serveSweeps } from "./nats/serve_sweeps.ts";
import { createStore, removeStore } from "./nats/sweep_store.ts";
import { VERSION } from "./values/package.ts";
import { firstLineOf } from "./values/reason_of.ts";
import { presetSettings } from "./settings/presets.ts";
import { readCommand } from "./settings/read_command.ts";
import { runKey } from "./run_folder/run_key.ts";
import { exitCodeOf, UsageError } from "./cli/usage_error.ts";
import type { RunResult } from "./run_folder/run_result.ts";
import { markdownTable } from "./cli/table.ts";

/** The measured rates of a server. */
export interface QueueRates {
  /** Runs per second, from the sweep to a worker and back. */
  readonly runsPerSecond: number;
  /** Heartbeats per second that the server accepts when it does nothing else. */
  readonly beatsPerSecond: number;
}

/** Episodes in the result of a run, which make it about 8 kB. */
const EPISODES = 500;
/** The path in Debian's package nats-server. */
const NATS_SERVER = "/usr/sbin/nats-server";
const FLAGS: readonly Flag[] = [
  { name: "--server", placeholder: "PATH", help: `NATS server to start (default: ${NATS_SERVER})` },
  { name: "--json", help: "print the results as JSON" },
];
const RUNS = 2_000;
const BEATS = 100_000;
const CONNECTIONS = 8;
/** Runs per rung of the simulated sweep: 10,000 trials, a third of them with three times the budget, a third of those with nine times. */
const RUNGS = [10_000, 3_333, 1_111];
const WORKERS = 1_000;
const LENGTHS = [0.3, 1, 3, 10, 60, 600];

/** Measures a server. */
export async function measureQueue(url: string): Promise<QueueRates> {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => connect({ servers: url })),
  );
  try {
    return { runsPerSecond: await measureRuns(connections), beatsPerSecond: await measureBeats(connections) };
  } finally {
    for (const connection of connections) await connection.close();
  }
}

async function measureRuns([own, ...others]: NatsConnection[]): Promise<number> {
  const record = { version: VERSION, plan: "bench", env: "CartPole-v1", trials: RUNS, runs: RUNS };
  const store = await createStore(own!, "bench", record, { resume: false, replicas: 1, lease: 30 });
  const queue = await natsQueue(store, { timeLimit: 60, savesRuns: false, log: printError });
  const stopping = new AbortController();
  const options = { name: "bench", slots: 4, idleLimit: Infinity, stateInterval: 60, log: () => {} };
  const serving = others.map((connection) =>
    serveSweeps(connection, {
      ...options,
      signal: stopping.signal,
      make: ({ settings }) => Promise.resolve({ output: resultOf(settings) }),
    })
  );
  const begin = performance.now();
  await Promise.all(Array.from({ length: RUNS }, (_, seed) => {
    const settings = { ...presetSettings({}), seed };
    return queue.submit({ id: runKey(settings), input: settings });
  }));
  const seconds = (performance.now() - begin) / 1000;
  stopping.abort();
  await queue.close();
  await Promise.all(serving);
  await removeStore(store);
  return RUNS / seconds;
}

/** A result of typical size. */
function resultOf(settings: RunResult["settings"]): RunResult {
  const numbers = Array.from({ length: EPISODES }, (_, i) => 100 * i);
  return {
    settings,
    stopped_by: "steps",
    env_steps: 50_000,
    gradient_steps: 50_000,
    evaluation: { episodes: 100, mean: 500, std: 0, min: 500, max: 500 },
    policy_step: 50_000,
    weights_sha256: "0".repeat(64),
    trajectory_sha256: "0".repeat(64),
    threshold_step: 50_000,
    threshold_seconds: 10,
    wall_seconds: 10,
    episode_steps: numbers,
    episode_returns: numbers,
    evaluation_steps: numbers.slice(0, 20),
    evaluation_means: numbers.slice(0, 20),
    versions: { bellman: VERSION, deno: Deno.version.deno, v8: Deno.version.v8 },
  };
}

async function measureBeats(connections: NatsConnection[]): Promise<number> {
  const begin = performance.now();
  await Promise.all(connections.map(async (connection) => {
    for (let i = 0; i < BEATS / connections.length; i++) {
      connection.publish("bellman.bench.progress.run", "0.5");
      if (i % 1_000 === 0) await connection.flush();
    }
    await connection.flush();
  }));
  return BEATS / ((performance.now() - begin) / 1000);
}

function startServer(path: string, args: string[]): Deno.ChildProcess {
  try {
    return new Deno.Command(path, { args, stdout: "null", stderr: "null" }).spawn();
  } catch (error) {
    throw new UsageError(
      `Cannot measure: --server must be a NATS server that can be started, got ${path}: ${
        firstLineOf(error)
      }`,
    );
  }
}

/** Runs a server for the duration of the body. */
async function withServer<T>(path: string, body: (url: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  const args = ["-a", "127.0.0.1", "-p", "-1", "-js", "-sd", folder, "--ports_file_dir", folder];
  let server: Deno.ChildProcess | undefined;
  try {
    server = startServer(path, args);
    for (let i = 0; i < 200; i++) {
      const file = [...Deno.readDirSync(folder)].find(({ name }) => name.endsWith(".ports"));
      if (file !== undefined) {
        const { nats: [url] } = JSON.parse(Deno.readTextFileSync(`${folder}/${file.name}`));
        return await body(url);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`Cannot measure: ${path} must listen on a port, got none`);
  } finally {
    server?.kill("SIGTERM");
    await server?.status;
    await Deno.remove(folder, { recursive: true });
  }
}

async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "bench:queue");
  if (line === undefined) return 0;
  const json = isOn(line, "json");
  const rates = await withServer(line.values.get("server") ?? NATS_SERVER, measureQueue);
  const simulated = LENGTHS.map((runSeconds) => {
    const sweep = { rungs: RUNGS, runSeconds, growth: 3, workers: WORKERS, seed: 0 };
    const result = simulateSweep({ ...sweep, serverSeconds: 1 / rates.runsPerSecond });
    return { runSeconds, ...result, freeSeconds: simulateSweep({ ...sweep, serverSeconds: 0 }).seconds };
  });
  if (json) print(JSON.stringify({ ...rates, simulated }, null, 2));
  else {
    const count = (value: number) => Math.round(value).toLocaleString("en");
    const percent = (value: number) => `${Math.round(100 * value)} %`;
    print(`${count(rates.runsPerSecond)} runs/s to workers and back`);
    print(`${count(rates.beatsPerSecond)} heartbeats/s\n`);
    const header = [
      "a run of the first rung",
      "the sweep",
      "with an instant server",
      "server busy",
      "workers busy",
    ];
    print(markdownTable(
      header,
      simulated.map(({ runSeconds, seconds, freeSeconds, serverBusy, workersBusy }) => [
        `${runSeconds} s`,
        `${count(seconds)} s`,
        `${count(freeSeconds)} s`,
        percent(serverBusy),
        percent(workersBusy),
      ]),
    ));
  }
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
