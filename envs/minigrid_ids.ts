/**
 * The names of the MiniGrid environments.
 *
 * @module
 */

/** The environments of `@bellman/dqn/envs/minigrid`. */
export const MINIGRID_IDS = [
  "MiniGrid-BlockedUnlockPickup-v0",
  "MiniGrid-DistShift1-v0",
  "MiniGrid-DistShift2-v0",
  "MiniGrid-DoorKey-16x16-v0",
  "MiniGrid-DoorKey-5x5-v0",
  "MiniGrid-DoorKey-6x6-v0",
  "MiniGrid-DoorKey-8x8-v0",
  "MiniGrid-Dynamic-Obstacles-16x16-v0",
  "MiniGrid-Dynamic-Obstacles-5x5-v0",
  "MiniGrid-Dynamic-Obstacles-6x6-v0",
  "MiniGrid-Dynamic-Obstacles-8x8-v0",
  "MiniGrid-Dynamic-Obstacles-Random-5x5-v0",
  "MiniGrid-Dynamic-Obstacles-Random-6x6-v0",
  "MiniGrid-Empty-16x16-v0",
  "MiniGrid-Empty-5x5-v0",
  "MiniGrid-Empty-6x6-v0",
  "MiniGrid-Empty-8x8-v0",
  "MiniGrid-Empty-Random-5x5-v0",
  "MiniGrid-Empty-Random-6x6-v0",
  "MiniGrid-FourRooms-v0",
  "MiniGrid-KeyCorridorS3R1-v0",
  "MiniGrid-KeyCorridorS3R2-v0",
  "MiniGrid-KeyCorridorS3R3-v0",
  "MiniGrid-LavaCrossingS11N5-v0",
  "MiniGrid-LavaCrossingS9N1-v0",
  "MiniGrid-LavaCrossingS9N2-v0",
  "MiniGrid-LavaCrossingS9N3-v0",
  "MiniGrid-LavaGapS5-v0",
  "MiniGrid-LavaGapS6-v0",
  "MiniGrid-LavaGapS7-v0",
  "MiniGrid-MemoryS11-v0",
  "MiniGrid-MemoryS13-v0",
  "MiniGrid-MemoryS13Random-v0",
  "MiniGrid-MemoryS7-v0",
  "MiniGrid-MemoryS9-v0",
  "MiniGrid-MultiRoom-N2-S4-v0",
  "MiniGrid-MultiRoom-N4-S5-v1",
  "MiniGrid-MultiRoom-N6-v0",
  "MiniGrid-RedBlueDoors-6x6-v0",
  "MiniGrid-RedBlueDoors-8x8-v0",
  "MiniGrid-SimpleCrossingS11N5-v0",
  "MiniGrid-SimpleCrossingS9N1-v0",
  "MiniGrid-SimpleCrossingS9N2-v0",
  "MiniGrid-SimpleCrossingS9N3-v0",
  "MiniGrid-Unlock-v0",
  "MiniGrid-UnlockPickup-v0",
] as const;

/** The name of a MiniGrid environment. */
export type MiniGridEnvId = (typeof MINIGRID_IDS)[number];
