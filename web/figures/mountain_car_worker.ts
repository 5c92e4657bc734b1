/**
 * Trains and searches for the figure on MountainCar.
 *
 * @module
 */

import { answerRuns } from "./answer_runs.ts";
import type { MountainCarReply, MountainCarRequest } from "./mountain_car_messages.ts";
import { trainMountainCar } from "./mountain_car_run.ts";
import { searchMountainCar } from "./mountain_car_search.ts";

answerRuns<MountainCarRequest, MountainCarReply>((request, channel) =>
  request.kind === "train" ? trainMountainCar(request.flags, channel) : searchMountainCar(request, channel)
);
