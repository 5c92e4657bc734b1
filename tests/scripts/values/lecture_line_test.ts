import { assertEquals } from "@std/assert";
import { lectureLine } from "../../../scripts/values/lecture_line.ts";

Deno.test("the lecture's program prints every tenth episode, counted from 0", () => {
  const lines = Array.from({ length: 21 }, (_, i) => lectureLine({ episode: i + 1, return: 9 + i }));
  assertEquals(lines.filter((line) => line !== undefined), [
    "episode :0, total reward : 9.0",
    "episode :10, total reward : 19.0",
    "episode :20, total reward : 29.0",
  ]);
});
