/**
 * The command that lets a person play an environment of Gymnasium's toy text, or MiniGrid, in the terminal.
 *
 * ```sh
 * deno task play FrozenLake-v1
 * deno task play MiniGrid-DoorKey-5x5-v0
 * deno task play Taxi-v4 --seed 3 --env-options '{"isRainy":true}'
 * ```
 *
 * @module
 */

import { paintedText, printPainted } from "./cli/print.ts";
import { didYouMean, type Env, envIds, type EnvOptions, makeEnv, MINIGRID_IDS } from "../envs/mod.ts";
import { MiniGridEnv } from "../envs/minigrid/minigrid_env.ts";
import type { Flag } from "./cli/command_line.ts";
import { flagValue } from "./cli/flag_value.ts";
import { readCommand } from "./settings/read_command.ts";
import { integerOption, objectOption } from "./cli/option.ts";
import { hasDiscreteActions } from "./run/env_kinds.ts";
import { addPackageEnv } from "./run_folder/package_env.ts";
import { unwrapped } from "./run/run_env.ts";
import { attempt, exitCodeOf, UsageError } from "./cli/usage_error.ts";
import type { Board } from "./play/board.ts";
import { boardOf } from "./play/board_of.ts";
import { type Game, keysText, startGame } from "./play/game.ts";
import { INTERRUPT, pressedKeys, typedKeys } from "./play/keys.ts";
import { inColor, plain } from "./play/paint.ts";

const FLAGS: readonly Flag[] = [
  { name: "--seed", placeholder: "N", help: "seed of the environment (default: 0)" },
  {
    name: "--env-options",
    placeholder: "JSON",
    help: "the environment's own options, as in '{\"isSlippery\":false}' (default: {})",
  },
];

/**
 * Plays an environment: by key in a terminal, otherwise with one key per line of standard input.
 *
 * @param args The arguments: an environment, and flags.
 * @returns The exit code: 0, or 130 after Ctrl-C.
 * @throws {Error} If something on the command line is wrong.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/play";
 *
 * await main(["FrozenLake-v1", "--seed", "3"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const keys = () => `\n\nEnvironments and their keys; r resets and q quits:\n${keyTable()}`;
  const line = readCommand(args, FLAGS, "play", { words: "ENV", more: keys });
  if (line === undefined) return 0;
  const seed = flagValue(line, "seed", integerOption(0, ""), 0);
  const options = flagValue(line, "env-options", objectOption(""), {});
  if (line.words.length !== 1) {
    throw new UsageError(
      `Cannot play: one environment must be given, got ${line.words.length}; choose one of ${
        playable().join(", ")
      }`,
    );
  }
  const env = await makeEnvOf(line.words[0]!, options);
  const paint = Deno.stdout.isTerminal() && !Deno.noColor ? inColor : plain;
  const board = boardOf(unwrapped(env), paint);
  if (board === undefined || !hasDiscreteActions(env)) {
    throw new UsageError(
      `Cannot play ${env.id} in a terminal: the environment must have a board, as ${
        playable().join(", ")
      } do; deno task web shows others in a page`,
    );
  }
  const game = startGame(env, board, { seed, paint });
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal() ? await playByKey(game) : await playByLine(game);
}

/** The environments that are always registered; of the others, MiniGrid's have a board. */
const PLAIN_IDS = envIds();

/** Stands for MiniGrid's environments, whose keys are the same. */
const GRID = "MiniGrid-DoorKey-5x5-v0";

/** The environments with a board, with one of MiniGrid's for all. */
function playable(): string[] {
  return [...PLAIN_IDS.filter((id) => boardFor(makeEnv<string>(id)) !== undefined), GRID];
}

function boardFor(env: Env): Board | undefined {
  return boardOf(unwrapped(env), plain);
}

/** The keys of each environment, one line each. */
function keyTable(): string {
  return playable().map((id) => {
    const env = id === GRID ? new MiniGridEnv(GRID) : makeEnv<string>(id);
    const name = id === GRID ? "MiniGrid-…" : id;
    return `  ${name.padEnd(25)}${inLines(keysText(boardFor(env)!, env.actionSpace), `\n${" ".repeat(27)}`)}`;
  }).join("\n");
}

/** Breaks a list of keys, which are two spaces apart, into lines of at most 70 letters. */
function inLines(keys: string, lineBreak: string): string {
  let length = 0;
  return keys.split("  ").reduce((text, key) => {
    const fits = length + 2 + key.length <= 70;
    length = fits ? length + 2 + key.length : key.length;
    return text === "" ? key : `${text}${fits ? "  " : lineBreak}${key}`;
  }, "");
}

async function makeEnvOf(id: string, options: EnvOptions): Promise<Env> {
  if (!await addPackageEnv(id)) {
    throw new UsageError(
      `Cannot play: the environment must be one of ${playable().join(", ")}, got ${id}${
        didYouMean(id, [...playable(), ...MINIGRID_IDS])
      }`,
    );
  }
  return attempt(() => makeEnv<string>(id, options));
}

/** Plays on the terminal's alternate screen, so that the user's text is kept, and prints the last picture at the end. */
async function playByKey(game: Game): Promise<number> {
  const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
  const draw = () => write(`\x1b[H\x1b[2J${game.draw().map(paintedText).join("\r\n")}`);
  let code = 0;
  Deno.stdin.setRaw(true);
  write("\x1b[?1049h\x1b[?25l");
  try {
    draw();
    for await (const key of pressedKeys(Deno.stdin.readable)) {
      if (key === INTERRUPT) code = 130;
      if (key === INTERRUPT || key === "q") break;
      game.press(key);
      draw();
    }
  } finally {
    write("\x1b[?25h\x1b[?1049l");
    Deno.stdin.setRaw(false);
  }
  printPainted([...game.draw().slice(0, -1), game.summary()].join("\n"));
  return code;
}

async function playByLine(game: Game): Promise<number> {
  printPainted(game.draw().join("\n"));
  for await (const key of typedKeys(Deno.stdin.readable)) {
    if (key === "q") break;
    game.press(key);
    printPainted("\n" + game.draw().join("\n"));
  }
  printPainted("\n" + game.summary());
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
