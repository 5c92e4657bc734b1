import { fixedText } from "./fixed_text.ts";

/** More numbers than this are cut short. */
const MOST_SHOWN = 8;

/** Numbers such as `[0.0274, −0.0061]`; of many, the first ones. */
export function arrayText(values: ArrayLike<number>): string {
  const shown = Array.from(
    { length: Math.min(values.length, MOST_SHOWN) },
    (_, i) => fixedText(values[i]!, 4),
  );
  return `[${[...shown, ...(values.length > MOST_SHOWN ? ["…"] : [])].join(", ")}]`;
}
