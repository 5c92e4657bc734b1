import type { Box, BoxArrays } from "../../envs/mod.ts";
import type { OnnxOutline, OnnxPort } from "../../nn/mod.ts";

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
  /** Whether observations are bytes; a model of other numbers gets them as such. @default {false} */
  readonly isBytes?: boolean;
}

/** What an environment asks of a policy, from its spaces. */
export function policyShape(env: string, space: Box<keyof BoxArrays>, actions: number): PolicyShape {
  return {
    env,
    observationLength: space.low.length,
    actions,
    dims: space.shape,
    isBytes: space.dtype === "uint8",
  };
}

/** How the actions of a model follow from an output. */
export interface OnnxFit {
  /** The name of the output. */
  readonly output: string;
  /** The same in words. */
  readonly text: string;
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
  requireInput(outline, shape);
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
  const rule = isAction(chosen) ? "is the output" : "is the largest of the output";
  return { output: chosen.name, text: `the action ${rule} ${portText(chosen)}` };
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

function requireInput({ inputs }: OnnxOutline, shape: PolicyShape): void {
  const { env, observationLength, dims: image = [], isBytes = false } = shape;
  const [input] = inputs;
  const numbers = image.length > 1 ? `${image.join(" × ")}` : `${observationLength}`;
  const rule = `a policy for ${env} must take ${numbers} ${isBytes ? "bytes" : "numbers"}`;
  if (
    input === undefined || inputs.length !== 1 || !INPUTS.includes(input.type) ||
    (input.type === "uint8" && !isBytes)
  ) {
    throw new TypeError(`${rule}, this one takes ${inputs.map(portText).join(", ") || "nothing"}`);
  }
  if (input.shape === undefined) return;
  const rest = input.shape.slice(1);
  const dims = rest.filter((dim) => typeof dim === "number");
  const known = dims.reduce((product, dim) => product * dim, 1);
  const open = rest.length - dims.length;
  const fits = open === 0 ? known === observationLength : open === 1 && observationLength % known === 0;
  // An image's elements are by rows, columns and channels: channels first would be another image.
  const isOther = image.length > 1 && rest.length > 1 &&
    (rest.length !== image.length || rest.some((dim, i) => typeof dim === "number" && dim !== image[i]));
  if (rest.length === 0 || !fits || isOther) {
    throw new TypeError(`${rule}, this one takes ${portText(input)}`);
  }
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
