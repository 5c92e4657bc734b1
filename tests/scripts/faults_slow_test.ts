import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { randomSeeded } from "@std/random";
import { decodeCheckpoint } from "../../scripts/run/checkpoint.ts";
import { checkFiles } from "../../scripts/run_folder/check_files.ts";
import { LASTING_FILES } from "../../scripts/run_folder/run_file.ts";
import { main } from "../../scripts/train.ts";
import {
  appearance,
  contentOf,
  filesBelow,
  inFolder,
  runScript,
  startScript,
  startTraining,
} from "./_process.ts";

const ARGS = [
  ...["--hidden", "8", "--batch-size", "8", "--stop-at-return", "none", "--skip-pictures"],
  ...["--eval-interval", "1000", "--eval-episodes", "2"],
];
const RESUME = ["--resume", "x", "--skip-pictures", "--checkpoint-interval", "500"];

const train = (cwd: string, out: string, args: readonly string[]) =>
  main([...ARGS, ...args, "--out", `${cwd}/${out}`, "--quiet"]);

async function mount(...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command("mount", { args, stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** Unmounts even what is in use, once it no longer is. */
const unmount = (path: string) => new Deno.Command("umount", { args: ["--lazy", path] }).output();

/** Whether file systems may be mounted: on Linux, by root outside of most containers. */
const mayMount = await (async () => {
  if (Deno.build.os !== "linux") return false;
  const folder = await Deno.makeTempDir();
  const mounted = await mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", folder);
  if (mounted) await unmount(folder);
  await Deno.remove(folder);
  return mounted;
})();

/** Fills a disk; gives what takes up the room. */
function fill(disk: string): string {
  const ballast = `${disk}/ballast`;
  using file = Deno.openSync(ballast, { write: true, create: true });
  try {
    while (true) file.writeSync(new Uint8Array(4096));
  } catch (error) {
    assertStringIncludes(String(error), "No space left");
  }
  return ballast;
}

/** Gives a body a folder on a small disk of its own. */
const onDisk = (size: string, body: (cwd: string, disk: string) => Promise<void>) =>
  inFolder(async (cwd) => {
    const disk = `${cwd}/disk`;
    Deno.mkdirSync(disk);
    assert(await mount("-t", "tmpfs", "-o", `size=${size}`, "tmpfs", disk));
    try {
      await body(cwd, disk);
    } finally {
      await unmount(disk);
    }
  });

Deno.test("a full disk costs only what is new: the last good checkpoint stays, and the run resumes from it", {
  ignore: !mayMount,
}, () =>
  onDisk("1m", async (cwd, disk) => {
    await train(disk, "x", ["--steps", "1500"]);
    const good = contentOf(`${disk}/x`);
    // Room for some small files, not for a second checkpoint.
    const ballast = fill(disk);
    Deno.truncateSync(ballast, Deno.statSync(ballast).size - 40_000);
    const { code, stdout, stderr } = await runScript("train.ts", [...RESUME, "--steps", "4000"], {
      cwd: disk,
    });
    assertEquals(code, 1);
    assertMatch(
      stderr,
      /^warning: Cannot save x\/[^\n]*: No space left[^\n]*\nerror: Cannot save x\/[^\n]*: No space left[^\n]*\(not saved: [^\n]*checkpoint.safetensors[^\n]*\)\n$/,
    );
    assertStringIncludes(stdout, "after 4,000 steps");
    assertEquals(contentOf(`${disk}/x`)["checkpoint.safetensors"], good["checkpoint.safetensors"]);
    assertEquals(filesBelow(`${disk}/x`).filter((name) => name.endsWith(".tmp")), []);
    Deno.removeSync(ballast);
    const again = await runScript("train.ts", [...RESUME, "--steps", "4000"], { cwd: disk });
    assertEquals([again.code, again.stderr], [0, ""]);
    await train(cwd, "whole", ["--steps", "4000"]);
    assertEquals(contentOf(`${disk}/x`), contentOf(`${cwd}/whole`));
  }));

Deno.test("a disk that is full for a while costs nothing that is saved after it, and the end nothing", {
  ignore: !mayMount,
}, () =>
  onDisk("2m", async (cwd, disk) => {
    const args = [...ARGS, "--steps", "20000", "--checkpoint-interval", "250", "--tensorboard"];
    const child = startTraining(args, disk);
    await appearance(disk, "x/checkpoint.safetensors");
    let ballast = fill(disk);
    let said = "";
    let times = 0;
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      said += text;
      // Told of the full disk, somebody makes room, twice.
      if (said.split("warning: ").length > times + 1 && said.endsWith("at the end)\n")) {
        Deno.removeSync(ballast);
        times++;
      }
      if (times === 1 && said.endsWith("saved again: x\n")) ballast = fill(disk);
    }
    const [{ code }, stdout] = [await child.status, await new Response(child.stdout).text()];
    assertEquals(code, 0, said);
    assertEquals(said.replaceAll(/^warning: Cannot save x\/.*: No space left.*$/gm, "W").split("\n"), [
      ...["W", "saved again: x", "W", "saved again: x"],
      "",
    ]);
    assertStringIncludes(stdout, "after 20,000 steps");
    await train(cwd, "whole", ["--steps", "20000", "--checkpoint-interval", "250", "--tensorboard"]);
    const log = "events.out.tfevents.0.bellman"; // with the time of day
    const [own, whole] = [contentOf(`${disk}/x`), contentOf(`${cwd}/whole`)];
    assertEquals(
      own[log] instanceof Uint8Array && own[log].length,
      whole[log] instanceof Uint8Array && whole[log].length,
    );
    assertEquals(without(own, [log, "SHA256SUMS"]), without(whole, [log, "SHA256SUMS"]));
  }));

Deno.test(
  "a disk that fills up and empties again at 50 moments, and a process killed between them, cost no bit",
  {
    ignore: !mayMount,
  },
  () =>
    onDisk("2m", async (cwd, disk) => {
      const random = randomSeeded(2028n);
      const pause = () => new Promise((resolve) => setTimeout(resolve, random() * 150));
      const interval = ["--checkpoint-interval", "50"];
      const small = ["--buffer-size", "2000"];
      let warnings = 0;
      for (let round = 0; round < 10; round++) {
        const begun = filesBelow(disk).includes("x/config.json");
        const args = begun
          ? ["--resume", "x", "--skip-pictures"]
          : [...ARGS, ...small, "--steps", "1000000", "--out", "x"];
        const child = startScript("train.ts", [...args, ...interval, "--quiet"], { cwd: disk });
        const ending = child.output();
        if (round > 0) await new Promise((resolve) => setTimeout(resolve, random() * 1_000)); // the first gets past its start
        else await appearance(disk, "x/checkpoint.safetensors");
        for (let time = 0; time < 5; time++) {
          const ballast = fill(disk);
          // Now and then there is room for some of the files.
          const { size } = Deno.statSync(ballast);
          Deno.truncateSync(ballast, size - Math.min(size, Math.floor(random() * 3) * 30_000));
          await pause();
          Deno.removeSync(ballast);
          await pause();
        }
        try {
          child.kill("SIGKILL");
        } catch {
          // It found the disk full when it began.
        }
        const { code, stderr } = await ending;
        const said = new TextDecoder().decode(stderr);
        assert(
          code === 137 || code === 2 && said.includes("No space left"),
          `round ${round}, ${code}: ${said}`,
        );
        warnings += said.split("No space left").length - 1;
        const files = await checkFiles(`${disk}/x`, LASTING_FILES);
        assertEquals(files?.filter(({ state }) => state !== "same") ?? [], [], `round ${round}`);
      }
      assert(warnings > 0, "some write must have failed");
      const { snapshot } = await decodeCheckpoint(Deno.readFileSync(`${disk}/x/checkpoint.safetensors`));
      const steps = String(snapshot.loop.step + 500);
      assertEquals(await main(["--resume", `${disk}/x`, "--steps", steps, "--quiet", "--skip-pictures"]), 0);
      await train(cwd, "whole", [...small, "--steps", steps]);
      assertEquals(contentOf(`${disk}/x`), contentOf(`${cwd}/whole`));
    }),
);

const without = (files: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)));

Deno.test(
  "files that may not grow any further are as a full disk",
  { ignore: Deno.build.os === "windows" },
  () =>
    inFolder(async (cwd) => {
      await train(cwd, "x", ["--steps", "1500"]);
      const good = contentOf(`${cwd}/x`);
      const script = new URL("../../scripts/train.ts", import.meta.url).href;
      // In blocks of 512 bytes: enough for every file but the checkpoint, which grows by 43 bytes with each step.
      const limit = Math.ceil(Deno.statSync(`${cwd}/x/checkpoint.safetensors`).size / 512) + 20;
      const command = `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`;
      const { code, stderr } = await new Deno.Command("sh", {
        args: [
          "-c",
          command,
          Deno.execPath(),
          "run",
          "-RW",
          "--no-prompt",
          script,
          ...RESUME,
          "--steps",
          "4000",
        ],
        cwd,
      }).output();
      assertEquals(code, 1);
      assertMatch(
        new TextDecoder().decode(stderr),
        /^warning: Cannot save x\/checkpoint.safetensors: File too large[^\n]*\nerror: [^\n]*\(not saved: checkpoint.safetensors\)\n$/,
      );
      assertEquals(contentOf(`${cwd}/x`)["checkpoint.safetensors"], good["checkpoint.safetensors"]);
      assertEquals((await runScript("train.ts", [...RESUME, "--steps", "4000"], { cwd })).code, 0);
      await train(cwd, "whole", ["--steps", "4000"]);
      assertEquals(contentOf(`${cwd}/x`), contentOf(`${cwd}/whole`));
    }),
);

Deno.test(
  "a folder that cannot be written is refused, and left unchanged",
  { ignore: !mayMount },
  () =>
    onDisk("1m", async (_, disk) => {
      await train(disk, "x", ["--steps", "1500"]);
      const good = contentOf(`${disk}/x`);
      assert(await mount("-o", "remount,ro", disk));
      for (
        const args of [RESUME, [...RESUME, "--steps", "4000"], ["--out", "y"], ["--out", "x", "--overwrite"]]
      ) {
        const { code, stdout, stderr } = await runScript("train.ts", args, { cwd: disk });
        assertEquals([code, stdout], [2, ""]);
        assertMatch(
          stderr,
          /^error: Cannot save the run: [xy] must be a writable folder, got: Read-only[^\n]*\n$/,
        );
      }
      assertEquals(contentOf(`${disk}/x`), good);
    }),
);

Deno.test(
  "a folder that becomes read-only keeps its last good checkpoint",
  { ignore: !mayMount },
  () =>
    inFolder(async (cwd) => {
      const folder = `${cwd}/x`;
      const child = startTraining([...ARGS, "--steps", "8000", "--checkpoint-interval", "100"], cwd);
      await appearance(cwd, "x/checkpoint.safetensors");
      assert(await mount("--bind", folder, folder));
      try {
        // Refused while a checkpoint is open for writing.
        const readOnly = () => mount("-o", "remount,bind,ro", folder);
        let attempts = 1;
        while (!await readOnly()) assert(attempts++ < 1000);
        const { code, stdout, stderr } = await child.output();
        assertEquals(code, 1);
        assertMatch(new TextDecoder().decode(stdout), /trajectory +[0-9a-f]{64}\n$/);
        const said = new TextDecoder().decode(stderr);
        assertMatch(
          said,
          /^warning: Cannot save x\/[^\n]*Read-only[^\n]*\nerror: [^\n]*Read-only[^\n]*\(not saved: [^\n]*\)\n$/,
        );
      } finally {
        await child.status; // until then it may keep the folder busy
        await unmount(folder);
      }
      assertEquals(await main(["--resume", folder, "--quiet", "--skip-pictures"]), 0);
      await train(cwd, "whole", ["--steps", "8000"]);
      assertEquals(contentOf(folder), contentOf(`${cwd}/whole`));
    }),
);

Deno.test("a folder that vanishes while checkpoints are saved costs the files, not the result", {
  ignore: Deno.build.os === "windows",
}, () =>
  inFolder(async (cwd) => {
    const child = startTraining([...ARGS, "--steps", "8000", "--checkpoint-interval", "100"], cwd);
    await appearance(cwd, "x/checkpoint.safetensors");
    await Deno.rename(`${cwd}/x`, `${cwd}/moved`);
    const { code, stdout, stderr } = await child.output();
    assertEquals(code, 1);
    assertMatch(new TextDecoder().decode(stdout), /trajectory +[0-9a-f]{64}\n$/);
    assertMatch(
      new TextDecoder().decode(stderr),
      /^warning: Cannot save x\/[^\n]*: No such file[^\n]*\nerror: [^\n]*: No such file[^\n]*\(not saved: [^\n]*\)\n$/,
    );
    // What was saved until then is good.
    assertEquals(await main(["--resume", `${cwd}/moved`, "--quiet", "--skip-pictures"]), 0);
    await train(cwd, "whole", ["--steps", "8000"]);
    assertEquals(contentOf(`${cwd}/moved`), contentOf(`${cwd}/whole`));
  }));
