/**
 * The page: watch a policy, play against it, train one.
 *
 * @module
 */

import { Arena } from "./_arena.ts";
import { element, fillSelect, reasonOf } from "./_elements.ts";
import { loadPlayer } from "./_onnx_player.ts";
import { POLICIES } from "./_policies.ts";
import { Trainer } from "./_trainer.ts";

const environment = element("environment", HTMLSelectElement);
const policyName = element("policy-name", HTMLElement);
const policyError = element("policy-error", HTMLElement);
const shipped = element("shipped", HTMLButtonElement);
const file = element("file", HTMLInputElement);
const drop = element("drop", HTMLElement);

const arena = new Arena();
const trainer = new Trainer(async ({ env, onnx }) => {
  if (environment.value !== env) await setEnv(env);
  await playPolicy("trained in this tab", onnx);
});

/** Lets a policy play, or says why it cannot. */
async function playPolicy(name: string, bytes: Uint8Array): Promise<void> {
  policyError.textContent = "";
  try {
    const player = await loadPlayer(bytes, arena.env);
    const { env, agent, step } = player.metadata;
    const details = [
      env,
      agent,
      step === undefined ? undefined : `step ${Number(step).toLocaleString("en")}`,
    ];
    const known = details.filter((detail) => detail !== undefined).join(", ");
    policyName.textContent = known === "" ? name : `${name}: ${known}`;
    shipped.hidden = name === SHIPPED;
    arena.setPlayer(player);
    arena.play();
  } catch (error) {
    policyError.textContent = `Cannot play ${name}: ${reasonOf(error)}.`;
  }
}

const SHIPPED = "Ours";

async function playShipped(): Promise<void> {
  const id = environment.value;
  try {
    const response = await fetch(new URL(`policies/${id}.onnx`, document.baseURI));
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    await playPolicy(SHIPPED, new Uint8Array(await response.arrayBuffer()));
  } catch (error) {
    policyError.textContent = `Cannot load the policy for ${id}: ${reasonOf(error)}.`;
  }
}

async function setEnv(id: string): Promise<void> {
  environment.value = id;
  arena.setEnv(id);
  trainer.setEnv(id);
  await playShipped();
}

async function playFile(chosen: File | undefined): Promise<void> {
  if (chosen !== undefined) await playPolicy(chosen.name, new Uint8Array(await chosen.arrayBuffer()));
}

environment.addEventListener("change", () => setEnv(environment.value));
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
await setEnv(environment.value);
