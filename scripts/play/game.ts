import { Discrete, type Env, type Info, type Observation } from "../../envs/mod.ts";
import type { Arrow, Board } from "./board.ts";
import type { Key } from "./keys.ts";
import type { Paint } from "./paint.ts";

/** A person's game in a terminal. */
export interface Game {
  /** Takes the action of a key, or starts another episode with `r`. If a key does nothing, the next drawing says why. */
  press(key: Key): void;
  /** The lines to show. */
  draw(): string[];
  /** A summary of the episodes that ended. */
  summary(): string;
}

const SIGNS: Readonly<Record<Arrow, string>> = { left: "←", down: "↓", right: "→", up: "↑", space: "space" };

/**
 * Starts a game.
 *
 * @param env The environment, with its time limit.
 * @param board Its keys and display.
 * @param options The seed of the first episode, and the text style.
 */
export function startGame(
  env: Env<Observation, number>,
  board: Board,
  { seed, paint }: { seed: number; paint: Paint },
): Game {
  const meanings = meaningsOf(env.actionSpace);
  const returns: number[] = [];
  let episode = 0;
  let steps = 0;
  let last: number | undefined;
  let reward = 0;
  let total = 0;
  let end: "terminated" | "truncated" | undefined;
  let complaint = "";
  let observation: Observation;
  let info: Info;

  const begin = (options: { seed?: number }) => {
    ({ observation, info } = env.reset(options));
    episode++;
    steps = reward = total = 0;
    last = end = undefined;
  };
  begin({ seed });

  const step = (action: number) => {
    const result = env.step(action);
    ({ observation, info, reward } = result);
    last = action;
    steps++;
    total += reward;
    if (!result.terminated && !result.truncated) return;
    end = result.terminated ? "terminated" : "truncated";
    returns.push(total);
  };

  return {
    press(key) {
      complaint = "";
      const name = key === " " ? "space" : key;
      const action = board.letters.findIndex((letter, a) => name === letter || name === board.arrows[a]);
      if (key === "r") begin({});
      else if (action === -1) complaint = `${JSON.stringify(key)} is not one of the keys below`;
      else if (end !== undefined) complaint = "the episode is over: r starts another";
      else step(action);
    },
    draw() {
      const mask = info["actionMask"];
      const allowed = meanings.filter((_, action) => mask instanceof Uint8Array && mask[action] === 1);
      const ended = `${end} after ${steps} ${steps === 1 ? "step" : "steps"} with return ${
        numberOf(total)
      }: r starts another`;
      return [
        `${env.id}, episode ${episode}, step ${steps}`,
        "",
        ...board.draw(observation),
        "",
        `${last === undefined ? "" : `${meanings[last]}: `}reward ${numberOf(reward)}, return ${
          numberOf(total)
        }`,
        ...(mask instanceof Uint8Array ? [`action mask ${mask.join("")}: ${allowed.join(", ")}`] : []),
        complaint !== "" ? complaint : end === undefined ? "" : paint(ended, "bold"),
        paint(`${keysText(board, env.actionSpace)}  r reset  q quit`, "dim"),
      ];
    },
    summary() {
      if (returns.length === 0) return "no episode ended";
      const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
      const episodes = returns.length === 1 ? "1 episode" : `${returns.length} episodes`;
      return `${episodes}, mean return ${numberOf(mean)}`;
    },
  };
}

/** The keys of a board, and what each does. */
export function keysText({ letters, arrows }: Board, actionSpace: Env["actionSpace"]): string {
  const meanings = meaningsOf(actionSpace);
  return letters.map((letter, action) => {
    const arrow = arrows[action];
    return `${letter}${arrow === undefined ? "" : ` ${SIGNS[arrow]}`} ${meanings[action]}`;
  }).join("  ");
}

function meaningsOf(actionSpace: Env["actionSpace"]): readonly string[] {
  return actionSpace instanceof Discrete ? actionSpace.meanings ?? [] : [];
}

function numberOf(value: number): string {
  return String(Number(value.toFixed(3)));
}
