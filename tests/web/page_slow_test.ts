import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { ENVIRONMENTS, POLICIES } from "../../web/_policies.ts";
import { browserTest, shareBrowser } from "./_browser.ts";
import { appears, text } from "./_page.ts";

shareBrowser();

/** First load, without ONNX Runtime's WebAssembly. */
const MOST_BYTES = 190_000;

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

browserTest("the Korean page names actions in Korean, and their keys are the same", async ({ page, url }) => {
  await page.goto(`${url}index.ko.html`);
  await appears(page, "policy-score", /^스텝 [1-9]/);
  const meanings = page.locator("#q-values .meaning");
  assertEquals(await meanings.allTextContents(), ["왼쪽으로 밀기", "오른쪽으로 밀기"]);
  await page.click("#versus");
  assertEquals(await text(page, "keys"), "키: ← 왼쪽으로 밀기, → 오른쪽으로 밀기");
  await page.selectOption("#environment", "LunarLander-v3");
  await appears(page, "q-values", /주 엔진 분사/);
  await page.click("#versus");
  assertEquals(
    await text(page, "keys"),
    "키: ← 왼쪽 엔진 분사, → 오른쪽 엔진 분사, ↑ 주 엔진 분사, 키를 누르지 않으면: 아무것도 하지 않음",
  );
});

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

browserTest(
  "nothing of the Korean page sticks out at 360 pixels, after a training neither",
  async ({ page, url }) => {
    await page.goto(`${url}index.ko.html`);
    await page.fill("#steps", "1000");
    await page.click("#start");
    await appears(page, "training-status", /끝났습니다/);
    await appears(page, "weights", /^[0-9a-f]{64}$/);
    assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 360);
  },
  { width: 360 },
);

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
