import config from "../../deno.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { evaluate, randomStream } from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";
import { bestEpisodeOf } from "../../scripts/recording/best_episode.ts";
import { drawMoment, pictureSvg } from "../../scripts/recording/frame_svg.ts";
import { type LoadedPolicy, restorePolicy } from "../../scripts/run_folder/load_policy.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { animatedSvgOf } from "../../scripts/recording/record_svg.ts";
import { chooseFrames, recordMoments } from "../../scripts/recording/recording.ts";
import { type Format, formatOf } from "../../scripts/recording/recording_format.ts";
import { UsageError } from "../../scripts/cli/usage_error.ts";
import { decodeGif } from "./_decode_gif.ts";
import { fakeRunTexts, writeFakeRun } from "./_fake_run.ts";
import { filesBelow, inFolder, runScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

const TINY = ["--steps", "1000", "--eval-episodes", "1", "--hidden", "8", "--skip-pictures"];

const randomPlayer = (env: string) =>
  restorePolicy(presetSettings({ env, agent: "random" }), () => new Uint8Array(), "");

/** A policy that always pushes left and thinks highly of it. */
const stubborn = (env: string): LoadedPolicy => ({
  ...randomPlayer(env),
  policy: { act: () => 0, qValues: () => Float32Array.of(12.345, -0.5) },
});

Deno.test("a recording has one moment more than the episode has steps", () => {
  const moments = recordMoments(stubborn("CartPole-v1"), { episodes: 2, maxSteps: 100, seed: 3 });
  const env = makeEnv("CartPole-v1");
  env.reset({ seed: 3 });
  let steps = 0;
  while (!env.step(0).terminated) steps++;
  const first = moments.filter(({ episode }) => episode === 1);
  assertEquals(first.map(({ step }) => step), Array.from({ length: steps + 2 }, (_, i) => i));
  assertEquals(first.map((moment) => moment.return), first.map(({ step }) => step));
  const { isLast, ended, action, qValues } = first.at(-1)!;
  assertEquals([isLast, ended, action, qValues], [true, "terminated", undefined, undefined]);
  assertEquals(moments.at(-1)!.episode, 2);
});

Deno.test("a recording stops at the limit of steps, and says whether the episode was over", () => {
  const player = randomPlayer("MountainCar-v0");
  const cut = recordMoments(player, { episodes: 1, maxSteps: 5, seed: 0 }).at(-1)!;
  assertEquals([cut.step, cut.isLast, cut.ended], [5, true, undefined]);
  const whole = recordMoments(player, { episodes: 1, maxSteps: 500, seed: 0 }).at(-1)!;
  assertEquals([whole.step, whole.return, whole.ended], [200, -200, "truncated"]);
});

Deno.test("the best episode is the one that a run's evaluation at its end has as its maximum, and can be filmed", () => {
  const { settings, ...player } = stubborn("CartPole-v1");
  const loaded = { ...player, settings: { ...settings, evalEpisodes: 20, seed: 1 } };
  const seed = randomStream(1, "final evaluation").nextUint32();
  const { returns, max } = evaluate(makeEnv("CartPole-v1"), loaded.policy, { episodes: 20, seed });
  const best = bestEpisodeOf(loaded);
  assertEquals(best, { seed, skip: returns.indexOf(max), return: max, of: 20 });
  assert(best.skip > 0 && returns[0]! < max, "the first is not the best");
  const moments = recordMoments(loaded, { ...best, episodes: 1, maxSteps: 500 });
  assertEquals([moments[0]!.step, moments[0]!.episode, moments.at(-1)!.return], [0, 1, max]);
  const all = recordMoments(loaded, { episodes: best.skip + 1, maxSteps: 500, seed });
  assertEquals(
    moments.map(({ observation }) => observation),
    all.filter(({ episode }) => episode === best.skip + 1).map(({ observation }) => observation),
  );
});

Deno.test("a recording obeys the environment's action masks, as an evaluation does", () => {
  const player = restorePolicy(
    presetSettings({ env: "Taxi-v4", agent: "random" }),
    () => new Uint8Array(),
    "",
  );
  const masks: unknown[] = [];
  const act: LoadedPolicy["policy"]["act"] = (_, options) => {
    masks.push(options?.actionMask);
    return 0;
  };
  recordMoments({ ...player, policy: { act } }, { episodes: 1, maxSteps: 2, seed: 4 });
  const env = makeEnv("Taxi-v4");
  assertEquals(masks, [env.reset({ seed: 4 }), env.step(0), env.step(0)].map(({ info }) => info.actionMask));
});

Deno.test("frames play at real speed, at most 30 per second, the end for 1.5 s", () => {
  const moments = recordMoments(stubborn("CartPole-v1"), { episodes: 2, maxSteps: 7, seed: 3 });
  for (const [fps, steps] of [[50, [0, 2, 4, 6, 7]], [30, [0, 1, 2, 3, 4, 5, 6, 7]]] as const) {
    const frames = chooseFrames(moments, fps);
    assertEquals(frames.map(({ moment }) => moment.step), [...steps, ...steps]);
    frames.slice(1).forEach(({ start }, i) => assertEquals(start, frames[i]!.end));
    assertAlmostEquals(frames.at(-1)!.end, 2 * (7 / fps + 1.5));
    assertAlmostEquals(frames[1]!.start, steps[1] / fps);
  }
});

Deno.test("a picture has the scene, the numbers, and a bar under the action taken", () => {
  const player = stubborn("CartPole-v1");
  const moments = recordMoments(player, { episodes: 1, maxSteps: 9, seed: 3 });
  const svg = pictureSvg(drawMoment(moments[4]!, player.env, true));
  for (const text of [">4<", ">return<", ">episode<", ">Q push left<", ">12.35<", ">−0.500<"]) {
    assertStringIncludes(svg, text);
  }
  assertEquals(svg.match(/fill="#0b5cad"/g)?.length, 1);
  const random = randomPlayer("MountainCar-v0");
  const [first] = recordMoments(random, { episodes: 1, maxSteps: 2, seed: 3 });
  assertMatch(pictureSvg(drawMoment(first!, random.env, false)), />(accelerate (left|right)|coast)</);
});

Deno.test("an animated SVG has each frame once, and the static parts once in all", () => {
  const player = stubborn("CartPole-v1");
  const moments = recordMoments(player, { episodes: 1, maxSteps: 6, seed: 3 });
  const svg = animatedSvgOf(player, moments);
  assertEquals(svg.match(/<g /g)?.length, 4);
  assertEquals(svg.match(/fill="#eef1f5"/g)?.length, 1, "the ground");
  assertEquals(svg.match(/fill="#ca9865"/g)?.length, 4, "the pole");
  for (const text of ["<title>CartPole-v1 played by random, seed 0: return 6", "1620ms", "reduced-motion"]) {
    assertStringIncludes(svg, text);
  }
});

Deno.test("the format of a recording follows from its file name, and unknown ones are refused", () => {
  const formats: [Format | undefined, string | undefined, Format][] = [
    [undefined, undefined, "gif"],
    ["svg", undefined, "svg"],
    [undefined, "a/film.WEBM", "webm"],
    ["mp4", "film.v2.mp4", "mp4"],
    ["png", "frames", "png"],
    ["png", "frames.d", "png"],
    [undefined, "frames.png", "png"],
  ];
  for (const [asked, out, format] of formats) assertEquals(formatOf(asked, out), format);
  const refused: [Format | undefined, string, string][] = [
    [undefined, "film.jpg", "--out must end in .gif, .svg, .png, .mp4, .webm, got film.jpg"],
    [undefined, "film", "--out must end in .gif"],
    [undefined, "film.gif/frames", "--out must end in .gif"],
    [undefined, "film.", "--out must end in .gif"],
    ["gif", "film", "--out must end in .gif, got film"],
    ["gif", "film.webm", "--out must end in .gif, got film.webm"],
    ["png", "film.mp4", "--out must be a folder, got film.mp4"],
  ];
  for (const [asked, out, message] of refused) {
    assertThrows(() => formatOf(asked, out), UsageError, message);
  }
});

Deno.test("record writes every format, the same bytes every time, and train the same GIF", () =>
  inFolder(async (cwd) => {
    await runScript("train.ts", [...TINY.slice(0, -1), "--out", "run"], { cwd });
    const read = (file: string) => Deno.readFileSync(`${cwd}/${file}`);
    const gif = read("run/policy.gif");
    const again = await runScript("record.ts", ["run", "--state-plot"], { cwd });
    assertEquals([again.code, again.stderr], [0, ""]);
    assertMatch(again.stdout, /^CartPole-v1 played by dqn, seed 0: return (\d+) after \1 steps\n/);
    assertEquals(read("run/policy.gif"), gif);
    const { frames, width, comment } = decodeGif(gif);
    assertEquals(width, 600);
    assertStringIncludes(again.stdout, comment);
    assertEquals(frames.at(-1)!.delay, 150);
    const states = new TextDecoder().decode(read("run/state.svg"));
    for (const text of ["cart position (m)", "pole angular velocity (rad/s)", "prefers-color-scheme: dark"]) {
      assertStringIncludes(states, text);
    }
    await runScript("record.ts", ["run", "--out", "moving.svg"], { cwd });
    assertEquals(read("moving.svg").length > 1_000, true);
    for (const steps of ["9", "3"]) {
      await runScript("record.ts", ["run", "--format", "png", "--out", "p", "--max-steps", steps], { cwd });
    }
    assertEquals(filesBelow(`${cwd}/p`), ["frame-00001.png", "frame-00002.png", "frame-00003.png"]);
    assertEquals([...read("p/frame-00001.png").subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  }));

Deno.test("bad input gives exit code 2, one clear line, and nothing written", () =>
  inFolder(async (cwd) => {
    await runScript("train.ts", [...TINY, "--out", "run"], { cwd });
    Deno.writeTextFileSync(`${cwd}/file`, "mine");
    writeFakeRun(`${cwd}/taxi`, fakeRunTexts([1], { env: "Taxi-v4", agent: "random" }));
    const before = filesBelow(cwd);
    const bad: [string[], string][] = [
      [[], "one run folder must be given, got 0"],
      [["missing"], "Cannot read missing/config.json"],
      [
        ["taxi", "--state-plot"],
        "Taxi-v4 must have vectors with named elements as observations, got Discrete(500)",
      ],
      [["run", "--episodes", "0"], "--episodes must be a whole number from 1, got 0"],
      [["run", "--max-steps", "x"], "--max-steps must be a whole number from 1, got x"],
      [["run", "--seed", "-1"], "--seed must be a whole number from 0, got -1"],
      [["run", "--format", "avi"], "--format must be one of gif, svg, png, mp4, webm, got avi"],
      [["run", "--out", "film.jpg"], "--out must end in .gif, .svg, .png, .mp4, .webm, got film.jpg"],
      [["run", "--out", "film"], "--out must end in .gif, .svg, .png, .mp4, .webm, got film"],
      [["run", "--format", "webm"], "Cannot write run/policy.webm: ffmpeg must be "],
      [["run", "--format", "gif", "--out", "a.mp4"], "--out must end in .gif, got a.mp4"],
      [["run", "--out", "no/such/place.gif"], "Cannot save no/such/place.gif"],
      [["run", "--format", "png", "--out", "file"], "file must be a writable folder"],
      [["run", "--format", "mp4"], "Cannot write run/policy.mp4: ffmpeg must be "],
    ];
    await assertRefusals("record", bad, { cwd });
    assertEquals(filesBelow(cwd), before);
  }));

const hasFfmpeg = (() => {
  try {
    return new Deno.Command("ffmpeg", { args: ["-version"] }).outputSync().success;
  } catch {
    return false;
  }
})();

Deno.test(
  "with ffmpeg, deno task record writes an MP4 and a WebM",
  { ignore: !hasFfmpeg },
  () =>
    inFolder(async (cwd) => {
      await runScript("train.ts", [...TINY, "--out", "run"], { cwd });
      const task: string = config.tasks.record;
      const permissions = task.split(" ").filter((word) => word.startsWith("--allow-"));
      for (const args of [["--format", "mp4"], ["--out", "run/policy.webm"]]) {
        const { code, stderr } = await runScript("record.ts", ["run", ...args], { cwd, permissions });
        assertEquals([code, stderr], [0, ""]);
      }
      const head = (file: string) => Deno.readFileSync(`${cwd}/run/${file}`).subarray(0, 8);
      assertEquals(new TextDecoder().decode(head("policy.mp4").subarray(4)), "ftyp");
      assertEquals([...head("policy.webm").subarray(0, 4)], [0x1a, 0x45, 0xdf, 0xa3]);
    }),
);
