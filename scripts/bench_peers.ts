/**
 * A whole DQN update in this library, in PyTorch and in NumPy, in turn on one thread: `deno task bench:peers`. All start from the
 * same trained network, and take the same transitions in turn. Each peer is named with its BLAS and kernels: the fastest that the
 * processor can run, unless `OPENBLAS_CORETYPE` is set. A peer that is not installed, or runs on an unoptimised BLAS, is reported
 * and left out. `--json` prints JSON; `--python` names an interpreter whose packages to use, instead of the system's (Debian's
 * python3-torch and python3-numpy).
 *
 * @module
 */

import { print, printError } from "./cli/print.ts";
import { createUpdate } from "./bench/dqn_update.ts";
import {
  createImageUpdate,
  encodeImages,
  IMAGE_ROWS,
  IMAGE_WORKLOADS,
  trainImages,
} from "./bench/image_workload.ts";
import { createAct } from "./bench/greedy_action.ts";
import { measure, type Subject, subject } from "./bench/measure.ts";
import { type Flag, isOn } from "./cli/command_line.ts";
import { readCommand } from "./settings/read_command.ts";
import { markdownTable } from "./cli/table.ts";
import { exitCodeOf } from "./cli/usage_error.ts";
import { fastestCoreType, findPython, type PeerTask, startPeer } from "./bench/python_peer.ts";
import { encodeWorkload, type Trained, trainWorkloads } from "./bench/trained_workload.ts";
import { PQN_RUN_STEPS, pqnTrainingRun, RUN_STEPS, trainingRun } from "./bench/training_run.ts";
import { describe } from "./bench/workload.ts";

const PYTHONS = ["/usr/bin/python3", "python3", "python"];
const PEERS = [
  {
    label: "PyTorch",
    module: "torch",
    script: "torch_peer.py",
    training: "torch_training.py",
    pqn: "torch_pqn.py",
    images: "torch_images.py",
  },
  {
    label: "NumPy",
    module: "numpy",
    script: "numpy_peer.py",
    training: undefined,
    pqn: undefined,
    images: undefined,
  },
];

/** One line of the tables. */
export interface PeerResult {
  /** What is timed, such as network and batch. */
  workload: string;
  /** Median milliseconds of this package. */
  ms: number;
  /** The others: name with version, BLAS with its kernels, median milliseconds, and the median of how many times longer that is. */
  peers: { name: string; blas?: string; ms: number; ratio: number }[];
}

/** What the benchmark measures. */
export interface PeersResult {
  /** DQN updates. */
  readonly updates: readonly PeerResult[];
  /** DQN updates on images. */
  readonly images: readonly PeerResult[];
  /** One greedy action. */
  readonly acting: PeerResult;
  /** Whole training runs. */
  readonly training: readonly PeerResult[];
}

/** A peer that is installed, and the kernels for its BLAS. */
interface Found {
  readonly python: string;
  readonly script: string;
  readonly training: string | undefined;
  readonly pqn: string | undefined;
  readonly images: string | undefined;
  readonly core: string | undefined;
}

/**
 * Times this package and every installed peer.
 *
 * @param report Is told what is left out.
 * @param pythons Interpreters to try, in this order.
 * @returns The results.
 */
export async function benchPeers(
  report: (line: string) => void,
  pythons: readonly string[] = PYTHONS,
): Promise<PeersResult> {
  const trained = trainWorkloads();
  const found = await findPeers(report, pythons, trained.at(-2)!);
  const updates: PeerResult[] = [];
  for (const { workload, data } of trained) {
    const ours = [
      subject("SIMD", createUpdate(workload, data, "simd")),
      subject("our reference", createUpdate(workload, data, "reference")),
    ];
    const task = { work: "update", workload, data: encodeWorkload(data) };
    updates.push(await timeAll(describe(workload), ours, found, task, { rounds: 31, roundSeconds: 0.08 }));
  }
  const { workload, data } = trained[0]!;
  const acting = await timeAll(
    workload.sizes.join("-"),
    [subject("SIMD", createAct(workload, data, "simd"))],
    found,
    { work: "act", workload, data: encodeWorkload(data) },
    { rounds: 31, roundSeconds: 0.08 },
  );
  const runs = [
    { name: "DQN, 4-120-84-2 × 128", steps: RUN_STEPS, work: trainingRun, file: "training" },
    { name: "PQN, 4 × 128 steps, 4-120-84-2", steps: PQN_RUN_STEPS, work: pqnTrainingRun, file: "pqn" },
  ] as const;
  const training: PeerResult[] = [];
  for (const { name, steps, work, file } of runs) {
    training.push(
      await timeAll(
        `CartPole-v1, ${name}, ${steps.toLocaleString("en")} steps`,
        [subject("SIMD", work)],
        found.flatMap((peer) => peer[file] === undefined ? [] : [{ ...peer, script: peer[file] }]),
        { work: "train" },
        { rounds: 5 },
      ),
    );
  }
  return { updates, images: await benchImages(found), acting, training };
}

/** Updates of networks with convolutions. */
async function benchImages(found: readonly Found[]): Promise<PeerResult[]> {
  const results: PeerResult[] = [];
  for (const workload of IMAGE_WORKLOADS) {
    const data = trainImages(workload);
    results.push(
      await timeAll(
        `${workload.name} × ${IMAGE_ROWS}`,
        [subject("SIMD", createImageUpdate(data, "simd"))],
        found.flatMap((peer) => peer.images === undefined ? [] : [{ ...peer, script: peer.images }]),
        { work: "update", data: encodeImages(data) },
        { rounds: 21, roundSeconds: 0.15 },
      ),
    );
  }
  return results;
}

/** The peers that are installed on an optimised BLAS. */
async function findPeers(
  report: (line: string) => void,
  pythons: readonly string[],
  { workload, data }: Trained,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const { label, module, script, training, pqn, images } of PEERS) {
    const python = await findPython(pythons, module);
    if (python === undefined) {
      report(`${label} is left out: no Python here can import ${module}`);
      continue;
    }
    const trial = { script, work: "update", workload, data: encodeWorkload(data) };
    const peer = await startPeer(python, trial);
    await peer.close();
    if (!peer.isOptimised) {
      report(`${label} is left out: it uses ${peer.blas}, which is not optimised (install OpenBLAS)`);
      continue;
    }
    found.push({
      python,
      script,
      training,
      pqn,
      images,
      core: await fastestCoreType(python, trial, peer.coreTypes),
    });
  }
  return found;
}

/** Times this package's subjects, the fastest first, and the peers at the same task. */
async function timeAll(
  workload: string,
  ours: readonly Subject[],
  found: readonly Found[],
  task: Omit<PeerTask, "script">,
  rounds: { rounds: number; roundSeconds?: number },
): Promise<PeerResult> {
  const peers = await Promise.all(
    found.map(({ python, script, core }) => startPeer(python, { ...task, script }, core)),
  );
  const [first, ...others] = await measure([...ours, ...peers], rounds);
  for (const peer of peers) await peer.close();
  const names: { name: string; blas?: string }[] = [...ours.slice(1), ...peers];
  return {
    workload,
    ms: first!.seconds * 1e3,
    peers: names.map(({ name, blas }, i) => ({
      name,
      ...(blas === undefined ? {} : { blas }),
      ms: others[i]!.seconds * 1e3,
      ratio: others[i]!.ratio,
    })),
  };
}

/** The results as Markdown tables. */
export function formatPeers({ updates, images, acting, training }: PeersResult): string {
  return [
    table("DQN update, updates/s", updates, perSecond),
    table("DQN update on images, updates/s", images, perSecond),
    table("one greedy action, actions/s", [acting], perSecond),
    table("a training run, s", training, (ms) => (ms / 1e3).toFixed(2)),
  ].join("\n\n");
}

function table(title: string, results: readonly PeerResult[], text: (ms: number) => string): string {
  const names = results[0]!.peers.map(({ name, blas }) => blas === undefined ? name : `${name}, ${blas}`);
  return markdownTable(
    [title, "@bellman/dqn", ...names.flatMap((name) => [name, "ratio"])],
    results.map(({ workload, ms, peers }) => [
      workload,
      text(ms),
      ...peers.flatMap((peer) => [text(peer.ms), `${peer.ratio.toFixed(1)}×`]),
    ]),
  );
}

function perSecond(ms: number): string {
  return Math.round(1e3 / ms).toLocaleString("en");
}

const FLAGS: readonly Flag[] = [
  { name: "--python", placeholder: "FILE", help: `Python to run (default: any of ${PYTHONS.join(", ")})` },
  { name: "--json", help: "print the results as JSON" },
];

async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "bench:peers");
  if (line === undefined) return 0;
  const json = isOn(line, "json");
  const python = line.values.get("python");
  const results = await benchPeers(printError, python === undefined ? PYTHONS : [python]);
  print(json ? JSON.stringify(results, null, 2) : formatPeers(results));
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
