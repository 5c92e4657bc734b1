import { Sha256 } from "../../agents/mod.ts";
import type { JobQueue } from "../jobs/job_queue.ts";
import type { QueueAccess } from "./queue_flags.ts";
import type { RunResult } from "../run_folder/run_result.ts";
import type { Settings } from "../settings/settings.ts";
import { rungSizes, runSettings, type SweepPlan } from "../sweep/sweep_plan.ts";
import { connectNats } from "./connect_nats.ts";
import { natsQueue } from "./nats_queue.ts";
import { persist } from "./persist.ts";
import { type CreateOptions, createStore, removeStore, type SweepStore } from "./sweep_store.ts";
import { reasonOf } from "../values/reason_of.ts";

/** How long a sweep that is over waits for its server. */
const REMOVE_MS = 60_000;

/** Options of {@linkcode openQueue}. */
export interface OpenQueueOptions extends CreateOptions {
  /** The sweep's name on the server. */
  readonly name: string;
  /** What it runs. */
  readonly plan: SweepPlan;
  /** Seconds that a run may take. */
  readonly timeLimit: number;
  /** Whether runs leave their files. */
  readonly savesRuns: boolean;
  /** Hears of what users should know. */
  readonly log: (text: string) => void;
}

/** A sweep's queue on a server. */
export interface OpenQueue {
  /** To hand runs to. */
  readonly queue: JobQueue<Settings, RunResult>;
  /** Takes the sweep off the server; if that takes too long, says how to do it later. */
  remove(): Promise<void>;
  /** Ends the connection; the sweep stays where it is. */
  leave(): Promise<void>;
}

/**
 * Puts a sweep on a server, or finds it there.
 *
 * @param access Where the server is.
 * @param options Which sweep.
 * @returns Its queue.
 * @throws {UsageError} If the server cannot be reached, lets nobody in this way, or has another sweep of this name.
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
    trials: plan.trials.length,
    runs: plan.seeds * rungSizes(plan).reduce((sum, size) => sum + size, 0),
  };
  try {
    const store = await createStore(connection, name, record, options);
    const queue = await natsQueue(store, options);
    return { queue, remove: () => removeInTime(store, options.log), leave };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** The results are saved: whatever the server does now costs them nothing. */
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
