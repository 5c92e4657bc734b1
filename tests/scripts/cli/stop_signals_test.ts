import { assertEquals } from "@std/assert";
import { sourcesOf } from "../../_sources.ts";

const SCRIPT = new URL("_stopping.ts", import.meta.url).href;
const RUN = `exec "${Deno.execPath()}" run --no-prompt "${SCRIPT}"`;

/** What a process says that gets a signal, and how it ends; `input` as a shell redirects it. */
async function signalled(signal: Deno.Signal, input: string): Promise<[said: string, ended: string]> {
  const child = new Deno.Command("sh", {
    args: ["-c", `${RUN} ${input}`],
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let said = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (!said.includes("waits") && (said + text).includes("waits")) child.kill(signal);
    said += text;
  }
  const { code, signal: by } = await child.status;
  return [said, by ?? String(code)];
}

Deno.test("a process is asked to stop by Ctrl-C, SIGTERM and SIGHUP, whatever its input", {
  ignore: Deno.build.os === "windows",
}, async () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    for (const input of ["", "</dev/null", "<&-"]) {
      assertEquals(await signalled(signal, input), ["waits\nasked to stop\n", "0"], `${signal} ${input}`);
    }
  }
});

Deno.test("under nohup, which leaves an input that cannot be read, SIGHUP does not stop the process", {
  ignore: Deno.build.os === "windows",
}, async () => {
  assertEquals(await signalled("SIGTERM", "0>/dev/null"), ["waits\nasked to stop\n", "0"]);
  // Here nobody ignores it in our place, as nohup does: the process ends by it.
  assertEquals(await signalled("SIGHUP", "0>/dev/null"), ["waits\n", "SIGHUP"]);
});

Deno.test("the stop signals are listed in one place", () => {
  const listening = sourcesOf("scripts/").filter(({ code }) => /\baddSignalListener\b/.test(code));
  assertEquals(listening.map(({ name }) => name), ["scripts/cli/stop_signals.ts"]);
});
