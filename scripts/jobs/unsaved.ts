import { printError } from "../cli/print.ts";

/** Keeps what a disk did not take, to be saved with a later result or at the end. */
export interface Unsaved {
  /** Saves something; what could not be saved before is tried again with it. */
  save(action: () => void): void;
  /** Tries a last time, and says what is not saved. */
  settle(): void;
}

/**
 * Begins to save results. One that is not saved costs its run once more after a stop, no more: so a disk that is full for a while
 * stops nothing.
 *
 * @param warn Hears of what could not be saved, and of when it was.
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
        if (isFirst) warn(`warning: ${reason} (the next result and the end try again)`);
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
