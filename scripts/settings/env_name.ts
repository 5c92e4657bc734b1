/** The pattern that distinguishes a file from the name of an environment. */
const FILE = /[/\\]|\.[cm]?[jt]sx?$/;

/** Whether the name of an environment is a file. */
export function isEnvFile(name: string): boolean {
  return FILE.test(name);
}

/**
 * The name of an environment as part of a path: without folders and ending, if it is a file. A file name of dots only
 * would name another folder.
 */
export function envFolder(name: string): string {
  if (!FILE.test(name)) return name;
  const base = name.replace(/^.*[/\\]/, "").replace(/\.\w+$/, "");
  return /^\.*$/.test(base) ? "env" : base;
}

/**
 * The name of an environment without its location: that of a file has no folders, as in `./my_env.ts`, so that settings
 * are the same in every folder and on every machine.
 */
export function envName(name: string): string {
  return FILE.test(name) ? `./${name.replace(/^.*[/\\]/, "")}` : name;
}
