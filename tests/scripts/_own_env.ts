/** The code of the guide's own environment. */
export const OWN_ENV: string = Deno.readTextFileSync(
  new URL("../../docs/own_environment.md", import.meta.url),
).match(/```ts\n(\/\/ my_env\.ts[\s\S]*?)\n```/)![1]!;

/** What its code says when it runs. */
export const RAN = "the environment's code ran";

/** The same environment, which says so. */
export const LOUD_ENV: string = `console.error(${JSON.stringify(RAN)});\n${OWN_ENV}`;
