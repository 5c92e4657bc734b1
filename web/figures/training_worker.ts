/**
 * Trains for the figures that show runs as they are.
 *
 * @module
 */

import { answerRuns } from "./answer_runs.ts";
import type { Flags } from "./command_text.ts";
import { trainForFigure, type TrainingState } from "./training.ts";

answerRuns<Flags, TrainingState>(trainForFigure);
