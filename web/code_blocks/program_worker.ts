/**
 * The worker of a program of the course.
 *
 * @module
 */

import { answerProgram } from "./answer_program.ts";
import { LIBRARY } from "./library.ts";

answerProgram(() => LIBRARY);
