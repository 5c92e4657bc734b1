/** Names without the words that all of them begin with, for where there is little room; no name is left without words, and a single one as it is. */
export function withoutCommonWords(names: readonly string[]): string[] {
  if (names.length === 1) return [...names];
  const split = names.map((name) => name.split(" "));
  const [first = []] = split;
  const isCommon = (word: number) =>
    split.every((words) => word < words.length - 1 && words[word] === first[word]);
  let common = 0;
  while (isCommon(common) && common < first.length) common++;
  return split.map((words) => words.slice(common).join(" "));
}
