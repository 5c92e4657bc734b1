/**
 * The tasks by the names of their environments (`minigrid/__init__.py`).
 *
 * @module
 */

import type { MiniGridEnvId } from "../minigrid_ids.ts";
import { LAVA, WALL } from "./_cells.ts";
import { crossingTask } from "./_crossing_task.ts";
import { distShiftTask } from "./_dist_shift_task.ts";
import { doorKeyTask } from "./_door_key_task.ts";
import { dynamicObstaclesTask } from "./_dynamic_obstacles_task.ts";
import { emptyTask } from "./_empty_task.ts";
import { fourRoomsTask } from "./_four_rooms_task.ts";
import { keyCorridorTask } from "./_key_corridor_task.ts";
import { lavaGapTask } from "./_lava_gap_task.ts";
import { memoryTask } from "./_memory_task.ts";
import { multiRoomTask } from "./_multi_room_task.ts";
import { redBlueDoorsTask } from "./_red_blue_doors_task.ts";
import type { Task } from "./_task.ts";
import { unlockPickupTask, unlockTask } from "./_unlock_task.ts";

/** Every task, by the name of its environment. */
export const TASKS: Readonly<Record<MiniGridEnvId, Task>> = {
  "MiniGrid-BlockedUnlockPickup-v0": unlockPickupTask(true),
  "MiniGrid-DistShift1-v0": distShiftTask(2),
  "MiniGrid-DistShift2-v0": distShiftTask(5),
  "MiniGrid-DoorKey-16x16-v0": doorKeyTask(16),
  "MiniGrid-DoorKey-5x5-v0": doorKeyTask(5),
  "MiniGrid-DoorKey-6x6-v0": doorKeyTask(6),
  "MiniGrid-DoorKey-8x8-v0": doorKeyTask(8),
  "MiniGrid-Dynamic-Obstacles-16x16-v0": dynamicObstaclesTask(16, 8),
  "MiniGrid-Dynamic-Obstacles-5x5-v0": dynamicObstaclesTask(5, 2),
  "MiniGrid-Dynamic-Obstacles-6x6-v0": dynamicObstaclesTask(6, 3),
  "MiniGrid-Dynamic-Obstacles-8x8-v0": dynamicObstaclesTask(8, 4),
  "MiniGrid-Dynamic-Obstacles-Random-5x5-v0": dynamicObstaclesTask(5, 2, true),
  "MiniGrid-Dynamic-Obstacles-Random-6x6-v0": dynamicObstaclesTask(6, 3, true),
  "MiniGrid-Empty-16x16-v0": emptyTask(16),
  "MiniGrid-Empty-5x5-v0": emptyTask(5),
  "MiniGrid-Empty-6x6-v0": emptyTask(6),
  "MiniGrid-Empty-8x8-v0": emptyTask(8),
  "MiniGrid-Empty-Random-5x5-v0": emptyTask(5, true),
  "MiniGrid-Empty-Random-6x6-v0": emptyTask(6, true),
  "MiniGrid-FourRooms-v0": fourRoomsTask(),
  "MiniGrid-KeyCorridorS3R1-v0": keyCorridorTask(3, 1),
  "MiniGrid-KeyCorridorS3R2-v0": keyCorridorTask(3, 2),
  "MiniGrid-KeyCorridorS3R3-v0": keyCorridorTask(3, 3),
  "MiniGrid-LavaCrossingS11N5-v0": crossingTask(11, 5, LAVA),
  "MiniGrid-LavaCrossingS9N1-v0": crossingTask(9, 1, LAVA),
  "MiniGrid-LavaCrossingS9N2-v0": crossingTask(9, 2, LAVA),
  "MiniGrid-LavaCrossingS9N3-v0": crossingTask(9, 3, LAVA),
  "MiniGrid-LavaGapS5-v0": lavaGapTask(5),
  "MiniGrid-LavaGapS6-v0": lavaGapTask(6),
  "MiniGrid-LavaGapS7-v0": lavaGapTask(7),
  "MiniGrid-MemoryS11-v0": memoryTask(11),
  "MiniGrid-MemoryS13-v0": memoryTask(13),
  "MiniGrid-MemoryS13Random-v0": memoryTask(13, true),
  "MiniGrid-MemoryS7-v0": memoryTask(7),
  "MiniGrid-MemoryS9-v0": memoryTask(9),
  "MiniGrid-MultiRoom-N2-S4-v0": multiRoomTask(2, 4),
  "MiniGrid-MultiRoom-N4-S5-v1": multiRoomTask(4, 5),
  "MiniGrid-MultiRoom-N6-v0": multiRoomTask(6),
  "MiniGrid-RedBlueDoors-6x6-v0": redBlueDoorsTask(6),
  "MiniGrid-RedBlueDoors-8x8-v0": redBlueDoorsTask(8),
  "MiniGrid-SimpleCrossingS11N5-v0": crossingTask(11, 5, WALL),
  "MiniGrid-SimpleCrossingS9N1-v0": crossingTask(9, 1, WALL),
  "MiniGrid-SimpleCrossingS9N2-v0": crossingTask(9, 2, WALL),
  "MiniGrid-SimpleCrossingS9N3-v0": crossingTask(9, 3, WALL),
  "MiniGrid-Unlock-v0": unlockTask(),
  "MiniGrid-UnlockPickup-v0": unlockPickupTask(false),
};

/** Whether a name is that of an environment of this room. */
export function isMiniGridEnvId(id: string): id is MiniGridEnvId {
  return Object.hasOwn(TASKS, id);
}
