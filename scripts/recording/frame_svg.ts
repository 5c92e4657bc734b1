import { Box, Discrete, type Env, MultiDiscrete, sceneToSvg } from "../../envs/mod.ts";
import { escapeXml } from "../../envs/values/escape_xml.ts";
import type { LoadedPolicy } from "../run_folder/load_policy.ts";
import { numberText } from "../values/number_text.ts";
import { withoutCommonWords } from "../values/without_common_words.ts";
import type { Moment } from "./recording.ts";

/** Size of a picture in pixels: the scene, and a strip of numbers below. */
const WIDTH = 600;
const STRIP_HEIGHT = 56;
const MARGIN = 12;
const COUNTER_WIDTH = 80;
const FONT = 'font-family="DejaVu Sans, Verdana, sans-serif"';
const COLOURS = { strip: "#f3f5f8", label: "#57606a", value: "#1f2328", chosen: "#0b5cad" };

/** One number of the strip, with its label. */
interface Cell {
  label: string;
  value: string;
  width: number;
  /** Whether it belongs to the action that the policy takes. */
  isChosen: boolean;
}

/** A picture, line by line, without the SVG element around it. */
export interface FramePicture {
  width: number;
  height: number;
  /** One element per line; lines that rarely change come first if possible. */
  elements: string[];
}

/**
 * Draws a moment: the environment's scene, and below it step, return, and the Q-value of each action with a bar under the
 * one taken.
 *
 * @param moment The moment to draw.
 * @param env Names the actions.
 * @param withEpisode Whether to show the number of the episode.
 * @returns The picture, 600 wide.
 */
export function drawMoment(moment: Moment, env: Env, withEpisode: boolean): FramePicture {
  const lines = sceneToSvg(moment.scene, { width: WIDTH }).trimEnd().split("\n");
  const sceneHeight = Math.round(moment.scene.height * WIDTH / moment.scene.width);
  const counters: Cell[] = [
    ...(withEpisode ? [counter("episode", String(moment.episode))] : []),
    counter("step", String(moment.step)),
    counter("return", numberText(moment.return)),
  ];
  const room = WIDTH - 2 * MARGIN - counters.length * COUNTER_WIDTH;
  const strip: string[] = [];
  let x = MARGIN;
  for (const cell of [...counters, ...actionCells(moment, env, room)]) {
    strip.push(...drawCell(cell, x, sceneHeight));
    x += cell.width;
  }
  return {
    width: WIDTH,
    height: sceneHeight + STRIP_HEIGHT,
    elements: [
      `<rect y="${sceneHeight}" width="${WIDTH}" height="${STRIP_HEIGHT}" fill="${COLOURS.strip}"/>`,
      // Between the opening tag with its title and the closing one, the scene has one element per line.
      ...lines.slice(2, -1).map((line, i) =>
        i === 0 ? background(moment.scene.background, sceneHeight) : line
      ),
      ...strip,
    ],
  };
}

/** An SVG document of a picture. */
export function pictureSvg({ width, height, elements }: FramePicture): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${
    elements.join("")
  }</svg>`;
}

/** The text alternative of a recording. */
export function describeRecording(loaded: LoadedPolicy, moments: readonly Moment[]): string {
  const { env, agent, seed } = loaded.settings;
  const { name = agent } = loaded;
  const ends = moments.filter(({ isLast }) => isLast);
  const results = ends.map(({ step, return: total }) =>
    `${numberText(total)} after ${step} ${step === 1 ? "step" : "steps"}`
  );
  return `${env} played by ${name}, seed ${seed}: return ${results.join(", ")}`;
}

function background(colour: string, height: number): string {
  return `<rect width="${WIDTH}" height="${height}" fill="${escapeXml(colour)}"/>`;
}

function counter(label: string, value: string): Cell {
  return { label, value, width: COUNTER_WIDTH, isChosen: false };
}

function actionCells(moment: Moment, env: Env, room: number): Cell[] {
  const { action, qValues, ended } = moment;
  const space = env.actionSpace;
  if (ended !== undefined) return [{ label: "episode", value: ended, width: room, isChosen: false }];
  if (space instanceof MultiDiscrete && action instanceof Int32Array) return partCells(space, action, room);
  if (!(space instanceof Discrete)) {
    const value = action instanceof Float32Array
      ? Array.from(action, (value) => numberText(value)).join(", ")
      : "";
    const names = space instanceof Box ? space.names : undefined;
    return [{ label: names?.join(", ") ?? "action", value, width: room, isChosen: false }];
  }
  const meaning = (i: number) => space.meanings?.[i] ?? `action ${space.start + i}`;
  if (qValues === undefined && typeof action === "number") {
    return [{ label: "action", value: meaning(action - space.start), width: room, isChosen: false }];
  }
  return Array.from(qValues ?? [], (q, i) => ({
    label: qValues!.length <= 4 ? `Q ${meaning(i)}` : meaning(i),
    value: qText(q),
    width: room / qValues!.length,
    isChosen: action === space.start + i,
  }));
}

/** One cell for each part of an action: its choice. */
function partCells({ names = [], meanings, start }: MultiDiscrete, action: Int32Array, room: number): Cell[] {
  const labels = withoutCommonWords(names);
  return Array.from(action, (value, i) => ({
    label: labels[i] ?? `part ${i}`,
    value: meanings?.[i]?.[value - start[i]!] ?? String(value),
    width: room / action.length,
    isChosen: true,
  }));
}

/** A Q-value with about four digits, so that similar values can be distinguished. */
function qText(q: number): string {
  const size = Math.abs(q);
  return q.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3).replace("-", "−");
}

function drawCell(cell: Cell, x: number, top: number): string[] {
  const left = Number(x.toFixed(2));
  const labelSize = cell.width < 110 ? 10 : 11;
  const label = fit(cell.label, cell.width - 4, labelSize);
  const valueSize = cell.width < 80 ? 15 : 17;
  const value = fit(cell.value, cell.width - 4, valueSize);
  const text = (y: number, size: number, fill: string, content: string) =>
    `<text x="${left}" y="${top + y}" ${FONT} font-size="${size}" fill="${fill}">${
      escapeXml(content)
    }</text>`;
  const bar = `<rect x="${left}" y="${top + 46}" width="${
    Number((cell.width - 10).toFixed(2))
  }" height="4" fill="${COLOURS.chosen}"/>`;
  return [
    text(18, labelSize, COLOURS.label, label),
    text(39, valueSize, COLOURS.value, value),
    ...(cell.isChosen ? [bar] : []),
  ];
}

/** Shortens a text to a width. */
function fit(text: string, width: number, fontSize: number): string {
  if (textWidth(text) * fontSize <= width) return text;
  let end = text.length - 1;
  while (end > 1 && textWidth(text.slice(0, end) + "…") * fontSize > width) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** The width of a text in DejaVu Sans for a font size of 1, estimated by classes of letters, never too small. */
function textWidth(text: string): number {
  return [...text].reduce((sum, character) => {
    const width = /[ijl.,']/.test(character)
      ? 0.32
      : /[ frtI()[\]:;!|]/.test(character)
      ? 0.42
      : /[mwMW%…−#&+<=>@^~]/.test(character)
      ? 1
      : /[A-Z]/.test(character)
      ? 0.79
      : 0.64;
    return sum + width;
  }, 0);
}
