import { assert } from "@std/assert";
import { chromium } from "playwright-core";
import { inFolder } from "../scripts/_process.ts";
import { BROWSER, FLAGS } from "./_browser.ts";

const ROOT = new URL("../../", import.meta.url);

/** The guide's page of one's own. */
function example(): string {
  const guide = Deno.readTextFileSync(new URL("docs/web.md", ROOT));
  return /```ts ignore\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
}

Deno.test({
  name: "in Chromium: the guide's example page plays, in under 20 lines",
  ignore: BROWSER === undefined,
  fn: () =>
    inFolder(async (folder) => {
      const guide = example();
      // Vite turns this import into the address of a copy; here the server below has one.
      const address = 'import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";';
      assert(guide.includes(address));
      const source = guide.replace(address, 'const wasm = "/ort-wasm-simd-threaded.wasm";');
      assert(source.split("\n").length < 20 && source.includes("OnnxPolicy"));
      // Within the package, so that its own name resolves; with the bundler of Deno in the place of Vite.
      const main = new URL("web/_guide_example.ts", ROOT);
      await Deno.writeTextFile(main, source);
      try {
        const args = [
          "bundle",
          "--quiet",
          "--platform",
          "browser",
          "--output",
          `${folder}/main.js`,
          main.href,
        ];
        const { success } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
        assert(success);
      } finally {
        await Deno.remove(main);
      }
      const files: Record<string, [URL | string, string]> = {
        "/main.js": [`${folder}/main.js`, "text/javascript"],
        "/policy.onnx": [new URL("web/policies/CartPole-v1.onnx", ROOT), "application/octet-stream"],
        "/ort-wasm-simd-threaded.wasm": [
          new URL(import.meta.resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm")),
          "application/wasm",
        ],
      };
      const html = "<!DOCTYPE html><body><script type=module src=main.js></script>";
      const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
        const [path, type] = files[new URL(request.url).pathname] ?? [];
        if (path === undefined) return new Response(html, { headers: { "content-type": "text/html" } });
        return new Response(Deno.readFileSync(path), { headers: { "content-type": type! } });
      });
      const browser = await chromium.launch({ executablePath: BROWSER!, args: [...FLAGS] });
      try {
        const page = await browser.newPage();
        await page.goto(`http://127.0.0.1:${server.addr.port}/`);
        await page.locator("svg").waitFor();
        // Any other player lets the pole lean up to twelve degrees, again and again.
        const leans = new Set<number>();
        for (let i = 0; i < 20; i++) {
          await page.waitForTimeout(100);
          const title = await page.locator("svg title").textContent() ?? "";
          leans.add(Number(/leaning ([\d.]+) degrees/.exec(title)?.[1]));
        }
        assert(leans.size > 1 && Math.max(...leans) < 6, [...leans].join(", "));
      } finally {
        await browser.close();
        await server.shutdown();
      }
    }),
});
