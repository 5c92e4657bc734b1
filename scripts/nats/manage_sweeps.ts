import { visibleLine } from "../values/visible_text.ts";
import { jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { print } from "../cli/print.ts";
import type { QueueAccess } from "./queue_flags.ts";
import { UsageError } from "../cli/usage_error.ts";
import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { jsonObject } from "../values/json_object.ts";
import { connectNats } from "./connect_nats.ts";
import {
  CONSUMER,
  heldKeys,
  keySubject,
  openStore,
  removeStore,
  storeNames,
  type SweepStore,
} from "./sweep_store.ts";

/** The progress of a sweep on a server. */
export interface SweepStatus {
  readonly name: string;
  readonly env: string;
  readonly version: string;
  readonly trials: number;
  /** Number of its runs, if no run fails; at most that, if a median prunes. */
  readonly runs: number;
  /** Number of runs whose results are stored. */
  readonly done: number;
  /** Number of runs in progress. */
  readonly going: number;
  /** Number of runs that wait for a worker. */
  readonly waiting: number;
  /** Number of worker slots that wait for a run. */
  readonly idle: number;
  /** The reason for each failed run, by its key. */
  readonly failures: Readonly<Record<string, string>>;
  /** The reasons for which messages were set aside. */
  readonly aside: readonly string[];
}

/** The commands for sweeps on a server. */
export type SweepCommand = "status" | "cancel";

/**
 * Prints the progress of sweeps on a server, or removes a sweep from it.
 *
 * @param access The server, and the credentials.
 * @param command The command.
 * @param options `name`: the sweep; for `status`, undefined means all. `json`: whether to print JSON.
 * @returns The exit code, 0.
 * @throws {UsageError} If the server cannot be reached, or there is no such sweep.
 */
export async function manageSweeps(
  access: QueueAccess,
  command: SweepCommand,
  options: { name: string | undefined; json: boolean },
): Promise<number> {
  const { name, json } = options;
  const connection = await connectNats(access, { name: `bellman ${command}`, patient: false, log: () => {} });
  if (connection === undefined) return 130;
  try {
    if (command === "cancel" && name !== undefined) {
      const { store, status } = await statusOn(connection, name);
      await removeStore(store);
      print(json ? JSON.stringify(status, null, 2) : `Cancelled ${name}: ${countsText(status)}`);
      return 0;
    }
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const names = name === undefined ? await storeNames(manager) : [name];
    const list = (await Promise.all(names.map((sweep) => statusOn(connection, sweep)))).map(({ status }) =>
      status
    );
    if (json) print(JSON.stringify(list, null, 2));
    else print(list.length === 0 ? "no sweeps" : list.map(statusText).join("\n\n"));
    return 0;
  } finally {
    await connection.close();
  }
}

async function statusOn(
  connection: NatsConnection,
  name: string,
): Promise<{ store: SweepStore; status: SweepStatus }> {
  const found = await openStore(connection, name);
  if (found === undefined) throw new UsageError(`Cannot find the sweep: there is no ${name} on the server`);
  const { store, record } = found;
  const keys = async (kind: string) =>
    (await heldKeys(store.manager, store.bucketStream, keySubject(name, `${kind}.*`))).keys;
  const text = async (key: string) => (await store.bucket.get(key))?.string() ?? "";
  const queue = await store.manager.consumers.info(store.jobStream, CONSUMER);
  const failures = await Promise.all(
    (await keys("failure")).map(async (id) => [id, await text(`failure.${id}`)] as const),
  );
  const aside = await Promise.all((await keys("aside")).map(async (id) => {
    const note = jsonObject(
      parseBoundedJson(await text(`aside.${id}`), { depth: 16, length: 1_000_000 }),
      "a note",
    );
    return `${note.text("subject")}: ${note.text("reason")}`;
  }));
  const { env, version, trials, runs } = record;
  const status = {
    name,
    env,
    version,
    trials,
    runs,
    done: (await keys("result")).length,
    going: queue.num_ack_pending,
    waiting: queue.num_pending,
    idle: queue.num_waiting,
    failures: Object.fromEntries(failures.sort()),
    aside: aside.sort(),
  };
  return { store, status };
}

function countsText({ runs, done, going, waiting, failures }: SweepStatus): string {
  const failed = Object.keys(failures).length;
  const extra = failed === 0 ? "" : ` (${failed} failed)`;
  return `${done} of ${runs} runs done${extra}, ${going} running, ${waiting} waiting`;
}

function statusText(status: SweepStatus): string {
  const { name, env, version, trials, idle, failures, aside } = status;
  return [
    `${name}: ${env}, ${trials} trials, version ${version}`,
    `  ${countsText(status)}; ${idle} idle worker slots`,
    ...Object.entries(failures).map(([id, reason]) => `  failed ${id}: ${reason}`),
    ...aside.map((note) => `  set aside ${note}`),
  ].map(visibleLine).join("\n");
}
