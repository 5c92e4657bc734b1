/**
 * Ends what `_lend_math.ts` began.
 *
 * @module
 */

import { takeMathBack } from "./_lend_math.ts";

takeMathBack();
