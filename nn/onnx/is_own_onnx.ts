import { ARCHITECTURE } from "./_architecture.ts";

/**
 * Whether a model is a policy of this library, by its metadata: other programs may have an `architecture`, too, but no JSON object.
 *
 * @param metadata Of the file.
 */
export function isOwnOnnx(metadata: Readonly<Record<string, string>>): boolean {
  return metadata[ARCHITECTURE]?.trimStart().startsWith("{") ?? false;
}
