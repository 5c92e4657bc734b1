import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { figureTest } from "./_figure_page.ts";

/** An element that the keyboard has reached. */
interface Stop {
  /** Its number among the elements of the figure that can be reached. */
  index: number;
  type: string;
  name: string;
  /** Whether a ring shows the focus, and the element is on the screen. */
  isVisible: boolean;
}

/** What can be reached in the figure, in the order of the page. */
const REACHABLE =
  `[...document.querySelectorAll("section.figure :is(button, input, select, a[href], [tabindex])")]
  .filter((element) => !element.disabled && element.tabIndex >= 0 && element.checkVisibility())`;

const SLIDERS = `[...document.querySelectorAll("section.figure input")]`;
const BUTTONS = `[...document.querySelectorAll("section.figure button")]`;

/** The element with the focus; null outside the figure. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const index = ${REACHABLE}.indexOf(element);
  if (index === -1) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom } = element.getBoundingClientRect();
  return {
    index,
    type: element.type ?? "",
    name: element.labels?.[0]?.textContent ?? element.ariaLabel ?? element.textContent.trim(),
    isVisible: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight,
  };
})()`;

/** All that the figure shows, except the values next to the sliders. */
const SHOWN = `(() => {
  const figure = document.querySelector("section.figure");
  const texts = [...figure.querySelectorAll(":scope *")].filter((element) => !element.closest(".slider"))
    .map((element) => [element.ariaPressed, element.disabled, element.hidden, element.dataset?.state,
      element.getAttribute("d"), element.getAttribute("points"), element.localName === "canvas" && element.toDataURL(),
      [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)]);
  return JSON.stringify(texts);
})()`;

/** Waits until the figure shows something other than before. */
async function changes(page: Page, before: string, what: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await page.evaluate(SHOWN) !== before) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`${what} changes nothing`);
}

/** Moves the focus to an element of the figure by Tab, or by Shift and Tab. */
async function tabTo(page: Page, index: number): Promise<Stop> {
  for (let i = 0; i < 100; i++) {
    const stop = await page.evaluate<Stop | null>(FOCUSED);
    if (stop?.index === index) return stop;
    await page.keyboard.press(stop !== null && stop.index > index ? "Shift+Tab" : "Tab");
  }
  throw new Error(`Cannot reach element ${index} by Tab`);
}

/** The element with the focus as soon as it can be seen, since a busy page scrolls to it late; as it is after two seconds. */
async function shown(page: Page, stop: Stop): Promise<Stop> {
  for (let i = 0; i < 40 && !stop.isVisible; i++) {
    await page.waitForTimeout(50);
    stop = await page.evaluate<Stop | null>(FOCUSED) ?? stop;
  }
  return stop;
}

/**
 * A test that the keyboard alone is enough for a figure: Tab reaches all that can be used, in order, with a ring around it and on
 * the screen; arrows move each slider, the space bar or Enter presses each button, and the figure shows something else then.
 *
 * @param figure The figure.
 * @param quick Sliders that make its run short, with the number of their value.
 * @param ready What is there when all can be used.
 */
export function keyboardTest(
  figure: string,
  quick: Readonly<Record<string, number>> = {},
  ready = "section.figure[data-state=done]",
): void {
  figureTest(
    `the keyboard alone is enough for ${figure}`,
    figure,
    async ({ page, slide }) => {
      for (const [label, index] of Object.entries(quick)) await slide(label, index);
      await page.locator(ready).waitFor({ timeout: 120_000 });
      await page.evaluate("document.activeElement.blur()");
      const count = await page.evaluate<number>(`${REACHABLE}.length`);
      const stops: Stop[] = [];
      for (let i = 0; i < count; i++) stops.push(await shown(page, await tabTo(page, i)));
      assertEquals(stops.filter(({ name, isVisible }) => !isVisible || name === ""), []);
      await page.keyboard.press("Tab");
      assertEquals(await page.evaluate(FOCUSED), null); // the focus can leave the figure

      const sliders = await page.evaluate<number>(`${SLIDERS}.length`);
      assertEquals(sliders, stops.filter(({ type }) => type === "range").length);
      for (let slider = 0; slider < sliders; slider++) {
        const { name } = await tabTo(
          page,
          await page.evaluate(`${REACHABLE}.indexOf(${SLIDERS}[${slider}])`),
        );
        const value = () => page.evaluate<string>("document.activeElement.value");
        const [first, before] = [await value(), await page.evaluate<string>(SHOWN)];
        const [there, back] = first === "0" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
        await page.keyboard.press(there);
        assertEquals(Math.abs(Number(await value()) - Number(first)), 1, name);
        if (name !== "Steps per second") await changes(page, before, name);
        await page.keyboard.press(back);
        assertEquals(await value(), first, name);
      }

      const buttons = await page.evaluate<number>(`${BUTTONS}.length`);
      for (let button = 0; button < buttons; button++) {
        await page.locator(ready).waitFor({ timeout: 120_000 });
        const index = await page.evaluate<number>(`${REACHABLE}.indexOf(${BUTTONS}[${button}])`);
        if (index === -1) continue; // disabled now
        const { name } = await tabTo(page, index);
        const before = await page.evaluate<string>(SHOWN);
        await page.keyboard.press(button % 2 === 0 ? "Space" : "Enter");
        await changes(page, before, name);
      }
    },
    { width: 360, reducedMotion: true },
  );
}
