// Waits until it is asked to stop, twice.
import { onStopSignal } from "../../../scripts/cli/stop_signals.ts";

const timer = setInterval(() => {}, 1_000);
const unlisten = onStopSignal(() => {
  unlisten();
  clearInterval(timer);
  console.log("asked to stop");
});
console.log("waits");
