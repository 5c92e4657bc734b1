/**
 * The fingerprints of the golden runs whose names are given, printed as JSON, with the machine they were made on.
 *
 * @module
 */

import { fingerprint, GOLDEN_RUNS } from "./golden_runs.ts";

const runs: Record<string, unknown> = {};
for (const name of Deno.args) {
  const settings = GOLDEN_RUNS[name];
  if (settings === undefined) throw new RangeError(`Cannot make the run: there must be a golden run ${name}`);
  runs[name] = await fingerprint(settings);
}
console.log(JSON.stringify({ arch: Deno.build.arch, runs }));
