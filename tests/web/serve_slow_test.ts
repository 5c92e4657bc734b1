import { staticFiles } from "../../web/static_files.ts";
import { DIST } from "../../web/build.ts";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

const SERVE = new URL("../../web/serve.ts", import.meta.url);
const PERMISSIONS = ["--allow-read", "--allow-write", "--allow-run", "--allow-net=127.0.0.1"];

const command = (args: readonly string[], script = SERVE) =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...PERMISSIONS, script.href, ...args],
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });

Deno.test("deno task web serves the page on this machine, on a port that is free", async () => {
  const taken = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => new Response());
  const process = command([]).spawn();
  try {
    const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await reader.read();
    assertMatch(value, /^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    const response = await fetch(value.trim());
    assertEquals([response.status, response.headers.get("content-type")], [200, "text/html; charset=utf-8"]);
    assertStringIncludes(await response.text(), "<h1>bellman</h1>");
    assertEquals(
      response.headers.get("content-length"),
      String(Deno.statSync(new URL("index.html", DIST)).size),
    );
    await reader.cancel();
    const busy = await command(["--port", String(taken.addr.port)]).output();
    assertEquals(busy.code, 2);
    assertStringIncludes(new TextDecoder().decode(busy.stderr), "--port must be a port that is free");
  } finally {
    process.kill();
    await process.stderr.cancel();
    await process.status;
    await taken.shutdown();
  }
});

/** Serves a folder with a page, beside a file and a folder that are not its own. */
async function withSite(body: (ask: (request: string) => Promise<string>) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/site/policies`, { recursive: true });
  await Deno.mkdir(`${root}/other`);
  const texts = {
    "site/index.html": "<h1>page</h1>",
    "site/a b.js": "1;",
    "site/100%.js": "2;",
    "site/policies/CartPole-v1.onnx": "weights",
    "site/notes.txt": "of no known type",
    "secret.html": "secret",
    "other/secret.html": "secret",
  };
  for (const [name, text] of Object.entries(texts)) await Deno.writeTextFile(`${root}/${name}`, text);
  await Deno.symlink(`${root}/secret.html`, `${root}/site/link.html`);
  await Deno.symlink(`${root}/other`, `${root}/site/folder`);
  const headers = { "content-security-policy": "default-src 'self'" };
  const answer = staticFiles(`${root}/site`, headers);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  // By hand: fetch would tidy addresses up, and set the host itself.
  const ask = async (request: string) => {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
    const text = request.replaceAll("PORT", String(server.addr.port));
    await connection.write(new TextEncoder().encode(`${text}\r\nconnection: close\r\n\r\n`));
    return await new Response(connection.readable).text();
  };
  try {
    await body(ask);
  } finally {
    await server.shutdown();
    await Deno.remove(root, { recursive: true });
  }
}

const LOCAL = "\r\nhost: 127.0.0.1:PORT";

Deno.test("no address leads out of the folder, however it is written", () =>
  withSite(async (ask) => {
    for (
      const path of [
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/%252e%252e/secret.html",
        "/%25252e%25252e/secret.html",
        "/..%2fsecret.html",
        "/..%5csecret.html",
        "/policies/%2e%2e/%2e%2e/secret.html",
        "/policies/%252e%252e/%252e%252e/secret.html",
        "//secret.html",
        "/link.html",
        "/folder/secret.html",
        "/notes.txt",
        "/policies",
        "/index.html%00",
      ]
    ) {
      const answer = await ask(`GET ${path} HTTP/1.1${LOCAL}`);
      assertMatch(answer, /^HTTP\/1\.1 404 /, path);
      assertStringIncludes(answer, "content-security-policy: default-src 'self'");
      assertEquals(answer.includes("secret"), false, path);
    }
  }));

Deno.test("the files of the folder are served with their types", () =>
  withSite(async (ask) => {
    for (
      const [path, type, content] of [
        ["/", "text/html; charset=utf-8", "<h1>page</h1>"],
        ["/index.html?query#part", "text/html; charset=utf-8", "<h1>page</h1>"],
        ["/a%20b.js", "text/javascript; charset=utf-8", "1;"],
        ["/100%25.js", "text/javascript; charset=utf-8", "2;"],
        ["/policies/CartPole-v1.onnx", "application/octet-stream", "weights"],
      ] as const
    ) {
      const answer = await ask(`GET ${path} HTTP/1.1${LOCAL}`);
      assertMatch(answer, /^HTTP\/1\.1 200 /, path);
      assertStringIncludes(answer, `content-type: ${type}\r\n`);
      assertStringIncludes(answer, `\r\n\r\n${content}`);
      const head = await ask(`HEAD ${path} HTTP/1.1${LOCAL}`);
      assertMatch(head, /^HTTP\/1\.1 200 /, path);
      assertStringIncludes(head, `content-length: ${content.length}\r\n`);
      assertEquals(head.endsWith("\r\n\r\n"), true, path);
    }
  }));

Deno.test("other hosts' names, other methods and malformed escapes are refused in a line", () =>
  withSite(async (ask) => {
    for (
      const host of [
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1.evil.example:PORT",
        "localhost.evil:PORT",
      ]
    ) {
      assertMatch(await ask(`GET / HTTP/1.1\r\nhost: ${host}`), /^HTTP\/1\.1 403 /, host);
    }
    for (const host of ["127.0.0.1:PORT", "localhost:PORT", "LocalHost", "[::1]:PORT"]) {
      assertMatch(await ask(`GET / HTTP/1.1\r\nhost: ${host}`), /^HTTP\/1\.1 200 /, host);
    }
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
      const answer = await ask(`${method} / HTTP/1.1${LOCAL}\r\ncontent-length: 0`);
      assertMatch(answer, /^HTTP\/1\.1 405 /, method);
      assertStringIncludes(answer, "allow: GET, HEAD\r\n");
    }
    for (const path of ["/%", "/%zz", "/%c3%28.html", "/policies/%e0%a4%a"]) {
      const answer = await ask(`GET ${path} HTTP/1.1${LOCAL}`);
      assertMatch(answer, /^HTTP\/1\.1 400 /, path);
      assertEquals(/\n\s*at |Error/.test(answer), false, answer);
    }
  }));

Deno.test("bad flags give exit code 2 and one clear line", async () => {
  for (
    const [args, message] of [
      [["--port", "0"], "--port must be a whole number from 1, got 0"],
      [["--port", "70000"], "--port must be a port that is free, got 70000"],
      [["8000"], "every argument must be a flag, got 8000"],
      [["--prot", "1"], "unknown flag --prot (did you mean --port?)"],
    ] as const
  ) {
    const { code, stdout, stderr } = await command(args).output();
    const text = new TextDecoder().decode(stderr);
    assertEquals([code, stdout.length], [2, 0], text);
    assertStringIncludes(text, message);
    assertEquals(text.trimEnd().split("\n").length, 1, text);
  }
});

Deno.test("deno task web:build refuses arguments", async () => {
  const script = new URL("../../web/build.ts", import.meta.url);
  const help = await command(["--help"], script).output();
  assertEquals(help.code, 0);
  assertStringIncludes(new TextDecoder().decode(help.stdout), "Usage: deno task web:build");
  for (
    const [args, message] of [
      [["dist"], "every argument must be a flag, got dist"],
      [["--out", "dist"], "unknown flag --out"],
    ] as const
  ) {
    const { code, stdout, stderr } = await command(args, script).output();
    const text = new TextDecoder().decode(stderr);
    assertEquals([code, stdout.length], [2, 0], text);
    assertStringIncludes(text, message);
    assertEquals(text.trimEnd().split("\n").length, 1, text);
  }
});

Deno.test("deno task site and site:build refuse bad flags before they build", async () => {
  for (
    const [name, args, message] of [
      ["serve", ["--port", "0"], "--port must be a whole number from 1, got 0"],
      ["serve", ["--port"], "--port must be followed by a value, got nothing"],
      ["serve", ["8000"], "every argument must be a flag, got 8000"],
      ["build", ["dist"], "every argument must be a flag, got dist"],
      ["build", ["--out", "dist"], "unknown flag --out"],
    ] as const
  ) {
    const script = new URL(`../../web/site/${name}.ts`, import.meta.url);
    const { code, stdout, stderr } = await command(args, script).output();
    const text = new TextDecoder().decode(stderr);
    assertEquals([code, stdout.length], [2, 0], text);
    assertStringIncludes(text, message);
    assertEquals(text.trimEnd().split("\n").length, 1, text);
  }
});
