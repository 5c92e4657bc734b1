import { printError } from "../cli/print.ts";

/** Keeps results that could not be saved, and tries again with a later result and at the end. */
export interface Unsaved {
  /** Saves a result, and tries earlier ones again. */
  save(action: () => void): void;
  /** Tries a last time, and reports the results not saved. */
  settle(): void;
}

/**
 * Starts saving results. A result that is not saved only means that its run is repeated after a stop; so a temporarily full disk
 * stops nothing.
 *
 * @param warn Receives a message when results cannot be saved, and when they are saved again.
 */
export function keepUnsaved(warn: (text: string) => void = printError): Unsaved {
  let actions: (() => void)[] = [];
  let reason: string | undefined;
  const attempt = () => {
    actions = actions.filter((action) => {
      try {
        action();
        return false;
      } catch (error) {
        const isFirst = reason === undefined;
        reason = error instanceof Error ? error.message : String(error);
        if (isFirst) warn(`warning: ${reason} (trying again with the next result and at the end)`);
        return true;
      }
    });
    if (actions.length > 0 || reason === undefined) return;
    reason = undefined;
    warn("saved again: every result");
  };
  return {
    save(action) {
      actions.push(action);
      attempt();
    },
    settle() {
      if (actions.length === 0) return;
      attempt();
      const count = actions.length === 1 ? "1 result is" : `${actions.length} results are`;
      if (actions.length > 0) warn(`error: ${reason} (${count} not saved)`);
    },
  };
}
