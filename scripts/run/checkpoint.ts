import {
  decodeSnapshot,
  encodeSnapshot,
  type EpisodeRecord,
  type EvaluationRecord,
  readOfflineSnapshot,
  readTrainingSnapshot,
  readVectorTrainingSnapshot,
  SnapshotReader,
  summarizeReturns,
} from "../../agents/mod.ts";
import type { Tensor } from "../../nn/mod.ts";
import { VERSION } from "../values/package.ts";
import type { RunSnapshot } from "./run_snapshot.ts";
import { NO_SEAL, requireSeal, sealMeanwhile, setSeal, withoutSeal } from "./seal.ts";
import { SETTING_NAMES, type Settings } from "../settings/settings.ts";
import { isUsedBy } from "../settings/used_settings.ts";
import { reasonOf } from "../values/reason_of.ts";

/** The version of the checkpoint format. There is no older one to migrate. */
const FORMAT_VERSION = "1";

/**
 * The settings that may change when a run is resumed: its budget, and the kernels.
 *
 * @param settings Of the run.
 */
export function changeableSettings(settings: Settings): readonly (keyof Settings)[] {
  const { agent, learningRateEnd, learningRateSteps } = settings;
  const free: readonly (keyof Settings)[] = ["episodes", "stopAtReturn", "kernel"];
  // A learning rate that decays until the last step makes each step depend on the number of steps.
  const fallsToTheEnd = learningRateEnd !== null && learningRateSteps === null;
  return fallsToTheEnd && isUsedBy(agent, "learningRateEnd") ? free : ["steps", ...free];
}

/** The settings that determine every step of a run. */
function lastingSettings(settings: Settings): (keyof Settings)[] {
  const free = changeableSettings(settings);
  return SETTING_NAMES.filter((name) => !free.includes(name));
}

/** The content of a checkpoint. */
export interface Checkpoint {
  /** The version of this package that wrote it. */
  readonly version: string;
  /** The settings that a run must have to continue from it, in JSON values. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The state to continue from. */
  readonly snapshot: RunSnapshot;
}

/**
 * Encodes a run between two steps as the bytes of a `checkpoint.safetensors`. The state is copied at once; the fingerprint, the SHA-256
 * of the whole file with zeros in its place, is computed while the run may continue.
 *
 * @param settings Of the run.
 * @param snapshot From `PreparedRun.snapshot`.
 * @returns The bytes; the same for the same run, whatever its budget and kernels.
 */
export async function encodeCheckpoint(
  settings: Settings,
  snapshot: RunSnapshot,
): Promise<Uint8Array<ArrayBuffer>> {
  const { episodes, evaluations, versionChanges = [], ...rest } = snapshot;
  const bytes = encodeSnapshot(
    {
      ...rest,
      ...(versionChanges.length > 0 ? { versionChanges } : {}),
      episodes: episodeColumns(episodes),
      evaluations: evaluationColumns(evaluations),
    },
    {
      sha256: NO_SEAL,
      format: "bellman checkpoint",
      format_version: FORMAT_VERSION,
      version: VERSION,
      replay: snapshot.isComplete ? "full" : "none",
      settings: JSON.stringify(
        Object.fromEntries(lastingSettings(settings).map((name) => [name, settings[name]])),
      ),
    },
  );
  setSeal(bytes, await sealMeanwhile(bytes));
  return bytes;
}

/**
 * Reads a `checkpoint.safetensors`.
 *
 * @param bytes Its bytes.
 * @returns Its content.
 * @throws {SyntaxError} If it is not a checkpoint, damaged, or of another version of the format.
 * @throws {TypeError} If a part of it is missing or of another type.
 */
export async function decodeCheckpoint(bytes: Uint8Array): Promise<Checkpoint> {
  const { snapshot: value, metadata } = decodeSnapshot(bytes);
  const refuse = (rule: string): never => {
    throw new SyntaxError(`Cannot read the checkpoint: ${rule}`);
  };
  if (metadata["format"] !== "bellman checkpoint") {
    refuse(`its format must be "bellman checkpoint", got ${JSON.stringify(metadata["format"])}`);
  }
  if (metadata["format_version"] !== FORMAT_VERSION) {
    const { format_version: got, version } = metadata;
    refuse(`its format_version must be ${FORMAT_VERSION}, got ${got} (written by version ${version})`);
  }
  try {
    requireSeal(metadata, await sealMeanwhile(withoutSeal(bytes)));
  } catch (error) {
    refuse(reasonOf(error));
  }
  const snapshot = new SnapshotReader(value);
  const trajectory = snapshot.object("trajectory");
  const hash = trajectory.object("hash");
  return {
    version: metadata["version"] ?? "none",
    settings: Object.fromEntries(Object.entries(Object(parse(metadata["settings"])))),
    snapshot: {
      loop: readLoop(snapshot.object("loop"), snapshot.value("loop")),
      agent: snapshot.value("agent"),
      trajectory: {
        hash: { words: hash.numbers("words"), rest: hash.numbers("rest"), length: hash.number("length") },
        atStart: trajectory.boolean("atStart"),
      },
      episodes: readEpisodes(snapshot.object("episodes")),
      evaluations: readEvaluations(snapshot.object("evaluations")),
      policy: snapshot.has("policy") ? readPolicy(snapshot.object("policy")) : undefined,
      isComplete: snapshot.boolean("isComplete"),
      replayLostAt: snapshot.numbers("replayLostAt"),
      versionChanges: snapshot.has("versionChanges")
        ? snapshot.objects("versionChanges").map((change) => ({
          step: change.number("step"),
          from: change.text("from"),
        }))
        : [],
    },
  };
}

/**
 * The settings in which a run and a checkpoint disagree.
 *
 * @param settings Of the run.
 * @param checkpoint The checkpoint to continue from.
 * @returns Texts such as `gamma (0.99, in the checkpoint 0.98)`; none if the run can continue.
 */
export function disagreements(settings: Settings, checkpoint: Checkpoint): string[] {
  return lastingSettings(settings).flatMap((name) => {
    const [own, got] = [JSON.stringify(settings[name]), JSON.stringify(checkpoint.settings[name])];
    return own === got ? [] : [`${name} (${own}, in the checkpoint ${got})`];
  });
}

/** The state of the loop, of whichever kind it is. */
function readLoop(loop: SnapshotReader, value: unknown): RunSnapshot["loop"] {
  if (loop.has("copy")) return readVectorTrainingSnapshot(value);
  return loop.has("episode") ? readTrainingSnapshot(value) : readOfflineSnapshot(value);
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    throw new SyntaxError("Cannot read the checkpoint: its settings must be JSON");
  }
}

/** Episodes by column; NaN stands for missing values. */
function episodeColumns(episodes: readonly EpisodeRecord[]) {
  const count = episodes.length;
  const column = () => new Float64Array(count);
  const [step, total, length, epsilon, loss, meanQ] = [
    column(),
    column(),
    column(),
    column(),
    column(),
    column(),
  ];
  const [terminated, truncated] = [new Uint8Array(count), new Uint8Array(count)];
  // A loop is several times faster than Float64Array.from(), and the run waits for it.
  for (const [i, record] of episodes.entries()) {
    step[i] = record.step;
    total[i] = record.return;
    length[i] = record.length;
    terminated[i] = record.terminated ? 1 : 0;
    truncated[i] = record.truncated ? 1 : 0;
    epsilon[i] = record.epsilon ?? NaN;
    loss[i] = record.loss ?? NaN;
    meanQ[i] = record.meanQ ?? NaN;
  }
  const columns = { step, return: total, length, terminated, truncated, epsilon, loss, meanQ };
  const copies = episodes.flatMap(({ copy }) => copy === undefined ? [] : [copy]);
  return copies.length === 0 ? columns : { ...columns, copy: Int32Array.from(copies) };
}

function readEpisodes(columns: SnapshotReader): EpisodeRecord[] {
  const [step, total, length] = [
    columns.float64("step"),
    columns.float64("return"),
    columns.float64("length"),
  ];
  const [terminated, truncated] = [columns.uint8("terminated"), columns.uint8("truncated")];
  const optional = (name: string) => {
    const column = columns.float64(name);
    return (i: number) => Number.isNaN(column[i]) ? undefined : column[i];
  };
  const [epsilon, loss, meanQ] = [optional("epsilon"), optional("loss"), optional("meanQ")];
  const copy = columns.has("copy") ? columns.int32("copy") : undefined;
  const columnsOf = [total, length, terminated, truncated, copy ?? total];
  if (columnsOf.some((column) => column.length !== step.length)) {
    throw new TypeError("Cannot read the checkpoint: all columns of episodes must have the same length");
  }
  return Array.from(step, (_, i) => ({
    kind: "episode",
    episode: i + 1,
    ...(copy === undefined ? {} : { copy: copy[i]! }),
    step: step[i]!,
    return: total[i]!,
    length: length[i]!,
    terminated: terminated[i] === 1,
    truncated: truncated[i] === 1,
    epsilon: epsilon(i),
    loss: loss(i),
    meanQ: meanQ(i),
  }));
}

/** Evaluations by column, the returns of all of them one after the other. */
function evaluationColumns(evaluations: readonly EvaluationRecord[]) {
  return {
    step: Float64Array.from(evaluations, ({ step }) => step),
    episodes: Int32Array.from(evaluations, ({ evaluation }) => evaluation.returns.length),
    returns: Float64Array.from(evaluations.flatMap(({ evaluation }) => evaluation.returns)),
  };
}

function readEvaluations(columns: SnapshotReader): EvaluationRecord[] {
  const [step, episodes, returns] = [
    columns.float64("step"),
    columns.int32("episodes"),
    columns.float64("returns"),
  ];
  if (
    episodes.length !== step.length || !episodes.every((n) => n > 0) ||
    episodes.reduce((sum, n) => sum + n, 0) !== returns.length
  ) {
    throw new TypeError("Cannot read the checkpoint: every evaluation must have its returns");
  }
  let at = 0;
  return Array.from(step, (value, i) => {
    const own = returns.subarray(at, at += episodes[i]!);
    return { kind: "evaluation", step: value, evaluation: summarizeReturns([...own]) };
  });
}

function readPolicy(policy: SnapshotReader): RunSnapshot["policy"] {
  const tensors: Tensor[] = policy.objects("tensors").map((tensor) => ({
    name: tensor.text("name"),
    shape: tensor.numbers("shape"),
    data: tensor.float32("data"),
  }));
  return { step: policy.number("step"), mean: policy.number("mean"), tensors };
}
