/**
 * The figure on FrozenLake: the values of a table, of a Q-network and of DQN, side by side as on the lecture's first slide.
 *
 * @module
 */

import { Ticker } from "../ticker.ts";
import { button } from "./button.ts";
import { CommandLine } from "./command_line.ts";
import type { Flags } from "./command_text.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created, setText } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import { FROZEN_LAKE_WORDS } from "./frozen_lake_words.ts";
import { LakeGrid } from "./lake_grid.ts";
import type { LakeReply, LakeRequest } from "./lake_request.ts";
import { Runs } from "./runs.ts";
import { Slider } from "./slider.ts";
import { Status } from "./status.ts";
import { mayMove, whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

/** Most messages to the worker per second. */
const TICKS = 30;

/** A network that fits the sixteen states. */
const NETWORK: Flags = { hidden: "32", "learning-rate": "0.005", "learning-starts": "100" };

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(FROZEN_LAKE_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);
  const actions = (["left", "down", "right", "up"] as const).map((key) => t(key));

  created(root, "p", { text: t("intro") });
  const columns = created(root, "div", { class: "figure-columns three" });
  const agents = (["table", "network", "dqn"] as const).map((key) => {
    const column = created(columns, "div");
    created(column, "p", { class: "title", text: t(key) });
    const grid = new LakeGrid(column, { caption: t(key), actions });
    return { key, grid, note: created(column, "p", { class: "numbers" }) };
  });
  const controls = created(root, "div", { class: "controls" });
  const sliders = created(root, "div", { class: "sliders" });
  const status = new Status(context);
  const command = new CommandLine(root, language);

  let settle = () => {};
  let isDone = false;
  let isSeen = false;
  const runs = new Runs<LakeRequest, LakeReply>("frozen_lake", {
    onReply: show,
    onDone: () => settle(),
    onFailure: (reason) => {
      setRunning(false);
      status.failed(reason ?? common("workerFailed"));
      settle();
    },
  });
  /** Asks the worker; resolves with its answer, or once another question has replaced this one. */
  function ask(request: LakeRequest): Promise<void> {
    settle();
    return new Promise((resolve) => {
      settle = resolve;
      runs.start(request);
    });
  }

  const ticker = new Ticker(() =>
    ask({ kind: "advance", steps: Math.ceil(speed.value / ticksOf(speed.value)) })
  );
  const pause = button(controls, common("pause"), () => {
    if (isDone) restart();
    else setRunning(!ticker.running);
  });
  button(controls, common("oneStep"), async () => {
    setRunning(false);
    await ticker.settled();
    if (!isDone) await ask({ kind: "advance", steps: 1 });
  });
  button(controls, common("restart"), restart);
  const slippery = button(controls, t("slippery"), () => {
    slippery.ariaPressed = String(slippery.ariaPressed !== "true");
    restart();
  });
  slippery.ariaPressed = "false";

  const slider = (label: string, values: readonly number[], value: number, onChange: () => void = restart) =>
    new Slider(sliders, { label, values, value, onChange });
  const speed = slider(t("speed"), [1, 5, 20, 100, 500, 5000], 500, () => {
    if (ticker.running) ticker.start(ticksOf(speed.value));
  });
  const steps = slider(t("steps"), [500, 1000, 3000, 10_000], 3000);
  const gamma = slider(t("gamma"), [0.5, 0.8, 0.9, 0.95, 0.99], 0.9);
  const learningRate = slider(t("learningRate"), [0.05, 0.1, 0.2, 0.5, 1], 0.5);
  const epsilon = slider(t("epsilon"), [0.1, 0.3, 0.5, 0.7, 1], 0.5);
  const seed = slider(common("seed"), Array.from({ length: 21 }, (_, i) => i), 0);

  function setRunning(on: boolean): void {
    if (on) ticker.start(ticksOf(speed.value));
    else ticker.stop();
    pause.textContent = common(on ? "pause" : "play");
  }

  function flagsOf(agent: string, own: Flags): Flags {
    return {
      env: "FrozenLake-v1",
      ...slippery.ariaPressed === "true" ? {} : { "env-options": '{"isSlippery":false}' },
      agent,
      steps: `${steps.value}`,
      gamma: `${gamma.value}`,
      "epsilon-end": `${epsilon.value}`,
      "epsilon-decay-steps": `${steps.value}`,
      ...own,
      seed: `${seed.value}`,
    };
  }

  async function restart(): Promise<void> {
    const flags = [
      flagsOf("q-learning", { "learning-rate": `${learningRate.value}`, "learning-rate-end": "none" }),
      flagsOf("q-network", NETWORK),
      flagsOf("dqn", NETWORK),
    ];
    command.show("train", ...flags);
    status.running(t("learning", { step: 0, steps: steps.value }));
    setRunning(false);
    isDone = false;
    await ask({ kind: "prepare", runs: flags });
    setRunning(isSeen && mayMove());
  }

  function show(reply: LakeReply): void {
    for (const [i, { key, grid, note }] of agents.entries()) {
      const agent = reply.agents[i]!;
      grid.show(agent);
      setText(note, t(`${key}Note`, { count: agent.reached }));
    }
    isDone = reply.isDone;
    if (!isDone) {
      status.running(t("learning", { step: reply.step, steps: steps.value }));
      return;
    }
    setRunning(false);
    const [table = "", network = "", dqn = ""] = reply.agents.map(({ weights }) => weights ?? "");
    status.done(t("done", { steps: reply.step, table, network, dqn }));
  }

  restart();
  whenSeen(root, () => {
    isSeen = true;
    setRunning(mayMove());
  });
}

/** Messages per second at a speed in steps per second. */
function ticksOf(speed: number): number {
  return Math.min(TICKS, speed);
}
