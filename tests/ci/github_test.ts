import { assert, assertEquals } from "@std/assert";
import { VERSION } from "../../scripts/values/package.ts";

const ROOT = new URL("../../", import.meta.url);
const TO_JSON = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))";

const hasYaml = (() => {
  try {
    const args = ["-c", "import yaml"];
    return new Deno.Command("python3", { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
})();

/** What a YAML file holds, as PyYAML reads it. */
async function yaml(path: string) {
  const child = new Deno.Command("python3", {
    args: ["-c", TO_JSON],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  })
    .spawn();
  await new Blob([Deno.readFileSync(new URL(path, ROOT))]).stream().pipeTo(child.stdin);
  const { success, stdout, stderr } = await child.output();
  assert(success, `${path}: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

const commandsOf = (job: { steps: { run?: string }[] }) =>
  job.steps.flatMap(({ run }) => run === undefined ? [] : [run]);

Deno.test(
  "only the job that publishes may ask for a token, and it runs no test",
  { ignore: !hasYaml },
  async () => {
    const { permissions, jobs } = await yaml(".github/workflows/publish.yml");
    assertEquals(permissions, { contents: "read" });
    assertEquals(Object.keys(jobs), ["test", "publish"]);
    assertEquals([jobs.test.permissions, jobs.publish.permissions, jobs.publish.needs], [
      undefined,
      { contents: "read", "id-token": "write" },
      "test",
    ]);
    assertEquals(commandsOf(jobs.publish).filter((run) => /task (ok|test|check)|install/.test(run)), []);
    assert(commandsOf(jobs.test).includes("deno task ok"));
    assertEquals((await yaml(".github/workflows/ok.yml")).permissions, { contents: "read" });
  },
);

Deno.test("the site is built without a token, and published by a job that runs no code of it", {
  ignore: !hasYaml,
}, async () => {
  const { permissions, jobs } = await yaml(".github/workflows/site.yml");
  assertEquals([permissions, jobs.build.permissions], [{ contents: "read" }, undefined]);
  assertEquals(commandsOf(jobs.build), ["deno task site:build"]);
  assertEquals(jobs.publish.permissions, { pages: "write", "id-token": "write" });
  assertEquals(commandsOf(jobs.publish), []);
});

Deno.test(
  "both workflows and .ci/run install what tests use, and try arm64, too",
  { ignore: !hasYaml },
  async () => {
    const ok = await yaml(".github/workflows/ok.yml");
    const publish = await yaml(".github/workflows/publish.yml");
    for (const job of [ok.jobs.ok, ok.jobs.jsr, publish.jobs.test]) {
      assert(
        commandsOf(job).includes("sudo .ci/install_tools"),
      );
    }
    const read = (path: string) => Deno.readTextFileSync(new URL(path, ROOT));
    assert(read(".ci/run").includes(".ci/install_tools"));
    for (
      const name of [
        "chromium",
        "nats-server",
        "python3-nbclient",
        "python3-onnx",
        "qemu-user",
        "libc6-arm64-cross",
      ]
    ) {
      assert(read(".ci/install_tools").includes(name), name);
    }
    for (const os of ["ubuntu-24.04-arm", "macos-latest"]) {
      assert(
        ok.jobs.ok.strategy.matrix.os.includes(os),
        os,
      );
    }
  },
);

Deno.test("templates, Dependabot and the citation are YAML; the citation is of this version", {
  ignore: !hasYaml,
}, async () => {
  const folder = ".github/ISSUE_TEMPLATE";
  for (const { name } of Deno.readDirSync(new URL(folder, ROOT))) {
    const { body } = await yaml(`${folder}/${name}`);
    if (name !== "config.yml") assert(body.length > 1, name);
  }
  const { updates } = await yaml(".github/dependabot.yml");
  assertEquals(updates.map((update: { "package-ecosystem": string }) => update["package-ecosystem"]), [
    "github-actions",
    "npm",
  ]);
  const { version, "cff-version": form } = await yaml("CITATION.cff");
  assertEquals([version, form], [VERSION, "1.2.0"]);
});

Deno.test("every entry of the changelog is under Added, Changed, Fixed or a similar heading", () => {
  const text = Deno.readTextFileSync(new URL("CHANGELOG.md", ROOT));
  const [, ...versions] = text.split(/^## /m);
  assert(versions.length > 0);
  for (const version of versions) {
    const [title, ...sections] = version.split(/^### /m);
    assert(!/^- /m.test(title!), `${title} has entries before its first section`);
    for (const section of sections) {
      assert(/^(Added|Changed|Deprecated|Removed|Fixed|Security)\n\n- /.test(section), section.slice(0, 40));
    }
  }
});
