import { assert, assertEquals, assertMatch } from "@std/assert";
import { decodeOnnx, encodeOnnx } from "../../nn/mod.ts";
import { ARCHITECTURES, randomPolicy } from "../nn/onnx/_policies.ts";
import { inFolder, runScript } from "../scripts/_process.ts";
import { browserTest, shareBrowser } from "./_browser.ts";
import { appears, text, upload } from "./_page.ts";

shareBrowser();

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
      await appears(page, "training-status", new RegExp(`^Ended after ${shown} steps of CartPole-v1 in`));
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
        await runScript("train.ts", [...command.split(" ").slice(3), "--out", "run", "--skip-pictures"], {
          cwd,
        });
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
  await appears(
    page,
    "training-status",
    /^Ended after [\d,]+ steps of CartPole-v1 in [\d.]+ s \(interrupted\)/,
  );
  assertEquals(await text(page, "training-error"), "");
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
    // Poor policies fall at once here, while HalfCheetah's evaluation takes 20,000 steps.
    await page.selectOption("#environment", "Hopper-v5");
    await page.fill("#steps", "1100");
    const command = await text(page, "command");
    assertMatch(command, / --env Hopper-v5 /);
    await page.click("#start");
    await appears(page, "training-status", /^Ended after 1,100 steps of Hopper-v5 in/, 180_000);
    await page.click("#play-trained");
    await appears(page, "policy-name", /^trained in this tab: Hopper-v5, double-dqn, step 1,100$/);
    await inFolder(async (cwd) => {
      await runScript("train.ts", [...command.split(" ").slice(3), "--out", "run", "--skip-pictures"], {
        cwd,
      });
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
    assertEquals(await text(page, "keys"), "키: ← 왼쪽으로 밀기, → 오른쪽으로 밀기");
    assertEquals(await text(page, "result"), "첫 키를 누르면 게임이 시작됩니다.");
    assertEquals(
      await train(
        /^CartPole-v1: 1,200스텝, [\d.]+초 만에 끝났습니다\(steps\)\. 탐욕 에피소드 \d+개의 평균 수익은/,
      ),
      weights,
    );
    assertMatch(await text(page, "curve"), /에피소드 \d+개의 수익\./);
    await upload(page, "no.onnx", new Uint8Array(3));
    await appears(page, "policy-error", /^no\.onnx: 정책을 실행할 수 없습니다\. it must be an ONNX file/);
    await page.click("text=English");
    await appears(page, "policy-score", /^step [1-9]/);
  },
);
