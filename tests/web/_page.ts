import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";

/** The text of an element. */
export const text = async (page: Page, id: string): Promise<string> =>
  (await page.locator(`#${id}`).textContent()) ?? "";

/** Waits until an element's text fits. */
export async function appears(page: Page, id: string, pattern: RegExp, timeout = 120_000): Promise<string> {
  await page.locator(`#${id}`).filter({ hasText: pattern }).waitFor({ timeout });
  return text(page, id);
}

/** A file as the file picker hands it over. */
export const upload = (page: Page, name: string, bytes: Uint8Array): Promise<void> =>
  page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });
