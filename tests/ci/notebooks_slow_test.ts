import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { notebookOf } from "../../.ci/_notebook.ts";
import { notebooks } from "../../.ci/_notebooks.ts";
import { fromFileUrl } from "../../.ci/from_file_url.ts";
import { inFolder } from "../scripts/_process.ts";

const DOCS = fromFileUrl(new URL("../../docs/", import.meta.url));

/** Checks notebooks, and runs each whose code no other has; prints the cells' outputs, or how a cell failed. */
const SCRIPT = `
import json, sys
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

report, known = {}, {}
for path, text in json.load(sys.stdin).items():
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    code = tuple(cell.source for cell in notebook.cells if cell.cell_type == "code")
    if code not in known:
        try:
            if code:
                NotebookClient(notebook, timeout=120, resources={"metadata": {"path": sys.argv[1]}}).execute()
            known[code] = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
        except CellExecutionError as error:
            known[code] = str(error)
    report[path] = known[code]
json.dump(report, sys.stdout)
`;

/** A Python that has nbclient (Debian: python3-nbclient). */
const PYTHON = ["/usr/bin/python3", "python3"].find((python) => {
  try {
    return new Deno.Command(python, { args: ["-c", "import nbclient"] }).outputSync().success;
  } catch {
    return false;
  }
});

type Output = { output_type: string; text?: string; data?: Record<string, string> };

/** Runs notebooks with Deno's kernel, which it installs in a folder of its own. */
async function run(all: ReadonlyMap<string, unknown>): Promise<Record<string, Output[][] | string>> {
  let report = {};
  await inFolder(async (folder) => {
    // Where Deno and Jupyter look for kernels, on Linux.
    const env = { XDG_DATA_HOME: folder, JUPYTER_RUNTIME_DIR: folder, NO_COLOR: "1" };
    const { success } = await new Deno.Command(Deno.execPath(), { args: ["jupyter", "--install"], env })
      .output();
    assert(success);
    const child = new Deno.Command(PYTHON!, {
      args: ["-c", SCRIPT, DOCS],
      env,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const texts = [...all].map(([path, notebook]) => [path, JSON.stringify(notebook)]);
    const input = new Blob([JSON.stringify(Object.fromEntries(texts))]).stream().pipeTo(child.stdin);
    const [{ code, stdout, stderr }] = await Promise.all([child.output(), input]);
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    report = JSON.parse(new TextDecoder().decode(stdout));
  });
  return report;
}

const ignore = PYTHON === undefined || Deno.build.os !== "linux";

Deno.test({ name: "every notebook is valid and runs with Deno's kernel", ignore }, async () => {
  const guide = Deno.readTextFileSync(`${DOCS}notebooks.md`).replaceAll("```ts ignore", "```ts");
  const all = new Map([
    ...notebooks(),
    ["guide", notebookOf(guide, (target) => target)],
    ["broken", notebookOf('```ts\nthrow new Error("as it must");\n```', (target) => target)],
  ]);
  const { guide: picture, broken, ...chapters } = await run(all);
  assert(typeof broken === "string");
  assertStringIncludes(broken, "as it must");
  assertStringIncludes(JSON.stringify(picture), "image/svg+xml");
  for (const [path, outputs] of Object.entries(chapters)) {
    assert(typeof outputs !== "string", `${path}: ${outputs}`);
    assertEquals(outputs.length, all.get(path)!.cells.filter((cell) => cell.cell_type === "code").length);
  }
  // What the blocks of chapters 1 and 4 print.
  assertStringIncludes(JSON.stringify(chapters["en/01_environments.ipynb"]), "1 false false");
  assertStringIncludes(JSON.stringify(chapters["ko/04_dqn.ipynb"]), "episode 150: ");
});
