import packageJson from "../../deno.json" with { type: "json" };

/** The name of this package. */
export const NAME: string = packageJson.name;

/** The version of this package. */
export const VERSION: string = packageJson.version;
