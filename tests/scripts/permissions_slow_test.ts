import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { filesBelow, inFolder, runScript } from "./_process.ts";

const ARGS = ["--hidden", "8", "--batch-size", "8", "--stop-at-return", "none", "--eval-episodes", "2"];

Deno.test("a run is trained, resumed and played with its own folder and nothing else", () =>
  inFolder(async (cwd) => {
    const own = ["--allow-read=x", "--allow-write=x"];
    const trained = await runScript("train.ts", [...ARGS, "--steps", "1200", "--out", "x"], {
      cwd,
      permissions: own,
    });
    assertEquals([trained.code, trained.stderr], [
      0,
      "Not drawn: policy.gif needs --allow-read without a path\n",
    ]);
    const files = [
      "SHA256SUMS",
      "checkpoint.safetensors",
      "config.json",
      "episodes.csv",
      "evaluations.csv",
      "policy.onnx",
      "policy.safetensors",
      "report.html",
      "reward.svg",
      "summary.json",
    ];
    assertEquals(filesBelow(`${cwd}/x`), files);
    const resumed = await runScript("train.ts", ["--resume", "x", "--steps", "1500"], {
      cwd,
      permissions: own,
    });
    assertEquals(resumed.code, 0, resumed.stderr);
    assertStringIncludes(resumed.stdout, "after 1,500 steps");
    const reading = ["--allow-read=x"];
    for (const script of ["evaluate.ts", "verify.ts"]) {
      const { code, stderr } = await runScript(script, ["x"], { cwd, permissions: reading });
      assertEquals([code, stderr], [0, ""], script);
    }
    assertEquals(filesBelow(cwd), files.map((file) => `x/${file}`));
  }));

Deno.test("without --out, runs/ is all that it needs", () =>
  inFolder(async (cwd) => {
    const permissions = ["--allow-read=runs", "--allow-write=runs"];
    const { code, stdout } = await runScript("train.ts", [...ARGS, "--steps", "1200"], { cwd, permissions });
    assertEquals(code, 0);
    assertStringIncludes(stdout, "saved in    runs/CartPole-v1/dqn-seed0");
  }));

Deno.test("a permission that has been withdrawn is named, and nothing is changed", () =>
  inFolder(async (cwd) => {
    await runScript("train.ts", [...ARGS, "--steps", "1200", "--out", "x", "--skip-pictures"], { cwd });
    const read = () => filesBelow(cwd).map((name) => [name, Deno.readFileSync(`${cwd}/${name}`)]);
    const before = read();
    for (const permissions of [["--allow-read=x"], ["--allow-write=x"], []]) {
      const { code, stdout, stderr } = await runScript("train.ts", ["--resume", "x", "--steps", "1500"], {
        cwd,
        permissions,
      });
      assertEquals([code, stdout], [2, ""]);
      assertMatch(stderr, /^error: Cannot [^\n]* access to "[^\n]*\n$/);
      assert(!/\n.*\n/.test(stderr));
    }
    const denied = ["--allow-read=x", "--allow-write=x", "--deny-write=x/checkpoint.safetensors.tmp"];
    const { code, stderr } = await runScript("train.ts", ["--resume", "x", "--steps", "1500"], {
      cwd,
      permissions: denied,
    });
    assertEquals(code, 2, stderr);
    assertEquals(read(), before);
  }));
