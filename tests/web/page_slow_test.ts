import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { decodeOnnx, encodeOnnx, onnxOutline } from "../../nn/mod.ts";
import { onnxFit } from "../../scripts/run/onnx_fit.ts";
import { REFUSED, SLOW, TWO_OUTPUTS, UNFIT } from "../nn/onnx/_hostile_models.ts";
import { ARCHITECTURES, randomPolicy } from "../nn/onnx/_policies.ts";
import { digits, OBSERVATIONS, pytorchActions, pytorchModel } from "../nn/onnx/_pytorch_models.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { ENVIRONMENTS, POLICIES } from "../../web/_policies.ts";
import { inFolder, runScript } from "../scripts/_process.ts";
import { browserTest } from "./_browser.ts";

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

/** First load, without ONNX Runtime's WebAssembly. */
const MOST_BYTES = 190_000;

const text = async (page: Page, id: string) => (await page.locator(`#${id}`).textContent()) ?? "";

/** Waits until an element's text fits. */
async function appears(page: Page, id: string, pattern: RegExp, timeout = 30_000): Promise<string> {
  await page.locator(`#${id}`).filter({ hasText: pattern }).waitFor({ timeout });
  return text(page, id);
}

/** A file as the file picker hands it over. */
const upload = (page: Page, name: string, bytes: Uint8Array) =>
  page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });

browserTest(
  "the first load is small, and the runtime comes when it is needed",
  async ({ page, url, requests }) => {
    await appears(page, "policy-score", /step [1-9]/);
    const names = requests.map((request) => request.slice(url.length));
    assertEquals(names.filter((name) => name.endsWith(".wasm")), ["ort-wasm-simd-threaded.wasm"]);
    let size = 0;
    for (const request of requests.filter((name) => !name.endsWith(".wasm"))) {
      const body = await (await fetch(request)).blob();
      const compressed = new Response(body.stream().pipeThrough(new CompressionStream("gzip")));
      size += (await compressed.arrayBuffer()).byteLength;
    }
    assert(size > 20_000 && size < MOST_BYTES, `${size} bytes`);
  },
);

browserTest("any static host can serve the page, under any path", async ({ page, url }) => {
  const front = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/some/path/")) return new Response("Not found", { status: 404 });
    return fetch(url + pathname.slice("/some/path/".length));
  });
  try {
    const other = await page.context().browser()!.newPage();
    const errors: string[] = [];
    other.on("console", (message) => errors.push(message.text()));
    await other.goto(`http://127.0.0.1:${front.addr.port}/some/path/`);
    await appears(other, "policy-score", /step [1-9]/);
    await other.fill("#steps", "1000");
    await other.click("#start");
    await appears(other, "training-status", /^Ended after 1,000 steps/);
    assertEquals(errors, []);
    await other.close();
  } finally {
    await front.shutdown();
  }
});

browserTest("the policy that comes with CartPole-v1 balances for 500 steps", async ({ page }) => {
  assertMatch(await appears(page, "policy-name", /CartPole-v1/), /^Ours: CartPole-v1, dqn, step/);
  assertEquals(await appears(page, "result", /over/), "Episode over after 500 steps, return 500.");
});

browserTest(
  "every environment of the page comes with a policy that fits, or without one",
  async ({ page }) => {
    assertEquals(await page.locator("#environment option").allTextContents(), [...ENVIRONMENTS]);
    for (const id of POLICIES) {
      await page.selectOption("#environment", id);
      await appears(page, "policy-name", new RegExp(`^Ours: ${id},`));
      await appears(page, "policy-score", /step [1-9]/);
      assertEquals(await text(page, "policy-error"), "");
      const { agent } = presetSettings({ env: id });
      const chosen = agent === "q-learning" ? "dqn" : agent;
      assertStringIncludes(await text(page, "command"), `--env ${id} --agent ${chosen} `);
    }
  },
);

browserTest("a pause, single steps and a new episode do what they say", async ({ page }) => {
  await appears(page, "policy-score", /step [1-9]/);
  await page.click("#pause");
  const paused = await text(page, "policy-score");
  await page.waitForTimeout(300);
  assertEquals(await text(page, "policy-score"), paused);
  const step = Number(/\d+/.exec(paused)?.[0]);
  await page.click("#step");
  await appears(page, "policy-score", new RegExp(`^step ${step + 1},`));
  await page.click("#restart");
  await appears(page, "policy-score", /^step 0,/);
  assertEquals(await text(page, "pause"), "Play");
  await page.click("#pause");
  await appears(page, "policy-score", /step [1-9]/);
});

browserTest("nothing moves by itself for those who want less motion", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.reload();
  await appears(page, "policy-name", /^Ours/);
  await page.waitForTimeout(500);
  assertEquals(await text(page, "policy-score"), "step 0, return 0");
  await page.click("#pause");
  await appears(page, "policy-score", /step [1-9]/);
});

browserTest("the slow speed is a fifth of the real one", async ({ page }) => {
  await page.clock.install();
  await page.reload();
  await appears(page, "policy-name", /^Ours/);
  await appears(page, "policy-score", /step [1-9]/);
  await page.click("#pause"); // a decision in progress would take the minute that the clock now jumps
  await page.waitForTimeout(300);
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.click("#pause");
  const steps = async () => Number(/\d+/.exec(await text(page, "policy-score"))?.[0]);
  /** Steps during so many frames of the page's clock, however long they take. */
  const during = async (frames: number) => {
    await page.click("#restart");
    for (let i = 0; i < frames; i++) {
      await page.clock.runFor(16);
      await page.waitForTimeout(30); // the policy decides meanwhile, by its own clock
    }
    return await steps();
  };
  const real = await during(60);
  await page.check("input[name=speed][value='0.2']");
  const slow = await during(60);
  // 48 and 9.6; what is left of a step is carried over, and the last frame may still decide.
  assert(Math.abs(real - 48) <= 3 && Math.abs(slow - 9.6) <= 3, `${real} and ${slow} steps`);
});

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
      ...["--env", "CartPole-v1", "--pixels", "12x16", "--frame-stack", "2", "--batch-size", "8"],
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

browserTest("policies of PyTorch play with PyTorch's actions on 1,000 observations", async ({ page }) => {
  await appears(page, "policy-score", /step [1-9]/);
  const expected = pytorchActions();
  const names = Object.keys(expected);
  assert(names.length > 25);
  for (const name of names) {
    const bytes = pytorchModel(name);
    const { output } = onnxFit(onnxOutline(bytes), SHAPE);
    const observations = OBSERVATIONS.map((observation) => [...observation]);
    const asked = JSON.stringify({ bytes: [...bytes], output, observations });
    const actions = await page.evaluate<number[]>(`(${ACTIONS_IN_WORKER})(${asked})`);
    assertEquals(digits(actions, expected[name]!), expected[name], name);
  }
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

browserTest("the keyboard is enough to play against the policy", async ({ page }) => {
  await appears(page, "policy-score", /step [1-9]/);
  const focus = async (id: string) => {
    for (let i = 0; i < 40; i++) {
      if (await page.evaluate("document.activeElement.id") === id) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`#${id} cannot be reached with the Tab key`);
  };
  for (const id of ["environment", "pause", "step", "restart", "file", "agent", "steps", "seed", "start"]) {
    await focus(id);
  }
  await focus("versus");
  await page.keyboard.press("Enter");
  assertEquals(await page.evaluate("document.activeElement.id"), "person");
  assertEquals(await text(page, "person-score"), "step 0, return 0");
  assertEquals(await text(page, "keys"), "Keys: ← push left, → push right");
  // Leaning to one side all the time, a person falls soon; the policy does not.
  await page.keyboard.down("ArrowRight");
  const score = await appears(page, "result", /^You \d+, policy 500/);
  const [you] = /\d+/.exec(score) ?? [];
  assert(Number(you) >= 8 && Number(you) <= 11, score);
  await page.keyboard.up("ArrowRight");
  await page.keyboard.press("2");
  assertEquals(await text(page, "person-score"), "step 0, return 0");
});

for (const [agent, steps, shown] of [["double-dqn", "1500", "1,500"], ["pqn", "2048", "2,048"]] as const) {
  browserTest(
    `training by ${agent} in the tab ends with the weights of the command line, and its file plays`,
    async ({ page }) => {
      await page.fill("#seed", "3");
      await page.selectOption("#agent", agent);
      await page.fill("#steps", steps);
      const command = await text(page, "command");
      assertEquals(command, `deno task train --env CartPole-v1 --agent ${agent} --seed 3 --steps ${steps}`);
      await page.click("#start");
      await appears(page, "training-status", new RegExp(`^Ended after ${shown} steps`));
      assertMatch(await text(page, "curve"), /Return of \d+ episodes/);
      const [curve, ...labels] = await Promise.all(
        ["#curve polyline.returns", "#curve .label.high", "#curve .label.low"].map((name) =>
          page.locator(name).boundingBox()
        ),
      );
      for (const label of labels) {
        assert(label!.x >= 0 && label!.x + label!.width < curve!.x, "the label stands beside the curve");
      }
      const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
      await inFolder(async (cwd) => {
        await runScript("train.ts", [...command.split(" ").slice(3), "--out", "run"], { cwd });
        const summary = JSON.parse(Deno.readTextFileSync(`${cwd}/run/summary.json`));
        assertEquals(await text(page, "weights"), summary.weights_sha256);
        await download.saveAs(`${cwd}/policy.onnx`);
        const file = Deno.readFileSync(`${cwd}/policy.onnx`);
        assertEquals(file, Deno.readFileSync(`${cwd}/run/policy.onnx`));
        assertEquals(decodeOnnx(file).metadata.agent, agent);
        await upload(page, "downloaded.onnx", file);
        await appears(
          page,
          "policy-name",
          new RegExp(`^downloaded\\.onnx: CartPole-v1, ${agent}, step ${shown}$`),
        );
        await page.click("#play-trained");
        await appears(
          page,
          "policy-name",
          new RegExp(`^trained in this tab: CartPole-v1, ${agent}, step ${shown}$`),
        );
        await appears(page, "policy-score", /step [1-9]/);
      });
    },
  );
}

browserTest("training can be stopped, and says what is wrong with its settings", async ({ page }) => {
  await page.fill("#steps", "10");
  await page.click("#start");
  await appears(page, "training-error", /--steps must be at least --learning-starts \(1000\), got 10/);
  await page.fill("#steps", "50000000");
  await page.click("#start");
  await appears(page, "training-status", /^Step [1-9]/);
  await page.click("#stop");
  await appears(page, "training-status", /^Ended after [\d,]+ steps in [\d.]+ s \(interrupted\)/);
  assertEquals(await text(page, "training-error"), "");
});

for (const width of [360, 1600]) {
  for (const dark of [false, true]) {
    browserTest(`nothing sticks out at ${width} pixels, ${dark ? "dark" : "light"}`, async ({ page }) => {
      await page.click("#versus");
      await appears(page, "policy-name", /^Ours/);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth"), width);
      const colour = String(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
      const brightness = Number(/\d+/.exec(colour)?.[0]);
      assert(dark ? brightness < 64 : brightness > 192, colour);
    }, { width, dark });
  }
}

browserTest("the page is strict about what may run", async ({ page, url }) => {
  const response = await fetch(url);
  const html = await response.text();
  const policy = response.headers.get("content-security-policy") ?? "";
  assert(!/unsafe-inline|'unsafe-eval'|\*|http|data:/.test(policy), policy);
  assertStringIncludes(policy, "default-src 'none'");
  assertStringIncludes(policy, "script-src 'self' 'wasm-unsafe-eval'");
  assertStringIncludes(html, policy.replace("; frame-ancestors 'none'", ""));
  assert(!/<script>|<style|style=|\son\w+=/.test(html));
  assertEquals((await fetch(`${url}..%2f..%2fdeno.json`)).status, 404);
  assertEquals((await fetch(`${url}missing.js`)).status, 404);
  assertEquals(await page.title(), "bellman: deep Q-learning in your browser");
});

/** Of six joints, with three torques each. */
const parts = randomPolicy({
  ...ARCHITECTURES["plain"]!,
  observationLength: 17,
  actionCount: 18,
  actionParts: [3, 3, 3, 3, 3, 3],
});

browserTest(
  "MuJoCo is downloaded only when an environment needs it, with a progress bar, and trains to the weights of the command line",
  async ({ page, requests }) => {
    await appears(page, "policy-score", /step [1-9]/);
    const isEngine = (request: string) => /\/(mujoco\.(js|wasm)|_load_mujoco-\w+\.js)$/.test(request);
    assertEquals(requests.filter(isEngine), []);
    await page.evaluate(`
      globalThis.seen = [];
      const bar = document.querySelector("#engine-progress");
      new MutationObserver(() => globalThis.seen.push(document.querySelector("#engine").hidden ? "hidden" : bar.value))
        .observe(document.querySelector("#engine"), { attributes: true, subtree: true });
    `);
    await page.selectOption("#environment", "HalfCheetah-v5");
    await appears(page, "policy-name", /^Ours: HalfCheetah-v5, double-dqn/);
    assertEquals(await page.locator("#versus, #shipped").filter({ visible: true }).count(), 0);
    assertEquals(await page.locator("#q-values .part > .name").allTextContents(), [
      ...["back thigh", "back shin", "back foot", "front thigh", "front shin", "front foot"],
    ]);
    await upload(page, "random.onnx", encodeOnnx({ ...parts, metadata: { env: "HalfCheetah-v5" } }));
    await appears(page, "policy-name", /^random\.onnx: HalfCheetah-v5$/);
    await appears(page, "policy-score", /^step [1-9]/);
    for (const part of await page.locator("#q-values .part").all()) {
      assertEquals([await part.locator(".q-value").count(), await part.locator(".chosen").count()], [3, 1]);
    }
    assertEquals(await text(page, "policy-error"), "");
    assertEquals(await page.evaluate("document.documentElement.scrollWidth"), page.viewportSize()!.width);
    const seen: unknown = await page.evaluate("globalThis.seen");
    assert(Array.isArray(seen) && seen.length > 2);
    assertEquals(seen.slice(-2), [1, "hidden"]);
    assertEquals(requests.filter((request) => request.endsWith("mujoco.wasm")).length, 1);
    await page.fill("#steps", "1100");
    const command = await text(page, "command");
    await page.click("#start");
    await appears(page, "training-status", /^Ended after 1,100 steps/, 180_000);
    await page.click("#play-trained");
    await appears(page, "policy-name", /^trained in this tab: HalfCheetah-v5, double-dqn, step 1,100$/);
    await inFolder(async (cwd) => {
      await runScript("train.ts", [...command.split(" ").slice(3), "--out", "run"], { cwd });
      const summary = JSON.parse(Deno.readTextFileSync(`${cwd}/run/summary.json`));
      assertEquals(await text(page, "weights"), summary.weights_sha256);
    });
  },
);

browserTest(
  "in Korean, the page plays, takes a person's keys, and trains to the weights of the English one",
  async ({ page }) => {
    const train = async (start: RegExp) => {
      await page.fill("#steps", "1200");
      await page.click("#start");
      await appears(page, "training-status", start);
      return text(page, "weights");
    };
    const weights = await train(/^Ended after 1,200 steps/);
    await page.click("text=한국어");
    await appears(page, "policy-score", /^스텝 [1-9]\d*, 수익 [1-9]/);
    assertMatch(await text(page, "policy-name"), /^페이지의 정책: CartPole-v1, /);
    await page.click("#versus");
    assertEquals(await text(page, "keys"), "키: ← push left, → push right");
    assertEquals(await text(page, "result"), "첫 키를 누르면 게임이 시작됩니다.");
    assertEquals(
      await train(/^1,200스텝, [\d.]+초 만에 끝났습니다\(steps\)\. 탐욕 에피소드 \d+개의 평균 수익은/),
      weights,
    );
    assertMatch(await text(page, "curve"), /에피소드 \d+개의 수익\./);
    await upload(page, "no.onnx", new Uint8Array(3));
    await appears(page, "policy-error", /^no\.onnx: 정책을 실행할 수 없습니다\. it must be an ONNX file/);
    await page.click("text=English");
    await appears(page, "policy-score", /^step [1-9]/);
  },
);
