/**
 * The page: watch a policy, play against it, train one.
 *
 * @module
 */

import { Arena } from "./_arena.ts";
import { element, fillSelect, reasonOf } from "./_elements.ts";
import { loadEnv } from "./_make_env.ts";
import { loadPlayer, type Player } from "./_onnx_player.ts";
import { namedEnv, otherEnvs } from "./_other_envs.ts";
import { ENVIRONMENTS, POLICIES } from "./_policies.ts";
import { pageWord } from "./_page_words.ts";
import { Trainer } from "./_trainer.ts";

const environment = element("environment", HTMLSelectElement);
const engine = element("engine", HTMLElement);
const engineProgress = element("engine-progress", HTMLProgressElement);
const policyName = element("policy-name", HTMLElement);
const policyError = element("policy-error", HTMLElement);
const shipped = element("shipped", HTMLButtonElement);
const file = element("file", HTMLInputElement);
const drop = element("drop", HTMLElement);
const offers = element("offers", HTMLElement);
const outputLabel = element("output-label", HTMLElement);
const outputSelect = element("output", HTMLSelectElement);

const arena = new Arena((error) => policyError.textContent = `${reasonOf(error)}.`);
const trainer = new Trainer(async ({ env, onnx }) => {
  if (environment.value !== env && !await setEnv(env)) return;
  await playPolicy(pageWord("trainedHere"), () => Promise.resolve(onnx));
});

const SHIPPED = pageWord("shipped");

/** Plays a policy in the chosen environment, or shows why it cannot; another environment that it is for is offered. */
async function playPolicy(
  name: string,
  read: () => Promise<Uint8Array>,
  options: { output?: string; isOffered?: boolean } = {},
): Promise<void> {
  policyError.textContent = "";
  showOffers([], () => {});
  const { env } = arena;
  let bytes: Uint8Array | undefined;
  try {
    bytes = await read();
    const player = await loadPlayer(bytes, environment.value, options.output);
    if (arena.env !== env) return player.release(); // another environment was chosen meanwhile
    policyName.textContent = nameOf(name, player);
    shipped.hidden = name === SHIPPED || !POLICIES.includes(environment.value);
    showOutputs(name, player, bytes);
    arena.setPlayer(player);
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) arena.play();
  } catch (error) {
    if (arena.env !== env) return;
    policyError.textContent = pageWord("cannotPlay", { name, reason: reasonOf(error) });
    if (!arena.hasPlayer) policyName.textContent = pageWord("none");
  }
  if (bytes !== undefined && options.isOffered) await offerEnvs(name, bytes);
}

function nameOf(name: string, { metadata, rule }: Player): string {
  const { env: trainedIn, agent, step } = metadata;
  const steps = step === undefined ? undefined : pageWord("step", { step });
  const details = [trainedIn, agent, steps, rule].filter((detail) => detail !== undefined);
  return details.length === 0 ? name : `${name}: ${details.join(", ")}`;
}

/** Lets the user choose the output to act by, if several fit. */
function showOutputs(name: string, { output, outputs }: Player, bytes: Uint8Array): void {
  outputLabel.hidden = outputs.length < 2;
  fillSelect(outputSelect, outputs, output);
  outputSelect.onchange = () =>
    playPolicy(name, () => Promise.resolve(bytes), { output: outputSelect.value });
}

/** Offers to switch to the environments that a policy is for, if the chosen one is not among them. */
async function offerEnvs(name: string, bytes: Uint8Array): Promise<void> {
  const id = environment.value;
  const others = policyError.textContent === "" ? namedEnv(bytes) : await otherEnvs(bytes, id);
  if (environment.value !== id) return;
  showOffers(others.filter((other) => other !== id), async (other) => {
    if (await setEnv(other)) await playPolicy(name, () => Promise.resolve(bytes));
  });
}

function showOffers(ids: readonly string[], onSwitch: (id: string) => void): void {
  offers.hidden = ids.length === 0;
  offers.replaceChildren(...ids.map((id) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = pageWord("switchTo", { env: id });
    button.addEventListener("click", () => onSwitch(id));
    return button;
  }));
}

async function fetchPolicy(id: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`policies/${id}.onnx`, document.baseURI));
  if (!response.ok) throw new Error(`the page's policy for ${id} must be there, got ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const playShipped = () => playPolicy(SHIPPED, () => fetchPolicy(environment.value));

/** Switches to another environment, without a policy yet; returns whether it is still the chosen one. */
async function setEnv(id: string): Promise<boolean> {
  environment.value = id;
  await loadEnv(id, (done) => {
    engine.hidden = false;
    if (done === undefined) engineProgress.removeAttribute("value");
    else engineProgress.value = done;
  }).finally(() => engine.hidden = true);
  if (environment.value !== id) return false;
  arena.setEnv(id);
  policyName.textContent = pageWord("loading");
  outputLabel.hidden = true;
  showOffers([], () => {});
  trainer.setEnv(id);
  return true;
}

async function showEnv(id: string): Promise<void> {
  if (!await setEnv(id)) return;
  if (POLICIES.includes(id)) return await playShipped();
  policyName.textContent = pageWord("noneYet");
  policyError.textContent = "";
  shipped.hidden = true;
}

async function playFile(chosen: File | undefined): Promise<void> {
  if (chosen === undefined) return;
  const read = async () => new Uint8Array(await chosen.arrayBuffer());
  await playPolicy(chosen.name, read, { isOffered: true });
}

environment.addEventListener("change", () => showEnv(environment.value));
shipped.addEventListener("click", playShipped);
file.addEventListener("change", async () => {
  await playFile(file.files?.[0]);
  file.value = ""; // so that the same file can be chosen again
});
for (const kind of ["dragenter", "dragover", "dragleave", "drop"] as const) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind === "drop") playFile(event.dataTransfer?.files[0]);
  });
}

fillSelect(environment, ENVIRONMENTS, POLICIES[0] ?? "");
addEventListener("unhandledrejection", ({ reason }) => policyError.textContent = `${reasonOf(reason)}.`);
await showEnv(environment.value);
