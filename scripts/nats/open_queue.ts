import { Sha256 } from "../../agents/mod.ts";
import type { JobQueue } from "../jobs/job_queue.ts";
import type { QueueAccess } from "./queue_flags.ts";
import type { RunResult } from "../run_folder/run_result.ts";
import type { Settings } from "../settings/settings.ts";
import { roundSizes, rungSizes, runSettings, type SweepPlan } from "../sweep/sweep_plan.ts";
import { connectNats } from "./connect_nats.ts";
import { natsQueue } from "./nats_queue.ts";
import { persist } from "./persist.ts";
import { removeRunState } from "./run_states.ts";
import { type CreateOptions, createStore, removeStore, type SweepStore } from "./sweep_store.ts";
import { reasonOf } from "../values/reason_of.ts";

/** How long a sweep waits for its server after its end. */
const REMOVE_MS = 60_000;

/** Options of {@linkcode openQueue}. */
export interface OpenQueueOptions extends CreateOptions {
  /** The sweep's name on the server. */
  readonly name: string;
  /** The plan of the sweep. */
  readonly plan: SweepPlan;
  /** Seconds that a run may take. */
  readonly timeLimit: number;
  /** Whether the files of runs are saved. */
  readonly savesRuns: boolean;
  /** Receives messages for the user. */
  readonly log: (text: string) => void;
}

/** A sweep's queue on a server. */
export interface OpenQueue {
  /** The queue for its runs. */
  readonly queue: JobQueue<Settings, RunResult>;
  /** Removes, in the background, the states of runs from which no other will continue. */
  forget(ids: readonly string[]): void;
  /** Removes the sweep from the server; if that takes too long, says how to do it later. */
  remove(): Promise<void>;
  /** Closes the connection; the sweep stays on the server. */
  leave(): Promise<void>;
}

/**
 * Creates a sweep on a server, or opens an existing one.
 *
 * @param access The server, and the credentials.
 * @param options The sweep.
 * @returns Its queue.
 * @throws {UsageError} If the server cannot be reached, refuses the credentials, or has another sweep of this name.
 */
export async function openQueue(access: QueueAccess, options: OpenQueueOptions): Promise<OpenQueue> {
  const { name, plan } = options;
  const connection = await connectNats(access, {
    name: `bellman sweep ${name}`,
    patient: false,
    log: options.log,
  });
  if (connection === undefined) throw new Error("Cannot connect: the wait was ended");
  const leave = () => connection.close();
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(JSON.stringify(plan)));
  const record = {
    version: plan.version,
    plan: hash.digest(),
    env: runSettings(plan, 0, 0, 0).env,
    trials: plan.count,
    runs: plan.seeds *
      roundSizes(plan).flatMap((size) => rungSizes(plan, size)).reduce((sum, size) => sum + size, 0),
  };
  try {
    const store = await createStore(connection, name, record, options);
    const queue = await natsQueue(store, options);
    let forgetting = Promise.resolve();
    const forget = (id: string) => {
      // One that stays only takes space until the sweep is removed.
      forgetting = forgetting.then(() => removeRunState(store, id)).catch(() => {});
    };
    return {
      queue,
      forget: (ids) => ids.forEach(forget),
      remove: () => removeInTime(store, options.log),
      leave,
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** The results are saved, so a failure of the server no longer affects them. */
async function removeInTime(store: SweepStore, log: (text: string) => void): Promise<void> {
  const signal = AbortSignal.timeout(REMOVE_MS);
  try {
    await persist(() => removeStore(store), { isThere: () => Promise.resolve(true), signal, log });
  } catch (error) {
    log(
      `Not removed from the server: ${store.name} (${
        reasonOf(error)
      }); remove it later with deno task sweep cancel`,
    );
  }
}
