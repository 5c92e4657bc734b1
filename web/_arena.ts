/**
 * The arena, in which a policy plays alone or against a person.
 *
 * @module
 */

import { Discrete, envSpec, MultiDiscrete } from "@bellman/dqn/envs";
import { withoutCommonWords } from "../scripts/values/without_common_words.ts";
import { actionWord } from "./action_words.ts";
import { element } from "./_elements.ts";
import { Game, type NetworkEnv } from "./_game.ts";
import { makeNetworkEnv } from "./_make_env.ts";
import { languageOf } from "./figures/words.ts";
import { HeldKeys } from "./held_keys.ts";
import { keyBindings, keysText } from "./key_bindings.ts";
import type { Decision, Player } from "./_onnx_player.ts";
import { type QBarGroup, QBars } from "./_q_bars.ts";
import { pageWord } from "./_page_words.ts";
import { Ticker } from "./ticker.ts";

/** Environments shown at fewer steps per second wait for the person's move. */
const TURN_BASED_BELOW = 10;
/** How long the end of an episode is shown, in seconds. */
const REST_SECONDS = 1.5;

/** The section "Play" of the page. */
export class Arena {
  readonly #bars = new QBars(element("q-values", HTMLElement));
  readonly #games = element("games", HTMLElement);
  readonly #person = element("person", HTMLElement);
  readonly #policyScore = element("policy-score", HTMLOutputElement);
  readonly #personScore = element("person-score", HTMLOutputElement);
  readonly #keysText = element("keys", HTMLElement);
  readonly #result = element("result", HTMLElement);
  readonly #pause = element("pause", HTMLButtonElement);
  readonly #versus = element("versus", HTMLButtonElement);
  readonly #keys = new HeldKeys(this.#person, () => this.#pressed());
  readonly #ticker = new Ticker(() => this.#tick());
  readonly #onFailure: (error: unknown) => void;
  #envId = "";
  #env: NetworkEnv | undefined;
  #policyGame: Game | undefined;
  #personGame: Game | undefined;
  #player: Player | undefined;
  #seed = 0;
  #speed = 1;
  /** Whether the game waits for the person's first key. */
  #waiting = false;
  /** Steps for which the end of an episode remains on screen. */
  #rest = 0;

  /** @param onFailure Receives the error of a policy that fails to decide; the arena has none then. */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
    this.#pause.addEventListener("click", () => this.#ticker.running ? this.#halt() : this.play());
    element("step", HTMLButtonElement).addEventListener("click", () => {
      this.#halt();
      this.#waiting = false;
      this.#ticker.once();
    });
    element("restart", HTMLButtonElement).addEventListener("click", () => this.#next());
    this.#versus.addEventListener("click", () => this.#setVersus(this.#personGame === undefined));
    for (const input of document.querySelectorAll<HTMLInputElement>("input[name=speed]")) {
      input.addEventListener("change", () => {
        this.#speed = Number(input.value);
        if (this.#ticker.running) this.#ticker.start(this.#rate);
      });
    }
    addEventListener("resize", () => {
      this.#policyGame?.draw();
      this.#personGame?.draw();
    });
  }

  /** The chosen environment, as the preset's agent sees it; another object after each choice. */
  get env(): NetworkEnv {
    if (this.#env === undefined) throw new Error("Cannot play: no environment has been chosen");
    return this.#env;
  }

  /** Switches to another environment, which must be loaded; there is no policy yet. */
  setEnv(id: string): void {
    this.#envId = id;
    this.#replacePlayer(undefined);
    this.#seed = 0;
    this.#env = makeNetworkEnv(id);
    this.#setPolicyEnv(this.#env);
    const choices = choicesOf(this.#env);
    // A person has no keys for the parts of an action.
    this.#versus.hidden = choices.some(({ name }) => name !== undefined);
    const labels = this.#versus.hidden ? [] : choices[0]?.meanings ?? [];
    const bindings = keyBindings(labels);
    this.#keys.bind(bindings);
    const names = { space: pageWord("space"), noKey: pageWord("noKey") };
    this.#keysText.textContent = pageWord("keys", { keys: keysText(bindings, labels.map(inWords), names) });
    this.#setVersus(false);
  }

  #setPolicyEnv(env: NetworkEnv): void {
    this.#policyGame = new Game(env, element("policy-canvas", HTMLCanvasElement));
    this.#bars.label(
      choicesOf(env).map(({ name, meanings }) => ({
        ...(name === undefined ? {} : { name: inWords(name) }),
        meanings: meanings.map(inWords),
      })),
    );
  }

  /** Whether there is a policy. */
  get hasPlayer(): boolean {
    return this.#player !== undefined;
  }

  /** Switches to another policy, and starts a new episode. */
  setPlayer(player: Player): void {
    this.#replacePlayer(player);
    this.#setPolicyEnv(player.env);
    this.#bars.clearRange();
    this.#begin();
  }

  async #replacePlayer(player: Player | undefined): Promise<void> {
    const old = this.#player;
    this.#player = player;
    await this.#ticker.settled(); // a decision may be in progress
    old?.release();
  }

  /** Continues playing. */
  play(): void {
    this.#ticker.start(this.#rate);
    this.#pause.textContent = pageWord("pause");
  }

  #halt(): void {
    this.#ticker.stop();
    this.#pause.textContent = pageWord("play");
  }

  get #fps(): number {
    return envSpec(this.#envId).renderFps ?? 30;
  }

  get #rate(): number {
    return this.#fps * this.#speed;
  }

  get #turnBased(): boolean {
    return this.#fps < TURN_BASED_BELOW;
  }

  #setVersus(on: boolean): void {
    this.#versus.setAttribute("aria-pressed", String(on));
    this.#person.hidden = this.#keysText.hidden = !on;
    this.#games.dataset.players = on ? "2" : "1";
    this.#personGame = on
      ? new Game(makeNetworkEnv(this.#envId), element("person-canvas", HTMLCanvasElement))
      : undefined;
    this.#begin();
    if (on) this.#person.focus();
  }

  /** Starts the next episode. */
  #next(): void {
    this.#seed++;
    this.#begin();
    if (this.#personGame !== undefined) this.#person.focus();
  }

  /** Both start in the same state. */
  #begin(): void {
    this.#policyGame?.reset(this.#seed);
    this.#personGame?.reset(this.#seed);
    this.#waiting = this.#personGame !== undefined;
    this.#rest = 0;
    this.#result.textContent = this.#waiting ? pageWord("firstKey") : "";
    this.#showScores();
  }

  #showScores(): void {
    this.#policyScore.value = this.#policyGame?.score ?? "";
    this.#personScore.value = this.#personGame?.score ?? "";
  }

  #pressed(): void {
    const [policy, person] = [this.#policyGame, this.#personGame];
    if (policy?.over && person?.over) return this.#next();
    if (this.#waiting) this.#result.textContent = "";
    this.#waiting = false;
    if (this.#turnBased) this.#ticker.once();
  }

  async #tick(): Promise<void> {
    const [policy, person, player] = [this.#policyGame, this.#personGame, this.#player];
    if (policy === undefined || player === undefined || this.#waiting) return;
    if (policy.over && (person === undefined || person.over)) {
      // The end stays on screen; in a game, the person starts the next one.
      if (person === undefined && --this.#rest <= 0) this.#next();
      return;
    }
    if (!policy.over) {
      const decision = await this.#decide(player, policy);
      if (decision === undefined) return;
      if (policy !== this.#policyGame || player !== this.#player) return; // replaced meanwhile
      this.#bars.show(decision, policy.actionMask);
      policy.step(decision.action);
    }
    if (person !== undefined && person === this.#personGame && !person.over) {
      person.step(this.#turnBased ? this.#keys.lastPressed : this.#keys.action);
    }
    if (this.#turnBased && person !== undefined && !person.over) this.#waiting = true;
    this.#showScores();
    if (policy.over && (person === undefined || person.over)) this.#showEnd(policy, person);
  }

  /** The player's decision; undefined if it fails, and is put away. */
  async #decide(player: Player, { observation, actionMask }: Game): Promise<Decision | undefined> {
    try {
      return await player.decide(observation, actionMask);
    } catch (error) {
      if (player !== this.#player) return undefined; // replaced meanwhile
      this.#player = undefined;
      this.#halt();
      this.#onFailure(error);
      return undefined;
    }
  }

  #showEnd(policy: Game, person: Game | undefined): void {
    this.#rest = REST_SECONDS * this.#rate;
    const text = (value: number) => String(Number(value.toFixed(2)));
    const { steps } = policy;
    this.#result.textContent = person === undefined
      ? pageWord(steps === 1 ? "overAfterOne" : "overAfter", { steps, value: text(policy.return) })
      : pageWord("versus", { person: text(person.return), policy: text(policy.return) });
  }
}

/** The name of an action in the page's language. */
function inWords(name: string): string {
  return actionWord(name, languageOf(document.documentElement.lang));
}

/** What there is to choose in an environment, by the names that it gives; keys follow from these. */
function choicesOf({ actionSpace }: NetworkEnv): QBarGroup[] {
  if (actionSpace instanceof MultiDiscrete) {
    const { nvec, start, names = [], meanings } = actionSpace;
    const short = withoutCommonWords(names);
    return nvec.map((count, i) => ({
      name: short[i] ?? pageWord("part", { index: i }),
      meanings: meanings?.[i] ?? numbered(start[i]!, count),
    }));
  }
  if (!(actionSpace instanceof Discrete)) return [];
  const { n, start, meanings } = actionSpace;
  return [{ meanings: meanings ?? numbered(start, n).map((index) => pageWord("action", { index })) }];
}

function numbered(start: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(start + i));
}
