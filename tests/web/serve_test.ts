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

Deno.test("bad flags give exit code 2 and one clear line", async () => {
  for (
    const [args, message] of [
      [["--port", "0"], "--port must be a whole number from 1, got 0"],
      [["--port", "70000"], "--port must be a port that is free, got 70000"],
      [["8000"], "every argument must be a flag, got 8000"],
      [["--prot", "1"], "--prot is no flag (did you mean --port?)"],
    ] as const
  ) {
    const { code, stdout, stderr } = await command(args).output();
    const text = new TextDecoder().decode(stderr);
    assertEquals([code, stdout.length], [2, 0], text);
    assertStringIncludes(text, message);
    assertEquals(text.trimEnd().split("\n").length, 1, text);
  }
});

Deno.test("deno task web:build takes no arguments, and says so", async () => {
  const script = new URL("../../web/build.ts", import.meta.url);
  const help = await command(["--help"], script).output();
  assertEquals(help.code, 0);
  assertStringIncludes(new TextDecoder().decode(help.stdout), "Usage: deno task web:build");
  for (
    const [args, message] of [
      [["dist"], "every argument must be a flag, got dist"],
      [["--out", "dist"], "--out is no flag"],
    ] as const
  ) {
    const { code, stdout, stderr } = await command(args, script).output();
    const text = new TextDecoder().decode(stderr);
    assertEquals([code, stdout.length], [2, 0], text);
    assertStringIncludes(text, message);
    assertEquals(text.trimEnd().split("\n").length, 1, text);
  }
});
