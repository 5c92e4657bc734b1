import { Sha256 } from "../../agents/mod.ts";
import type { JobQueue } from "../_job_queue.ts";
import type { QueueAccess } from "../_queue_flags.ts";
import type { RunResult } from "../_run_result.ts";
import type { Settings } from "../_settings.ts";
import { rungSizes, runSettings, type SweepPlan } from "../sweep/sweep_plan.ts";
import { connectNats } from "./connect_nats.ts";
import { natsQueue } from "./nats_queue.ts";
import { type CreateOptions, createStore, removeStore } from "./sweep_store.ts";

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
  /** Takes the sweep off the server. */
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
    return { queue, remove: () => removeStore(store), leave };
  } catch (error) {
    await leave();
    throw error;
  }
}
