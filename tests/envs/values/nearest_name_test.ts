import { assertEquals, assertThrows } from "@std/assert";
import { didYouMean, makeEnv, nearestName } from "../../../envs/mod.ts";

const NAMES = ["--env", "--episodes", "--learning-rate", "--learning-rate-end", "--port", "--out", "--json"];

Deno.test("nearestName() finds the name that was probably meant", () => {
  const table: [word: string, nearest: string | undefined][] = [
    ["--prot", "--port"],
    ["--jso", "--json"],
    ["--episods", "--episodes"],
    ["--learning-rat", "--learning-rate"],
    ["--learning", "--learning-rate"],
    ["--LEARNING-RATE-END", "--learning-rate-end"],
    ["--learningrateend", "--learning-rate-end"],
    ["--foo", undefined],
    ["--banana", undefined],
    ["x", undefined],
    ["", undefined],
  ];
  for (const [word, nearest] of table) assertEquals(nearestName(word, NAMES), nearest, word);
  assertEquals(nearestName("env", []), undefined);
});

Deno.test("an error suggests no name that is not near", () => {
  assertEquals(didYouMean("--prot", NAMES), " (did you mean --port?)");
  const error = assertThrows(() => makeEnv("Tetris"), RangeError, 'got "Tetris"');
  assertEquals(error.message.includes("did you mean"), false);
});
