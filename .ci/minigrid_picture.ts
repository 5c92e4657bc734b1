// Draws a grid of each family of MiniGrid: deno run --no-remote --allow-write .ci/minigrid_picture.ts --out FILE
import { makeEnv, type MiniGridEnvId, sceneToSvg } from "../envs/mod.ts";
import "../envs/minigrid/mod.ts";

/** One environment of each family, in the order of the guide's table. */
const SHOWN: readonly MiniGridEnvId[] = [
  "MiniGrid-Empty-8x8-v0",
  "MiniGrid-FourRooms-v0",
  "MiniGrid-DoorKey-8x8-v0",
  "MiniGrid-LavaGapS7-v0",
  "MiniGrid-LavaCrossingS9N2-v0",
  "MiniGrid-SimpleCrossingS9N2-v0",
  "MiniGrid-DistShift1-v0",
  "MiniGrid-Dynamic-Obstacles-8x8-v0",
  "MiniGrid-MultiRoom-N6-v0",
  "MiniGrid-RedBlueDoors-8x8-v0",
  "MiniGrid-MemoryS11-v0",
  "MiniGrid-BlockedUnlockPickup-v0",
  "MiniGrid-KeyCorridorS3R3-v0",
];

const [COLUMNS, SIZE, GAP, LABEL] = [5, 160, 16, 20] as const;

/** A grid after its first reset, in the middle of a square, with its name below. */
function tile(id: MiniGridEnvId, i: number): string {
  const env = makeEnv(id);
  env.reset({ seed: 1 });
  const scene = env.render();
  const scale = SIZE / Math.max(scene.width, scene.height);
  const [width, height] = [scene.width * scale, scene.height * scale];
  const left = (i % COLUMNS) * (SIZE + GAP);
  const top = Math.floor(i / COLUMNS) * (SIZE + GAP + LABEL);
  const corner = `x="${left + (SIZE - width) / 2}" y="${top + (SIZE - height) / 2}"`;
  const name = id.slice("MiniGrid-".length);
  return sceneToSvg(scene, { width }).replace('xmlns="http://www.w3.org/2000/svg"', corner) +
    `<text x="${left + SIZE / 2}" y="${top + SIZE + 14}" text-anchor="middle">${name}</text>\n`;
}

const [flag, path] = Deno.args;
if (flag !== "--out" || path === undefined) throw new Error("Cannot draw MiniGrid: --out FILE must be given");
const width = COLUMNS * (SIZE + GAP) - GAP;
const height = Math.ceil(SHOWN.length / COLUMNS) * (SIZE + GAP + LABEL) - GAP;
await Deno.writeTextFile(
  path,
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>A grid of each family of MiniGrid</title>
<style>text{font:11px sans-serif;fill:#6b7280}</style>
${SHOWN.map(tile).join("")}</svg>
`,
);
