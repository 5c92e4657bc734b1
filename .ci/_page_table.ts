/** A table of a page of the guide, to be formatted. */
export function pageTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  return `${[head, head.map(() => "---"), ...rows].map(line).join("\n")}\n`;
}
