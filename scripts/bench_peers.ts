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
import { measure, subject } from "./bench/measure.ts";
import { type Flag, isOn } from "./cli/command_line.ts";
import { readCommand } from "./settings/read_command.ts";
import { markdownTable } from "./cli/table.ts";
import { exitCodeOf } from "./cli/usage_error.ts";
import { fastestCoreType, findPython, startPeer } from "./bench/python_peer.ts";
import { encodeWorkload, trainWorkload } from "./bench/trained_workload.ts";
import { describe, WORKLOADS } from "./bench/workload.ts";

const PYTHONS = ["/usr/bin/python3", "python3", "python"];
const PEERS = [
  { label: "PyTorch", module: "torch", script: "torch_peer.py" },
  { label: "NumPy", module: "numpy", script: "numpy_peer.py" },
];

/** One line of the table. */
export interface PeerResult {
  /** Network and batch. */
  workload: string;
  /** Median milliseconds per update of the SIMD kernels. */
  ms: number;
  /** The peers: name with version, BLAS with its kernels, median milliseconds per update, and the median ratio to the SIMD kernels. */
  peers: { name: string; blas?: string; ms: number; ratio: number }[];
}

/**
 * Times this library and every installed peer.
 *
 * @param report Receives a line for each peer left out.
 * @param pythons Interpreters to try, in order.
 * @returns One result per network.
 */
export async function benchPeers(
  report: (line: string) => void,
  pythons: readonly string[] = PYTHONS,
): Promise<PeerResult[]> {
  const trial = WORKLOADS.at(-2)!;
  const trialData = encodeWorkload(trainWorkload(trial));
  const found: { python: string; script: string; core: string | undefined }[] = [];
  for (const { label, module, script } of PEERS) {
    const python = await findPython(pythons, module);
    if (python === undefined) {
      report(`${label} is left out: no Python on this machine can import ${module}`);
      continue;
    }
    const peer = await startPeer(python, script, trial, trialData);
    await peer.close();
    if (!peer.isOptimised) {
      report(
        `${label} is left out: it runs on ${peer.blas}, which is not an optimised one (install OpenBLAS)`,
      );
      continue;
    }
    found.push({
      python,
      script,
      core: await fastestCoreType(python, script, trial, trialData, peer.coreTypes),
    });
  }
  const results: PeerResult[] = [];
  for (const workload of WORKLOADS) {
    const trained = trainWorkload(workload);
    const data = encodeWorkload(trained);
    const peers = await Promise.all(
      found.map(({ python, script, core }) => startPeer(python, script, workload, data, core)),
    );
    const ours = subject("SIMD", createUpdate(workload, trained, "simd"));
    const reference = subject("our reference", createUpdate(workload, trained, "reference"));
    const [first, ...others] = await measure([ours, reference, ...peers], { rounds: 31, roundSeconds: 0.08 });
    results.push({
      workload: describe(workload),
      ms: first!.seconds * 1e3,
      peers: [{ name: reference.name, blas: undefined }, ...peers].map(({ name, blas }, i) => ({
        name,
        ...(blas === undefined ? {} : { blas }),
        ms: others[i]!.seconds * 1e3,
        ratio: others[i]!.ratio,
      })),
    });
    for (const peer of peers) await peer.close();
  }
  return results;
}

/** The results as a Markdown table. */
export function formatPeers(results: readonly PeerResult[]): string {
  const names = results[0]!.peers.map(({ name, blas }) => blas === undefined ? name : `${name}, ${blas}`);
  return markdownTable(
    ["DQN update, updates/s", "@bellman/dqn", ...names.flatMap((name) => [name, "ratio"])],
    results.map(({ workload, ms, peers }) => [
      workload,
      perSecond(ms),
      ...peers.flatMap((peer) => [perSecond(peer.ms), `${peer.ratio.toFixed(1)}×`]),
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
