/**
 * Trains for the figure on dueling networks.
 *
 * @module
 */

import { answerRuns } from "./answer_runs.ts";
import type { Flags } from "./command_text.ts";
import { type DuelingReply, trainDueling } from "./dueling_run.ts";

answerRuns<Flags, DuelingReply>(trainDueling);
