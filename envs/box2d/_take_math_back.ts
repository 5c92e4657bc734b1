/**
 * Restores the functions that `_lend_math.ts` replaced.
 *
 * @module
 */

import { takeMathBack } from "./_lend_math.ts";

takeMathBack();
