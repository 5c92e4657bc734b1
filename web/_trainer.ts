/**
 * Training in the tab.
 *
 * @module
 */

import { returnText } from "../scripts/values/return_text.ts";
import { familyOf } from "../scripts/settings/agents.ts";
import { AGENTS } from "../scripts/settings/settings.ts";
import { presetSettings } from "../scripts/settings/presets.ts";
import { element, fillSelect } from "./_elements.ts";
import { pageWord } from "./_page_words.ts";
import { RewardCurve } from "./_reward_curve.ts";
import { showCommand } from "./show_command.ts";
import type { TrainingMessage, TrainingRequest } from "./_training_messages.ts";

/** Agents whose policies the page can play. */
const NETWORK_AGENTS: readonly string[] = AGENTS.filter((agent) => familyOf(agent).policy === "network");

/** A policy trained here. */
export interface TrainedPolicy {
  /** The environment that it was trained in. */
  env: string;
  /** The file. */
  onnx: Uint8Array<ArrayBuffer>;
}

/** The section "Train" of the page. */
export class Trainer {
  readonly #agent = element("agent", HTMLSelectElement);
  readonly #steps = element("steps", HTMLInputElement);
  readonly #seed = element("seed", HTMLInputElement);
  readonly #start = element("start", HTMLButtonElement);
  readonly #stop = element("stop", HTMLButtonElement);
  readonly #progress = element("progress", HTMLProgressElement);
  readonly #status = element("training-status", HTMLElement);
  readonly #error = element("training-error", HTMLElement);
  readonly #command = element("command", HTMLElement);
  readonly #trained = element("trained", HTMLElement);
  readonly #download = element("download", HTMLAnchorElement);
  readonly #curve = new RewardCurve(element("curve", HTMLElement));
  #env = "";
  #worker: Worker | undefined;
  #policy: TrainedPolicy | undefined;

  /** @param onPlay Called with a trained policy to play. */
  constructor(onPlay: (policy: TrainedPolicy) => void) {
    fillSelect(this.#agent, NETWORK_AGENTS, "dqn");
    const form = element("training", HTMLFormElement);
    form.addEventListener("input", () => this.#showCommand());
    this.#agent.addEventListener("change", () => this.#setSteps());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#train();
    });
    this.#stop.addEventListener("click", () => this.#send({ kind: "stop" }));
    element("play-trained", HTMLButtonElement).addEventListener("click", () => {
      if (this.#policy !== undefined) onPlay(this.#policy);
    });
  }

  /** Switches to another environment; a training in progress keeps its own. */
  setEnv(id: string): void {
    this.#env = id;
    const preset = presetSettings({ env: id });
    const agent = NETWORK_AGENTS.includes(preset.agent) ? preset.agent : "dqn";
    this.#agent.value = agent;
    this.#setSteps();
    this.#showCommand();
  }

  /** Fills in the budget of the agent's preset. */
  #setSteps(): void {
    const agent = AGENTS.find((name) => name === this.#agent.value);
    const { steps } = presetSettings({ env: this.#env, ...(agent === undefined ? {} : { agent }) });
    if (steps === null) return;
    this.#steps.value = String(steps);
    this.#showCommand();
  }

  get #flags(): Record<string, string> {
    return {
      env: this.#env,
      agent: this.#agent.value,
      seed: this.#seed.value,
      steps: this.#steps.value,
    };
  }

  #showCommand(): void {
    const flags = Object.entries(this.#flags).map(([name, value]) => `--${name} ${value}`);
    showCommand(this.#command, `deno task train ${flags.join(" ")}`);
  }

  #send(message: TrainingRequest): void {
    this.#worker?.postMessage(message);
  }

  #train(): void {
    this.#setRunning(true);
    this.#curve.clear();
    this.#progress.value = 0;
    this.#error.textContent = "";
    this.#status.textContent = pageWord("starts");
    this.#trained.hidden = true;
    this.#worker = new Worker(new URL("training_worker.js", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<TrainingMessage>) => this.#hear(data));
    this.#worker.addEventListener("error", () => this.#fail(pageWord("workerFailed")));
    this.#send({ kind: "start", flags: this.#flags });
  }

  #setRunning(running: boolean): void {
    this.#start.disabled = running;
    this.#stop.hidden = this.#progress.hidden = !running;
  }

  #hear(message: TrainingMessage): void {
    switch (message.kind) {
      case "progress": {
        this.#progress.value = message.done;
        this.#curve.add(message.returns);
        const { step } = message;
        this.#status.textContent = message.evaluated === undefined
          ? pageWord("progress", { step })
          : pageWord("progressEvaluated", { step, mean: returnText(message.evaluated) });
        return;
      }
      case "failed":
        return this.#fail(message.reason);
      case "done":
        return this.#finish(message);
    }
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#setRunning(false);
  }

  #fail(reason: string): void {
    this.#end();
    this.#status.textContent = "";
    this.#error.textContent = reason;
  }

  #finish(message: Extract<TrainingMessage, { kind: "done" }>): void {
    this.#end();
    const { step, stopReason, seconds, mean, episodes, env, onnx } = message;
    const ended = pageWord("ended", {
      env,
      step,
      seconds: seconds.toFixed(1),
      reason: stopReason,
    });
    this.#status.textContent = mean === undefined
      ? ended
      : `${ended} ${pageWord("mean", { mean: returnText(mean), episodes: episodes ?? 0 })}`;
    element("weights", HTMLElement).textContent = message.weightsHash;
    this.#policy = { env, onnx };
    URL.revokeObjectURL(this.#download.href);
    this.#download.href = URL.createObjectURL(new Blob([onnx], { type: "application/octet-stream" }));
    this.#trained.hidden = false;
  }
}
