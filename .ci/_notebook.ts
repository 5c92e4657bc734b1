/** A Jupyter notebook in format 4.5. */
export interface Notebook {
  nbformat: 4;
  nbformat_minor: 5;
  metadata: {
    kernelspec: { name: string; display_name: string; language: string };
    language_info: { name: string; file_extension: string; mimetype: string };
  };
  cells: NotebookCell[];
}

/** A cell of text, or of code that has not been run. */
export type NotebookCell =
  | { id: string; cell_type: "markdown"; metadata: Record<never, never>; source: string[] }
  | {
    id: string;
    cell_type: "code";
    metadata: Record<never, never>;
    execution_count: null;
    outputs: [];
    source: string[];
  };

const TYPESCRIPT = /^```ts\n([\s\S]*?)^```$/m;

/** Lines as a notebook stores them: each but the last with its line end. */
const linesOf = (text: string) => text.trim().split(/(?<=\n)/);

/**
 * A chapter as a notebook for Deno's kernel: the blocks of TypeScript are cells of code, all between them is text.
 *
 * @param page The chapter in Markdown.
 * @param linkTo Where a relative link or picture leads from the notebook.
 * @returns The notebook.
 */
export function notebookOf(page: string, linkTo: (target: string) => string): Notebook {
  const cells: NotebookCell[] = [];
  // A split by a pattern with a group has what the group matched at each odd place.
  page.split(TYPESCRIPT).forEach((part, i) => {
    if (part.trim() === "") return;
    const id = `cell-${cells.length}`;
    if (i % 2 === 1) {
      const source = linesOf(part);
      cells.push({ id, cell_type: "code", metadata: {}, execution_count: null, outputs: [], source });
    } else {
      const text = part.replaceAll(
        /\]\(([^)\s]+)\)/g,
        (_, target) => `](${/^([a-z]+:|#)/.test(target) ? target : linkTo(target)})`,
      );
      cells.push({ id, cell_type: "markdown", metadata: {}, source: linesOf(text) });
    }
  });
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/x.typescript" },
    },
    cells,
  };
}
