/** A language's grammar. */
export interface Grammar {
  readonly name: string;
}

/** The part of highlight.js that the site uses; its own types need those of a document. */
declare const hljs: {
  registerLanguage(name: string, grammar: () => Grammar): void;
  getLanguage(name: string): Grammar | undefined;
  highlight(code: string, options: { readonly language: string }): { readonly value: string };
};
export default hljs;
