import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { fromFileUrl } from "../.ci/from_file_url.ts";
import { inFolder } from "./scripts/_process.ts";

const ROOT = new URL("../", import.meta.url);
const PAGE = Deno.readTextFileSync(new URL("SECURITY.md", ROOT));
const TASKS = new Map(Object.entries<string>(config.tasks));

Deno.test("SECURITY.md lists exactly the permissions of every command in deno.json", () => {
  const rows = [...PAGE.matchAll(/^\| `([a-z:]+)` +\| (.*?) +\|/gm)].map((
    [, task, grants],
  ) => [task, grants]);
  const commands = Object.keys(config.exports).filter((entry) => TASKS.has(entry.slice(2))).map((entry) =>
    entry.slice(2)
  );
  assert(commands.length > 10);
  const expected = [...commands, "web", "web:build", "site", "site:build"].map((task) => {
    const flags = TASKS.get(task)!.split(" ").filter((word) => word.startsWith("--allow"));
    return [task, flags.length === 0 ? "none" : flags.map((flag) => `\`${flag}\``).join(" ")];
  });
  assertEquals(rows.sort(), expected.sort());
});

Deno.test("no task that runs a script loads a module from the web", () => {
  const running = [...TASKS].filter(([, task]) => task.startsWith("deno run "));
  assert(running.length > 20);
  for (const [name, task] of running) assert(task.startsWith("deno run --no-remote "), name);
});

Deno.test("a task's script may use its packages, and an environment no module from the web", () =>
  inFolder(async (cwd) => {
    const flags = TASKS.get("train")!.split(" ").slice(1, -1);
    const script = fromFileUrl(new URL("scripts/train.ts", ROOT));
    const run = (args: readonly string[]) =>
      new Deno.Command(Deno.execPath(), {
        args: [...flags, "--allow-import=127.0.0.1:1", script, ...args],
        cwd,
        env: { NO_COLOR: "1" },
      })
        .output();
    // A picture and a report: by packages of npm and, in this repository, of links.
    const short = ["--steps", "1100", "--eval-episodes", "1", "--hidden", "8", "--out", "x"];
    assertEquals((await run(short)).code, 0);
    assert(Deno.statSync(`${cwd}/x/policy.gif`).isFile);
    await Deno.writeTextFile(`${cwd}/env.ts`, 'import "http://127.0.0.1:1/evil.ts";');
    const { code, stderr } = await run(["--env", "./env.ts"]);
    assertEquals(code, 2);
    assertStringIncludes(new TextDecoder().decode(stderr), "--no-remote");
  }));
