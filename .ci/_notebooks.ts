import { type Notebook, notebookOf } from "./_notebook.ts";
import { ROOT } from "./_package_copy.ts";

/** The languages of the course, each with the folder of its chapters. */
const LANGUAGES = { en: "docs/", ko: "docs/ko/" };

/**
 * Reads every chapter of the course as a notebook.
 *
 * @returns The notebooks by their paths in `docs/notebooks/`, such as `en/04_dqn.ipynb`.
 */
export function notebooks(): Map<string, Notebook> {
  const all = new Map<string, Notebook>();
  for (const [language, folder] of Object.entries(LANGUAGES)) {
    const names = [...Deno.readDirSync(new URL(folder, ROOT))].map(({ name }) => name).sort();
    const chapters = names.filter((name) => /^\d\d_\w+\.md$/.test(name));
    for (const chapter of chapters) {
      const page = new URL(`${folder}${chapter}`, ROOT);
      const notebook = notebookOf(Deno.readTextFileSync(page), (target) => {
        const [file = ""] = target.split("#");
        if (chapters.includes(file)) return target.replace(".md", ".ipynb");
        return `../../../${new URL(target, page).href.slice(ROOT.href.length)}`;
      });
      all.set(`${language}/${chapter.replace(".md", ".ipynb")}`, notebook);
    }
  }
  return all;
}

/**
 * Writes every notebook of the course; keeps those that somebody changed or ran.
 *
 * @param folder The folder, which will have a folder for each language.
 * @returns How many notebooks there are, and the paths of the kept ones.
 */
export function writeNotebooks(folder: URL): { count: number; kept: string[] } {
  const all = notebooks();
  const kept: string[] = [];
  for (const [path, notebook] of all) {
    const url = new URL(path, folder);
    const text = `${JSON.stringify(notebook, null, 1)}\n`;
    Deno.mkdirSync(new URL(".", url), { recursive: true });
    try {
      Deno.writeTextFileSync(url, text, { createNew: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
      if (Deno.readTextFileSync(url) !== text) kept.push(path);
    }
  }
  return { count: all.size, kept };
}
