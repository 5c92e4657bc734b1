import { assert, assertEquals, assertMatch } from "@std/assert";
import { decodeOnnx, encodeOnnx, onnxOutline } from "../../nn/mod.ts";
import { onnxFit } from "../../scripts/run/onnx_fit.ts";
import { REFUSED, SLOW, TWO_OUTPUTS, UNFIT } from "../nn/onnx/_hostile_models.ts";
import { ARCHITECTURES, randomPolicy } from "../nn/onnx/_policies.ts";
import { digits, OBSERVATIONS, pytorchActions, pytorchModel } from "../nn/onnx/_pytorch_models.ts";
import { inFolder, runScript } from "../scripts/_process.ts";
import { browserTest, shareBrowser } from "./_browser.ts";
import { appears, text, upload } from "./_page.ts";

shareBrowser();

const SHAPE = { env: "CartPole-v1", observationLength: 4, actions: 2 };

/** Asks the page's worker of a policy for the actions on observations. */
const ACTIONS_IN_WORKER = `async ({ bytes, output, observations }) => {
  const worker = new Worker("policy_worker.js", { type: "module" });
  const ask = (message) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => data.kind === "started" || resolve(data);
    worker.postMessage(message);
  });
  const loaded = await ask({ kind: "load", bytes: Uint8Array.from(bytes), output, actions: 2 });
  if (loaded.kind !== "ready") throw new Error(loaded.reason);
  const actions = [];
  for (const observation of observations) {
    const { values } = await ask({ kind: "decide", observation: Float32Array.from(observation) });
    actions.push(values[1] > values[0] ? 1 : 0);
  }
  worker.terminate();
  return actions;
}`;

browserTest("a policy of one's own plays, and one that does not fit is refused", async ({ page }) => {
  await appears(page, "policy-score", /step [1-9]/);
  const own = randomPolicy({ ...ARCHITECTURES["dueling, c51"]!, actionCount: 2 }, { normalized: true });
  const flipped = encodeOnnx(own);
  flipped[flipped.length >> 1]! ^= 1; // among the weights
  await upload(page, "mine.onnx", encodeOnnx({ ...own, metadata: { env: "CartPole-v1", agent: "mine" } }));
  await appears(page, "policy-name", /^mine\.onnx: CartPole-v1, mine$/);
  await appears(page, "result", /Episode over|^$/);
  await appears(page, "policy-score", /step [1-9]/);

  const refused: [string, Uint8Array, RegExp][] = [
    ["text.onnx", new TextEncoder().encode("no policy"), /Cannot play text\.onnx: it must be an ONNX file/],
    ["empty.onnx", new Uint8Array(0), /Cannot play empty\.onnx: it must be an ONNX file/],
    ["flipped.onnx", flipped, /Cannot play flipped\.onnx: it must be what was written: .* damaged/],
    ["cut.onnx", encodeOnnx(own).slice(0, 3_000), /Cannot play cut\.onnx: it must be an ONNX file/],
    [
      "car.onnx",
      encodeOnnx({
        ...randomPolicy({ ...ARCHITECTURES["plain"]!, observationLength: 2 }),
        metadata: { env: "MountainCar-v0" },
      }),
      /a policy for CartPole-v1 must take 4 numbers, this one takes observation \(batch, 2; float32\)/,
    ],
  ];
  for (const [name, bytes, message] of refused) {
    await upload(page, name, bytes);
    await appears(page, "policy-error", message);
    assertMatch(await text(page, "policy-name"), /^mine\.onnx/); // goes on
  }
  await page.click("#shipped");
  await appears(page, "policy-name", /^Ours/);
  assertEquals(await text(page, "policy-error"), "");
});

/** A policy of a short run. */
async function trainedPolicy(args: readonly string[]): Promise<Uint8Array> {
  let policy = new Uint8Array();
  await inFolder(async (cwd) => {
    const { code, stderr } = await runScript("train.ts", [...args, "--out", "run", "--skip-pictures"], {
      cwd,
    });
    assertEquals(code, 0, stderr);
    policy = Deno.readFileSync(`${cwd}/run/policy.onnx`);
  });
  return policy;
}

browserTest(
  "policies of pictures, of a grid and of other actions see what they were trained on",
  async ({ page }) => {
    await appears(page, "policy-score", /step [1-9]/);
    const short = [
      "--steps",
      "300",
      "--learning-starts",
      "200",
      "--agent",
      "dqn",
      "--hidden",
      "8",
      "--eval-episodes",
      "1",
    ];
    const filters = ["--convolution", "4x4s2"];
    const pixels = await trainedPolicy([
      ...["--env", "CartPole-v1", "--pixels", "12x16", "--black-background", "--frame-stack", "2"],
      ...["--batch-size", "8"],
      ...[...filters, ...short],
    ]);
    await upload(page, "pixels.onnx", pixels);
    await appears(page, "policy-name", /^pixels\.onnx: CartPole-v1, dqn/);
    await appears(page, "policy-score", /step [1-9]/);
    await page.click("#shipped");
    await appears(page, "policy-name", /^Ours/);
    await appears(page, "policy-score", /step [1-9]/);
    const grid = await trainedPolicy(["--env", "MiniGrid-DoorKey-5x5-v0", ...filters, ...short]);
    await upload(page, "grid.onnx", grid);
    await appears(
      page,
      "policy-error",
      /^Cannot play grid\.onnx: a policy for CartPole-v1 must take 4 numbers/,
    );
    await page.getByRole("button", { name: "Switch to MiniGrid-DoorKey-5x5-v0" }).click();
    await appears(page, "policy-name", /^grid\.onnx: MiniGrid-DoorKey-5x5-v0, dqn/);
    await appears(page, "policy-score", /step [1-9]/);
    assertEquals(await text(page, "policy-error"), "");
    const swing = await trainedPolicy(["--env", "Pendulum-v1", "--action-bins", "5", ...short]);
    await page.selectOption("#environment", "Pendulum-v1");
    await appears(page, "policy-name", /^Ours/);
    assertEquals(await page.locator("#q-values .q-value").count(), 11);
    await upload(page, "swing.onnx", swing);
    await appears(page, "policy-name", /^swing\.onnx: Pendulum-v1, dqn/);
    assertEquals(await page.locator("#q-values .q-value").count(), 5);
    // Without the settings of its training, a picture could be any: it is refused.
    const { metadata, ...rest } = decodeOnnx(pixels);
    await page.selectOption("#environment", "CartPole-v1");
    await upload(page, "bare.onnx", encodeOnnx({ ...rest, metadata: { env: metadata.env! } }));
    await appears(
      page,
      "policy-error",
      /^Cannot play bare\.onnx: a policy for CartPole-v1 must take 4 numbers/,
    );
  },
);

browserTest("a policy for another environment offers to switch to it", async ({ page }) => {
  await appears(page, "policy-score", /step [1-9]/);
  const car = encodeOnnx({
    ...randomPolicy({ ...ARCHITECTURES["plain"]!, observationLength: 2 }),
    metadata: { env: "MountainCar-v0" },
  });
  await upload(page, "car.onnx", car);
  assertEquals(await appears(page, "offers", /Switch/), "Switch to MountainCar-v0");
  await page.getByRole("button", { name: "Switch to MountainCar-v0" }).click();
  await appears(page, "policy-name", /^car\.onnx: MountainCar-v0/);
  assertEquals(await page.inputValue("#environment"), "MountainCar-v0");
  assertEquals(await page.isHidden("#offers"), true);
  assertEquals(await text(page, "policy-error"), "");
  // A file that names none is offered all that it fits, and one that fits is offered nothing.
  await upload(page, "relu1.onnx", pytorchModel("relu1"));
  assertEquals(await appears(page, "offers", /Switch/), "Switch to CartPole-v1Switch to CartPole-v0");
  await page.getByRole("button", { name: "Switch to CartPole-v1" }).click();
  await appears(page, "policy-name", /^relu1\.onnx: the action is the largest of the output 7 /);
  await upload(page, "relu1.onnx", pytorchModel("relu1"));
  await appears(page, "policy-name", /^relu1\.onnx/);
  assertEquals(await page.isHidden("#offers"), true);
});

/** Of the observations: ONNX Runtime and our network are compared with PyTorch on all of them in Deno. */
const SOME = 200;

browserTest(`policies of PyTorch play with PyTorch's actions on ${SOME} observations`, async ({ page }) => {
  await appears(page, "policy-score", /step [1-9]/);
  const expected = pytorchActions();
  const names = Object.keys(expected);
  assert(names.length > 25);
  await page.click("#pause"); // drawing the page's own policy would take most of the time
  for (const name of names) {
    const bytes = pytorchModel(name);
    const { output } = onnxFit(onnxOutline(bytes), SHAPE);
    const observations = OBSERVATIONS.slice(0, SOME).map((observation) => [...observation]);
    const asked = JSON.stringify({ bytes: [...bytes], output, observations });
    const actions = await page.evaluate<number[]>(`(${ACTIONS_IN_WORKER})(${asked})`);
    const some = expected[name]!.slice(0, SOME);
    assertEquals(digits(actions, some), some, name);
  }
  await page.click("#pause");
  for (const name of ["logits", "image", "action", "float16"]) {
    await upload(page, `${name}.onnx`, pytorchModel(name));
    await appears(page, "policy-name", new RegExp(`^${name}\\.onnx: the action is `));
    await appears(page, "policy-score", /step [1-9]/);
  }
});

browserTest("of several outputs that fit, the user chooses", async ({ page }) => {
  await appears(page, "policy-score", /step [1-9]/);
  assertEquals(await page.isHidden("#output-label"), true);
  await upload(page, "two.onnx", TWO_OUTPUTS);
  await appears(page, "policy-name", /^two\.onnx: the action is the largest of the output y /);
  await page.selectOption("#output", "y2");
  await appears(page, "policy-name", /^two\.onnx: the action is the largest of the output y2 /);
  await page.click("#shipped");
  await appears(page, "policy-name", /^Ours/);
  assertEquals(await page.isHidden("#output-label"), true);
});

browserTest("hostile files are refused or stopped, and the policy goes on", async ({ page }) => {
  await appears(page, "policy-score", /step [1-9]/);
  const refused = [
    ...Object.entries(REFUSED).map(([name, [model]]) => [name, model] as const),
    ...["an unknown operator", "a gigantic input", "a gigantic output", "a gigantic weight without data"]
      .map((name) => [name, UNFIT[name]![0]] as const),
    ...Object.entries(SLOW).slice(0, 1),
  ];
  for (const [name, model] of refused) {
    await upload(page, `${name}.onnx`, model);
    await appears(page, "policy-error", new RegExp(`^Cannot play ${name}\\.onnx: `), 60_000);
    assertMatch(await text(page, "policy-name"), /^Ours/);
  }
  const before = await text(page, "policy-score");
  await page.locator("#policy-score").filter({ hasNotText: before }).waitFor();
  // One that fails only when it plays is put away.
  await upload(page, "slow.onnx", SLOW["hours of deciding"]!);
  await appears(page, "policy-error", /ONNX Runtime must answer within 10 s, got nothing/, 60_000);
  await page.click("#shipped");
  await appears(page, "policy-score", /step [1-9]/);
});

browserTest("a file can be dropped", async ({ page }) => {
  await appears(page, "policy-score", /step [1-9]/);
  const bytes = encodeOnnx(randomPolicy({ ...ARCHITECTURES["linear"]!, actionCount: 2 }));
  await page.evaluate(`
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.of(${bytes})], "dropped.onnx"));
    document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer }));
  `);
  await appears(page, "policy-name", /^dropped\.onnx/);
});
