import { readGolden } from "./_recordings.ts";

/** What NumPy and Gymnasium drew after one seed; each entry begins with a fresh generator. */
export interface Stream {
  seed: string;
  seedseq_pool: number[];
  seedseq_generate_state_8_uint32: number[];
  seedseq_generate_state_4_uint64: string[];
  pcg64_state: string;
  pcg64_inc: string;
  random_raw_20: string[];
  pcg64_state_after_20: string;
  integers_0_10_state_after: { has_uint32: number; uinteger: number; state: string };
  interleaved: [call: string, result: number][];
  standard_normal_20000_first_tail: [index: number, value: number][];
  standard_normal_20000_random_after: number;
  [key: string]: unknown;
}

interface Vectors {
  deck: number[];
  p5: number[];
  p_frozenlake: number[];
  streams: Stream[];
}

const vectors = readGolden<Vectors>("numpy_rng");

export const STREAMS: readonly Stream[] = vectors.streams;
export const DECK: readonly number[] = vectors.deck;
export const P5: readonly number[] = vectors.p5;
export const P_FROZEN_LAKE: readonly number[] = vectors.p_frozenlake;

/** The entry of a key, which must be an array. */
export function entry(stream: Stream, key: string): unknown[] {
  const value = stream[key];
  if (!Array.isArray(value)) throw new Error(`no ${key} for seed ${stream.seed}`);
  return value;
}

/** The entry of a key, which must be an array of numbers. */
export function numbers(stream: Stream, key: string): number[] {
  return entry(stream, key).map(Number);
}
