/** Elements shown of an array, and characters of a text. */
const MOST = { elements: 100, characters: 10_000, depth: 4 };

/**
 * A value as the console prints it: a text as it is, anything else so that its kind can be seen.
 *
 * @param value The value.
 * @returns The text, cut where it is very long.
 */
export function valueText(value: unknown): string {
  const text = typeof value === "string" ? value : nested(value, 0);
  return text.length > MOST.characters ? `${text.slice(0, MOST.characters)}…` : text;
}

function nested(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return `[Function ${value.name}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (depth > MOST.depth) return "…";
  if (Array.isArray(value)) return list("", value, depth);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const elements: unknown[] = Array.from(Object.values(value).slice(0, MOST.elements + 1));
    return list(`${value.constructor.name} `, elements, depth);
  }
  if (value instanceof Set) return list("Set ", [...value], depth);
  if (value instanceof Map) {
    return braced(
      "Map ",
      [...value].map(([key, item]) => `${nested(key, depth)} => ${nested(item, depth + 1)}`),
    );
  }
  const name = value.constructor?.name ?? "Object";
  const fields = Object.entries(value).map(([key, item]) => `${key}: ${nested(item, depth + 1)}`);
  return braced(name === "Object" ? "" : `${name} `, fields);
}

function list(name: string, elements: readonly unknown[], depth: number): string {
  const shown = elements.slice(0, MOST.elements).map((element) => nested(element, depth + 1));
  return `${name}[${[...shown, ...elements.length > MOST.elements ? ["…"] : []].join(", ")}]`;
}

function braced(name: string, parts: readonly string[]): string {
  return parts.length === 0 ? `${name}{}` : `${name}{ ${parts.join(", ")} }`;
}
