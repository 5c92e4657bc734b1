import axe from "axe-core";
import type { Page } from "playwright-core";

/**
 * What axe-core finds wrong on a page.
 *
 * @param page The page.
 * @param selector The part that is looked at; by default all of it.
 * @returns A line for each element with a mistake.
 */
export async function mistakesOf(page: Page, selector = "html"): Promise<string[]> {
  await page.evaluate(axe.source);
  const run = `axe.run(${
    JSON.stringify(selector)
  }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 200) + " " + failureSummary)))`;
  return await page.evaluate<string[]>(run);
}
