/**
 * Studies overestimation for the figure on Double DQN.
 *
 * @module
 */

import { answerRuns } from "./answer_runs.ts";
import type { DoubleDqnReply, DoubleDqnRequest } from "./double_dqn_messages.ts";
import { studyOverestimation } from "./double_dqn_study.ts";

answerRuns<DoubleDqnRequest, DoubleDqnReply>(studyOverestimation);
