import { visibleLine } from "../values/visible_text.ts";

/** Rows of cells as a Markdown table, the first column left-aligned. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((text, i) => Math.max(text.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${
      cells.map((text, i) => i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)).join(" | ")
    } |`;
  const rule = `| ${
    widths.map((width, i) => i === 0 ? "-".repeat(width) : "-".repeat(width - 1) + ":").join(" | ")
  } |`;
  return [line(header), rule, ...rows.map(line)].join("\n");
}

/**
 * The columns that fit into a line, from the left; a last column shows that others are missing.
 *
 * @param rows All of them.
 * @param width Characters in a line.
 * @param least Number of columns that are always kept.
 * @returns Rows for {@linkcode textTable}.
 */
export function fittingColumns(
  rows: readonly (readonly string[])[],
  width: number,
  least: number,
): readonly (readonly string[])[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const widthOf = (count: number) => widths.slice(0, count).reduce((sum, cell) => sum + cell + 2, -2);
  if (widthOf(widths.length) <= width) return rows;
  let count = widths.length - 1;
  while (count > least && widthOf(count) + 3 > width) count--;
  return rows.map((row) => [...row.slice(0, count), "…"]);
}

/** Rows of cells as aligned text, one line per row, the first column left-aligned, the others right-aligned. */
export function textTable(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(visibleLine));
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) =>
    row.map((text, i) => i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)).join("  ").trimEnd()
  ).join("\n");
}
