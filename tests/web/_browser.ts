import { assertEquals } from "@std/assert";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "../../web/build.ts";
import { serve } from "../../web/serve.ts";

/** Where browsers of Chromium's family live; first the one without a window, which starts and draws in half the time. */
const CANDIDATES = [
  "/usr/bin/chromium-headless-shell",
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

let server: Deno.HttpServer<Deno.NetAddr> | undefined;
let browser: Browser | undefined;
let folder: URL | undefined;

/** Builds the page once, serves it, and starts one browser for all tests of a file. */
export function shareBrowser(): void {
  if (BROWSER === undefined) return;
  Deno.test.beforeAll(async () => {
    folder = new URL(`file://${await Deno.makeTempDir()}/`); // other tests build the page where users do
    await build(folder);
    server = serve(0, folder);
    browser = await chromium.launch({ executablePath: BROWSER!, args: [...FLAGS] });
  });
  Deno.test.afterAll(async () => {
    await browser?.close();
    await server?.shutdown();
    if (folder !== undefined) await Deno.remove(folder, { recursive: true });
  });
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
 * Opens the page in a context of its own and gives it to a body. Afterwards nothing may have been
 * reported as an error, and nothing asked for elsewhere.
 */
async function visit(body: (visit: Visit) => Promise<void>, options: VisitOptions): Promise<void> {
  const context = await browser!.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? "dark" : "light",
  });
  context.setDefaultTimeout(120_000); // on a busy machine, too
  try {
    const page = await context.newPage();
    const url = `http://127.0.0.1:${server!.addr.port}/`;
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
    await context.close();
  }
}

/** A test that needs a browser, in a file that shares one, and is named as ignored without one. */
export function browserTest(
  name: string,
  body: (visit: Visit) => Promise<void>,
  options: VisitOptions = {},
): void {
  Deno.test({
    name: `in Chromium: ${name}`,
    ignore: BROWSER === undefined,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => visit(body, options),
  });
}
