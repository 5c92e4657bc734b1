import { CliffWalking, FrozenLake } from "../../envs/mod.ts";
import { escapeXml } from "../../envs/values/escape_xml.ts";
import type { QTable } from "../run/q_table.ts";
import type { RunEnvSettings } from "../run/agent_behaviour.ts";
import { makeRunEnv, unwrapped } from "../run/run_env.ts";

/** A grid world: its width, the direction of each action, and the letter of each field. */
interface GridWorld {
  readonly columns: number;
  /** Change of column and of row. */
  readonly moves: readonly (readonly [dx: number, dy: number])[];
  readonly letter: (state: number) => string;
}

const LEFT = [-1, 0] as const, DOWN = [0, 1] as const, RIGHT = [1, 0] as const, UP = [0, -1] as const;

/** Pixels of one field, and of the margin around all. */
const FIELD = 104;
const MARGIN = 16;
const TITLE = 34;
/** Larger worlds are not drawn, since no field could be found. */
export const MOST_FIELDS = 10_000;

/** The grid world of a run; undefined for environments of another kind. */
function gridWorldOf(settings: RunEnvSettings): GridWorld | undefined {
  const env = unwrapped(makeRunEnv(settings));
  if (env instanceof FrozenLake) {
    const { desc } = env;
    return {
      columns: desc[0]!.length,
      moves: [LEFT, DOWN, RIGHT, UP],
      letter: (state) => desc.join("")[state]!,
    };
  }
  if (!(env instanceof CliffWalking)) return undefined;
  const letters: Readonly<Record<number, string>> = { 36: "S", 47: "G" };
  const letter = (state: number) => letters[state] ?? (state > 36 ? "H" : "");
  return { columns: 12, moves: [UP, RIGHT, DOWN, LEFT], letter };
}

/**
 * Draws a table of a grid world. Each field shows the value of each action on the side to which it leads, and an arrow for the best
 * one; darker fields are better.
 *
 * @param settings The settings of the run.
 * @param table The learned table.
 * @returns An SVG that follows the reader's light or dark colour scheme; undefined for environments that are not a grid world, or have more than 10,000 fields.
 */
export function qTableSvg(settings: RunEnvSettings, table: QTable): string | undefined {
  const world = gridWorldOf(settings);
  if (world === undefined || table.rows.length > MOST_FIELDS) return undefined;
  const { columns, letter } = world;
  const best = table.rows.map((row) => Math.max(...row));
  const shown = best.filter((_, state) => !isEnd(letter(state)));
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const width = columns * FIELD + 2 * MARGIN;
  const height = Math.ceil(best.length / columns) * FIELD + 2 * MARGIN + TITLE;
  const title = `${settings.env}: the value of each action, and the best one`;
  const fields = table.rows.map((row, state) => {
    const x = MARGIN + (state % columns) * FIELD;
    const y = MARGIN + TITLE + Math.floor(state / columns) * FIELD;
    const share = isEnd(letter(state)) || high === low ? 0 : (best[state]! - low) / (high - low);
    return field(world, row, letter(state), share, x, y);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    "<style>",
    "svg{font-family:system-ui,sans-serif;font-size:12px}.page{fill:#fff}.edge{fill:none;stroke:#d8dee4}",
    ".hue{fill:#0b5cad}.end{fill:#d8dee4}.text{fill:#1f2328}.arrow{stroke:#1f2328;fill:none;stroke-width:2.5}",
    "@media (prefers-color-scheme:dark){.page{fill:#0d1117}.edge{stroke:#30363d}.hue{fill:#79b8ff}.end{fill:#30363d}",
    ".text{fill:#e6edf3}.arrow{stroke:#e6edf3}}",
    "</style>",
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="text" x="${MARGIN}" y="${MARGIN + 12}" font-size="15" font-weight="bold">${
      escapeXml(settings.env)
    }: Q-values</text>`,
    ...fields,
    "</svg>\n",
  ].join("\n");
}

function isEnd(letter: string): boolean {
  return letter === "H" || letter === "G";
}

function field(
  { moves }: GridWorld,
  row: Float32Array,
  letter: string,
  share: number,
  x: number,
  y: number,
): string {
  const box = `x="${x}" y="${y}" width="${FIELD}" height="${FIELD}"`;
  const [centerX, centerY] = [x + FIELD / 2, y + FIELD / 2];
  const corner = `<text class="text" x="${x + 5}" y="${y + 15}" font-weight="bold">${letter}</text>`;
  if (isEnd(letter)) return `<rect class="end" ${box}/><rect class="edge" ${box}/>${corner}`;
  const best = row.indexOf(Math.max(...row));
  const values = moves.map(([dx, dy], action) => {
    const anchor = dx === 0 ? "middle" : dx < 0 ? "start" : "end";
    const textX = centerX + dx * (FIELD / 2 - 4);
    const textY = centerY + (dy === 0 ? 4 : dy < 0 ? -FIELD / 2 + 14 : FIELD / 2 - 5);
    const weight = action === best ? ' font-weight="bold"' : "";
    return `<text class="text" x="${textX}" y="${textY}" font-size="10" text-anchor="${anchor}"${weight}>${
      short(row[action]!)
    }</text>`;
  });
  const [dx, dy] = moves[best] ?? RIGHT;
  const tip = `${centerX + dx * 9},${centerY + dy * 9}`;
  const wing = (side: number) => `${centerX + dx * 5 + side * dy * 5},${centerY + dy * 5 + side * dx * 5}`;
  const arrow = `<path class="arrow" d="M${centerX - dx * 9},${centerY - dy * 9}L${tip}M${wing(1)}L${tip}L${
    wing(-1)
  }"/>`;
  return `<rect class="hue" fill-opacity="${
    (0.35 * share).toFixed(3)
  }" ${box}/><rect class="edge" ${box}/>${corner}${values.join("")}${arrow}`;
}

/** A value in a few characters. */
function short(value: number): string {
  return Math.abs(value) >= 99.95
    ? value.toFixed(0)
    : Math.abs(value) >= 9.995
    ? value.toFixed(1)
    : value.toFixed(2);
}
