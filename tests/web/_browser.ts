import { assertEquals } from "@std/assert";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "../../web/build.ts";
import { serve } from "../../web/serve.ts";

/** Where browsers of Chromium's family live. */
const CANDIDATES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** What it takes to start one in a container, quietly. */
export const FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** The path of a browser; undefined where there is none. */
export const BROWSER: string | undefined = CANDIDATES.find(isFile);

let built: Promise<URL> | undefined;

/** Builds the page once for all tests of a process, in a folder of their own: other tests build it where users do. */
function buildOnce(): Promise<URL> {
  return built ??= (async () => {
    const path = await Deno.makeTempDir();
    globalThis.addEventListener("unload", () => Deno.removeSync(path, { recursive: true }));
    const folder = new URL(`file://${path}/`);
    await build(folder);
    return folder;
  })();
}

/** The page, and what it loads. */
export interface Visit {
  page: Page;
  /** The root of the page's folder, with a slash at the end. */
  url: string;
  /** Everything that was asked for, by address. */
  requests: string[];
}

/** How a page is visited. */
export interface VisitOptions {
  width?: number;
  dark?: boolean;
}

/**
 * Serves the page, opens it and gives it to a body. Afterwards nothing may have been
 * reported as an error, and nothing asked for elsewhere.
 */
export async function visit(
  body: (visit: Visit) => Promise<void>,
  options: VisitOptions = {},
): Promise<void> {
  const server = serve(0, await buildOnce());
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: BROWSER!, args: [...FLAGS] });
    const page = await browser.newPage({
      viewport: { width: options.width ?? 1280, height: 900 },
      colorScheme: options.dark ? "dark" : "light",
    });
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const errors: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(url);
    await body({ page, url, requests });
    assertEquals(errors, []);
    assertEquals(requests.filter((request) => !request.startsWith(url) && !request.startsWith("blob:")), []);
  } finally {
    await browser?.close();
    await server.shutdown();
  }
}

/** A test that needs a browser, and is named as ignored without one. */
export function browserTest(
  name: string,
  body: (visit: Visit) => Promise<void>,
  options?: VisitOptions,
): void {
  Deno.test({ name: `in Chromium: ${name}`, ignore: BROWSER === undefined, fn: () => visit(body, options) });
}
