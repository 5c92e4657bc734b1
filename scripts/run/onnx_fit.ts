import type { ActionRows } from "../../agents/action_rows.ts";
import type { Box, BoxArrays, DiscreteAction, Env } from "../../envs/mod.ts";
import type { OnnxOutline, OnnxPort } from "../../nn/mod.ts";
import { imageOf } from "./channels_first.ts";

/** What an environment asks of a policy. */
export interface PolicyShape {
  /** The name of the environment. */
  readonly env: string;
  /** Numbers in an observation. */
  readonly observationLength: number;
  /** Number of actions. */
  readonly actions: number;
  /** The dimensions of an observation, rows by columns by channels for an image. @default {[observationLength]} */
  readonly dims?: readonly number[];
  /** The dimensions of the image that was flattened into an observation. @default {undefined, none} */
  readonly image?: readonly number[] | undefined;
  /** Number of values of each part of an action. @default {undefined, an action is one number} */
  readonly parts?: readonly number[] | undefined;
  /** Whether observations are bytes; a model of other numbers gets them as such. @default {false} */
  readonly isBytes?: boolean;
}

/** What an environment asks of a policy, from its spaces. */
export function policyShape(
  name: string,
  env: Env,
  space: Box<keyof BoxArrays>,
  actions: ActionRows<DiscreteAction>,
): PolicyShape {
  return {
    env: name,
    observationLength: space.low.length,
    actions: actions.size,
    dims: space.shape,
    image: imageOf(env),
    parts: actions.isVector ? actions.counts : undefined,
    isBytes: space.dtype === "uint8",
  };
}

/** How the actions of a model follow from an output. */
export interface OnnxFit {
  /** The name of the output. */
  readonly output: string;
  /** The same in words. */
  readonly text: string;
  /** The dimensions of the image that the model takes with its channels first; undefined if it takes observations as they are. */
  readonly channelsFirst: readonly number[] | undefined;
}

const FLOATS: readonly string[] = ["float32", "float16", "float64"];
const INPUTS: readonly string[] = [...FLOATS, "uint8"];
const INTEGERS: readonly string[] = ["int32", "int64"];

/**
 * How a model plays an environment.
 *
 * @param outline What the model takes and gives.
 * @param shape What the environment asks for.
 * @param asked The name of the output, if the user gave one.
 * @throws {TypeError} If the model does not fit, or several outputs do and none was named.
 */
export function onnxFit(outline: OnnxOutline, shape: PolicyShape, asked?: string): OnnxFit {
  const channelsFirst = requireInput(outline, shape);
  const { outputs } = outline;
  if (asked !== undefined && !outputs.some(({ name }) => name === asked)) {
    throw new TypeError(`the output must be one of ${outputs.map(portText).join(", ")}, got ${asked}`);
  }
  const fitting = candidates(outline, shape).filter(({ name }) => asked === undefined || name === asked);
  const [chosen] = fitting;
  if (chosen === undefined) {
    throw new TypeError(
      `a policy for ${shape.env} must give the values of ${shape.actions} actions, this one gives ${
        outputs.map(portText).join(", ") || "nothing"
      }`,
    );
  }
  if (fitting.length > 1) {
    throw new TypeError(`the output must be named, one of ${fitting.map(portText).join(", ")}`);
  }
  const { parts } = shape;
  const rule = isAction(chosen)
    ? "the action is the output"
    : parts === undefined
    ? "the action is the largest of the output"
    : `each part of the action is the largest of its values (${parts.join(" + ")}) in the output`;
  const turned = channelsFirst === undefined ? "" : ", of images with channels first";
  return { output: chosen.name, text: `${rule} ${portText(chosen)}${turned}`, channelsFirst };
}

/**
 * The names of the outputs that the actions could follow from.
 *
 * @param outline What the model takes and gives.
 * @param shape What the environment asks for.
 */
export function fittingOutputs(outline: OnnxOutline, shape: PolicyShape): string[] {
  return candidates(outline, shape).map(({ name }) => name);
}

/** The outputs that fit best: `q_values`, else those of as many values as there are actions, else of any number, else actions. */
function candidates({ outputs }: OnnxOutline, { actions }: PolicyShape): OnnxPort[] {
  const values = outputs.filter((port) => hasValues(port, actions));
  const kinds = [
    values.filter(({ name }) => name === "q_values"),
    values.filter(({ shape }) => shape?.[1] === actions),
    values,
    outputs.filter(isAction),
  ];
  return kinds.find((ports) => ports.length > 0) ?? [];
}

/** Whether a model fits an environment, with one of its outputs or several. */
export function fitsEnv(outline: OnnxOutline, shape: PolicyShape): boolean {
  try {
    requireInput(outline, shape);
  } catch {
    return false;
  }
  return outline.outputs.some((port) => port.shape !== undefined && hasValues(port, shape.actions));
}

/** Refuses a model that takes anything but the observations; returns the image's dimensions if its channels must come first. */
function requireInput({ inputs }: OnnxOutline, shape: PolicyShape): readonly number[] | undefined {
  const { env, observationLength, dims = [], isBytes = false } = shape;
  const image = shape.image ?? (dims.length > 1 ? dims : []);
  const [input] = inputs;
  const numbers = dims.length > 1 ? `${dims.join(" × ")}` : `${observationLength}`;
  const rule = `a policy for ${env} must take ${numbers} ${isBytes ? "bytes" : "numbers"}`;
  if (
    input === undefined || inputs.length !== 1 || !INPUTS.includes(input.type) ||
    (input.type === "uint8" && !isBytes)
  ) {
    throw new TypeError(`${rule}, this one takes ${inputs.map(portText).join(", ") || "nothing"}`);
  }
  if (input.shape === undefined) return undefined;
  if (input.shape.length < 2) {
    throw new TypeError(
      `${rule} in batches, of shape (batch, ${numbers}), this one takes ${portText(input)}`,
    );
  }
  const rest = input.shape.slice(1);
  const lengths = rest.filter((dim) => typeof dim === "number");
  const known = lengths.reduce((product, dim) => product * dim, 1);
  const open = rest.length - lengths.length;
  const fits = open === 0 ? known === observationLength : open === 1 && observationLength % known === 0;
  const [rows = 0, columns = 0, channels = 0] = image;
  const isOf = (shape: readonly number[]) =>
    rest.length === shape.length && rest.every((dim, i) => typeof dim === "string" || dim === shape[i]);
  const isLast = image.length <= 1 || rest.length <= 1 || isOf(image);
  const isFirst = !isLast && image.length === 3 && isOf([channels, rows, columns]);
  if (!fits || !(isLast || isFirst)) {
    throw new TypeError(`${rule}, this one takes ${portText(input)}`);
  }
  return isFirst ? image : undefined;
}

function hasValues({ type, shape }: OnnxPort, actions: number): boolean {
  if (!FLOATS.includes(type)) return false;
  return shape === undefined ||
    (shape.length === 2 && (shape[1] === actions || typeof shape[1] === "string"));
}

function isAction({ type, shape }: OnnxPort): boolean {
  return INTEGERS.includes(type) &&
    (shape === undefined || shape.length === 1 || (shape.length === 2 && shape[1] === 1));
}

function portText({ name, type, shape }: OnnxPort): string {
  const dims = shape?.map((dim) => dim === "" ? "?" : dim).join(", ");
  return `${name} (${dims ?? "of unknown shape"}; ${type})`;
}
