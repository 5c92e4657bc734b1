import { assertEquals } from "@std/assert";
import { progressLine } from "../../../scripts/train/progress.ts";

const STATE = {
  step: 12_500,
  episode: 1_120,
  meanReturn: 187.34,
  epsilon: 0.04,
  evaluated: 250,
  done: 0.25,
};

const WHOLE =
  " 25 % · ETA 0:30 · step 12,500 · episode 1,120 · return 187.3 · evaluated 250.0 · ε 0.04 · 1,250 steps/s";
const TIME = { seconds: 10, left: 30 };

Deno.test("the line shows step, episode, return, evaluation, epsilon, speed and time left", () => {
  assertEquals(progressLine(STATE, TIME, 200), WHOLE);
});

Deno.test("the speed of a resumed run is that since it was resumed", () => {
  const resumed = { ...STATE, resumedFrom: { step: 10_000, done: 0.2 } };
  assertEquals(progressLine(resumed, TIME, 200), WHOLE.replace("1,250", "250"));
});

Deno.test("a window of 80 columns has room for the time left", () => {
  const long = { ...STATE, step: 1_250_000, episode: 11_200, meanReturn: -1187.34 };
  const line = progressLine(long, { seconds: 10, left: 90_061 }, 80);
  assertEquals(line, " 25 % · ETA 25:01:01 · step 1,250,000 · episode 11,200 · return -1187.3");
});

Deno.test("unknown values are left out", () => {
  const start = {
    step: 0,
    episode: 0,
    meanReturn: undefined,
    epsilon: undefined,
    evaluated: undefined,
    done: 0,
  };
  assertEquals(progressLine(start, { seconds: 0, left: undefined }, 80), "  0 % · step 0 · episode 0");
});

Deno.test("parts that do not fit into the window are dropped from the end", () => {
  const widths: [number, string][] = [
    [WHOLE.length + 1, WHOLE],
    [WHOLE.length, WHOLE.slice(0, WHOLE.lastIndexOf(" · "))],
    [35, " 25 % · ETA 0:30 · step 12,500"],
    [3, " 25 %"],
  ];
  for (const [columns, line] of widths) assertEquals(progressLine(STATE, TIME, columns), line);
});

Deno.test("the time left is shown in minutes, with hours if there are any", () => {
  const left = (seconds: number) => progressLine(STATE, { seconds: 10, left: seconds }, 200).split(" · ")[1];
  assertEquals([5, 65, 3_599, 3_600, 90_061].map(left), [
    "ETA 0:05",
    "ETA 1:05",
    "ETA 59:59",
    "ETA 1:00:00",
    "ETA 25:01:01",
  ]);
});
