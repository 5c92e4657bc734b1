/**
 * The page: watch a policy, play against it, train one.
 *
 * @module
 */

import { Arena } from "./_arena.ts";
import { element, fillSelect, reasonOf } from "./_elements.ts";
import { loadEnv } from "./_make_env.ts";
import { loadPlayer } from "./_onnx_player.ts";
import { POLICIES } from "./_policies.ts";
import { Trainer } from "./_trainer.ts";

const environment = element("environment", HTMLSelectElement);
const engine = element("engine", HTMLElement);
const engineProgress = element("engine-progress", HTMLProgressElement);
const policyName = element("policy-name", HTMLElement);
const policyError = element("policy-error", HTMLElement);
const shipped = element("shipped", HTMLButtonElement);
const file = element("file", HTMLInputElement);
const drop = element("drop", HTMLElement);

const arena = new Arena();
const trainer = new Trainer(async ({ env, onnx }) => {
  if (environment.value !== env && !await setEnv(env)) return;
  await playPolicy("trained in this tab", () => Promise.resolve(onnx));
});

const SHIPPED = "Ours";

/** Plays a policy in the chosen environment, or shows why it cannot. */
async function playPolicy(name: string, read: () => Promise<Uint8Array>): Promise<void> {
  policyError.textContent = "";
  const { env } = arena;
  try {
    const player = await loadPlayer(await read(), env);
    if (arena.env !== env) return await player.release(); // another environment was chosen meanwhile
    const { env: trainedIn, agent, step } = player.metadata;
    const steps = step === undefined ? undefined : `step ${Number(step).toLocaleString("en")}`;
    const details = [trainedIn, agent, steps].filter((detail) => detail !== undefined);
    policyName.textContent = details.length === 0 ? name : `${name}: ${details.join(", ")}`;
    shipped.hidden = name === SHIPPED;
    arena.setPlayer(player);
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) arena.play();
  } catch (error) {
    if (arena.env !== env) return;
    policyError.textContent = `Cannot play ${name}: ${reasonOf(error)}.`;
    if (!arena.hasPlayer) policyName.textContent = "None.";
  }
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
  policyName.textContent = "Loading…";
  trainer.setEnv(id);
  return true;
}

async function showEnv(id: string): Promise<void> {
  if (await setEnv(id)) await playShipped();
}

async function playFile(chosen: File | undefined): Promise<void> {
  if (chosen === undefined) return;
  await playPolicy(chosen.name, async () => new Uint8Array(await chosen.arrayBuffer()));
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

fillSelect(environment, POLICIES, POLICIES[0] ?? "");
addEventListener("unhandledrejection", ({ reason }) => policyError.textContent = `${reasonOf(reason)}.`);
await showEnv(environment.value);
