/** The bracket before a Korean particle. */
const PARTICLE = /\)(?=\p{Script=Hangul})/gu;

/** A text or HTML in which no line starts with a Korean particle after a bracket: a word joiner (U+2060) holds them together. */
export function holdParticles(text: string): string {
  return text.replaceAll(PARTICLE, ")\u2060");
}
