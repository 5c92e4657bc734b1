/**
 * The figure on environments: CartPole by keyboard beside the random agent.
 *
 * @module
 */

import { RandomAgent } from "@bellman/dqn/agents";
import { returnText } from "../../scripts/values/return_text.ts";
import { HeldKeys } from "../held_keys.ts";
import { keyBindings } from "../key_bindings.ts";
import { Ticker } from "../ticker.ts";
import { button } from "./button.ts";
import { CART_POLE, CartPoleGame } from "./cart_pole_game.ts";
import { CommandLine } from "./command_line.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created, freshId, setText } from "./elements.ts";
import { ENVIRONMENTS_WORDS } from "./environments_words.ts";
import type { FigureContext } from "./figure.ts";
import { returnedText } from "./returned_text.ts";
import { Slider } from "./slider.ts";
import { StatePlot } from "./state_plot.ts";
import { Status } from "./status.ts";
import { mayMove, whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

/** Episodes that the random agent plays. */
const EPISODES = 10;
/** Choices of the speed, in steps per second. */
const SPEEDS = [2, 5, 10, 25, 50, 250];
const SEEDS = Array.from({ length: 21 }, (_, i) => i);

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(ENVIRONMENTS_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);

  const columns = created(root, "div", { class: "figure-columns" });
  const person = playerColumn(columns, t("you"));
  const random = playerColumn(columns, t("random"));
  const help = freshId();
  person.stage.tabIndex = 0;
  person.stage.role = "group";
  person.stage.setAttribute("aria-label", t("you"));
  person.stage.setAttribute("aria-describedby", help);
  created(root, "p", { text: t("keys"), attributes: { id: help } });
  const pushes = created(root, "div", { class: "controls" });
  const variables = [["cartPosition", "m"], ["cartVelocity", "m/s"], ["poleAngle", "rad"], [
    "poleVelocity",
    "rad/s",
  ]] as const;
  const plot = new StatePlot(
    root,
    variables.map(([key, unit]) => t("unit", { name: t(key), unit })),
    common("step"),
  );
  const sliders = created(root, "div", { class: "sliders" });
  const controls = created(root, "div", { class: "controls" });
  const returnsLine = created(root, "p", { class: "numbers returns" });
  const status = new Status(context);
  const command = new CommandLine(root, language);

  let agent = new RandomAgent(random.game.env);
  let returns: number[] = [];
  let isSeen = false;
  /** Whether the person has pushed in this episode. */
  let hasPushed = false;
  /** The action of the last push by button; undefined after a push by key. */
  let pushed: number | undefined;
  const keys = new HeldKeys(person.stage, () => push(undefined));
  keys.bind(keyBindings([t("left"), t("right")]));
  const ticker = new Ticker(() => {
    tick();
    return Promise.resolve();
  });

  const speed = new Slider(sliders, {
    label: t("speed"),
    values: SPEEDS,
    value: 25,
    onChange: (value) => {
      if (ticker.running) ticker.start(value);
    },
  });
  const seed = new Slider(sliders, { label: common("seed"), values: SEEDS, value: 0, onChange: restart });
  const pause = button(controls, common("pause"), () => setRunning(!ticker.running));
  button(controls, common("oneStep"), () => {
    setRunning(false);
    tick();
  });
  button(controls, common("restart"), restart);
  for (const [action, key] of (["left", "right"] as const).entries()) {
    button(pushes, t(key), () => push(action));
  }

  function setRunning(on: boolean): void {
    if (on) ticker.start(speed.value);
    else ticker.stop();
    pause.textContent = common(on ? "pause" : "play");
  }

  function restart(): void {
    random.game.start(seed.value);
    person.game.start(seed.value);
    agent = new RandomAgent(random.game.env, { seed: seed.value });
    returns = [];
    hasPushed = false;
    command.show("train", {
      env: CART_POLE,
      agent: "random",
      seed: `${seed.value}`,
      episodes: `${EPISODES}`,
    });
    status.running(t("playing", { episodes: EPISODES }));
    show();
    setRunning(isSeen && mayMove());
  }

  function push(action: number | undefined): void {
    pushed = action;
    if (person.game.over) person.game.next();
    hasPushed = true;
    if (!ticker.running) setRunning(true);
  }

  /** Both take a step, if they are in an episode. */
  function tick(): void {
    if (random.game.over && returns.length < EPISODES) random.game.next();
    else if (returns.length < EPISODES) playRandom();
    if (hasPushed && !person.game.over) {
      person.game.step(pushed ?? keys.action);
      if (person.game.over) hasPushed = false;
    }
    show();
    if (returns.length === EPISODES && !hasPushed) setRunning(false);
  }

  function playRandom(): void {
    random.game.step(agent.act(random.game.observation));
    if (!random.game.over) return;
    returns.push(random.game.return);
    if (returns.length < EPISODES) return;
    const mean = returns.reduce((sum, value) => sum + value, 0) / EPISODES;
    status.done(t("done", { episodes: EPISODES, mean: returnText(mean) }));
  }

  function show(): void {
    for (const { game, score, values } of [person, random]) {
      score.value = game.over && game === person.game
        ? t("over", { steps: game.steps })
        : t("score", { episode: game.episode, step: game.steps, total: game.return });
      setText(values, returnedText(game, seed.value));
    }
    plot.draw([
      { name: t("you"), observations: person.game.observations },
      { name: t("random"), observations: random.game.observations },
    ]);
    setText(
      returnsLine,
      returns.length === 0 ? t("noReturns") : t("returns", { returns: returns.join(", ") }),
    );
  }

  addEventListener("resize", () => {
    person.game.draw();
    random.game.draw();
  });
  restart();
  whenSeen(root, () => {
    isSeen = true;
    setRunning(mayMove());
  });
}

/** A player's picture, score and returned values. */
function playerColumn(parent: Element, name: string) {
  const column = created(parent, "div");
  created(column, "p", { class: "title", text: name });
  const stage = created(column, "div", { class: "stage" });
  const canvas = created(stage, "canvas", { attributes: { role: "img", "aria-label": name } });
  const score = created(column, "output", { class: "numbers" });
  score.ariaLive = "off";
  const values = created(column, "pre", { class: "numbers" });
  return { stage, score, values, game: new CartPoleGame(canvas) };
}
