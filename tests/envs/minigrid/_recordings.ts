import type { MiniGridEnvId } from "../../../envs/mod.ts";

/** What Minigrid returned in an episode, step by step. */
export interface Episode {
  /** Width, height, and three numbers per field, column by column. */
  grid: [width: number, height: number, cells: number[]];
  agent: [column: number, row: number, direction: number];
  mission: string;
  image: number[];
  actions: number[];
  /** CRC-32 of each image. */
  crc: number[];
  direction: number[];
  rewards: number[];
  /** 1 for terminated, 2 for truncated, 3 for both. */
  ends: number[];
  carrying: number[][];
  final_image: number[];
}

/** The recording of one environment by Minigrid (commit 90928729) on Gymnasium 1.3.0. */
export interface Recording {
  env: MiniGridEnvId;
  max_steps: number;
  actions: number;
  runs: { seed: number; episodes: Episode[] }[];
}

const FOLDER = new URL("../../golden/minigrid/", import.meta.url);

/** All recordings, by name. */
export const RECORDINGS: readonly Recording[] = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => JSON.parse(Deno.readTextFileSync(new URL(name, FOLDER))));

/** CRC-32 as zlib computes it. */
export function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
