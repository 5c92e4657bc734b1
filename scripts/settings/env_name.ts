/** What tells a file from the name of an environment. */
const FILE = /[/\\]|\.[cm]?[jt]sx?$/;

/** Whether the name of an environment is that of a file. */
export function isEnvFile(name: string): boolean {
  return FILE.test(name);
}

/** The name of an environment as part of a path: without folders and ending, if it is a file. */
export function envFolder(name: string): string {
  return FILE.test(name) ? name.replace(/^.*[/\\]/, "").replace(/\.\w+$/, "") : name;
}

/**
 * The name of an environment wherever it lies: that of a file without its folders, as in `./my_env.ts`, so that settings
 * are the same in every folder and on every machine.
 */
export function envName(name: string): string {
  return FILE.test(name) ? `./${name.replace(/^.*[/\\]/, "")}` : name;
}
