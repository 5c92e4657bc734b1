import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { figureTest } from "./_figure_page.ts";

/** The most that a task may take, in milliseconds: a frame waits for it. */
const MOST_MS = 100;

/** Holds the page up while the worker goes on telling, then counts what the redraws of the next second do. */
const COUNT_REDRAWS = `(async () => {
  const section = document.querySelector("section.figure");
  const counts = new Map();
  const added = [];
  const observer = new MutationObserver(() => {});
  observer.observe(section, { attributes: true, childList: true, subtree: true });
  for (const start = performance.now(); performance.now() < start + 500;);
  for (const start = performance.now(); performance.now() < start + 1000;) {
    await new Promise((done) => requestAnimationFrame(done));
    const drawn = new Map();
    for (const { type, target, attributeName, addedNodes } of observer.takeRecords()) {
      for (const node of addedNodes) if (node instanceof Element) added.push(node.outerHTML);
      if (!["points", "d"].includes(attributeName)) continue;
      drawn.set(target, (drawn.get(target) ?? 0) + 1);
    }
    for (const count of drawn.values()) counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  return { most: Math.max(0, ...counts.keys()), added };
})()`;

/** An event of Chromium's trace, as far as it is read here. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  args: { name?: string };
  /** Time of its thread on the processor, in microseconds. */
  tdur?: number;
}

const isTraceEvent = (value: object): value is TraceEvent => "tid" in value;

/** The longest task of the page in milliseconds on the processor, whatever else the machine does. */
async function longestTask(page: Page, body: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value) if (isTraceEvent(event)) events.push(event);
  });
  const complete = new Promise<void>((done) => session.once("Tracing.tracingComplete", () => done()));
  await session.send("Tracing.start", { transferMode: "ReportEvents", categories: "toplevel,__metadata" });
  await body();
  await session.send("Tracing.end");
  await complete;
  const threads = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
    .map(({ pid, tid }) => `${pid} ${tid}`);
  const times = events.filter(({ pid, tid }) => threads.includes(`${pid} ${tid}`)).map(({ tdur = 0 }) =>
    tdur
  );
  return times.reduce((a, b) => Math.max(a, b), 0) / 1000;
}

/** Tests that a figure leaves the page time. */
export function framesTest(figure: string): void {
  figureTest(
    `while ${figure} runs, it draws once a frame with the same elements, and no task holds the page up`,
    figure,
    async ({ page }) => {
      const longest = await longestTask(page, async () => {
        const drawn = "section.figure .chart svg *, section.figure .lake .best";
        await page.locator(drawn).first().waitFor({ state: "attached" });
        await page.waitForTimeout(500);
      });
      assert(longest > 0 && longest < MOST_MS, `a task took ${longest} ms`);
      const { most, added } = await page.evaluate<{ most: number; added: string[] }>(COUNT_REDRAWS);
      assertEquals(added, []);
      assert(most <= 1, `${most} redraws in one frame`);
    },
    { width: 360 },
  );
}
