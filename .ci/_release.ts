/** The files that a release reads. */
export interface ReleaseFiles {
  /** The text of deno.json. */
  config: string;
  /** The text of CHANGELOG.md. */
  changelog: string;
}

/**
 * The deno.json to publish: without `links`, the stand-ins for packages of JSR, and with tasks that may load these packages
 * from JSR.
 *
 * @param files What to release.
 * @param tag As in `v1.2.3`; undefined for none, as in a rehearsal.
 * @returns The text.
 * @throws {Error} If the tag is not that of the version, or the changelog has no dated section of it.
 */
export function releaseConfig(files: ReleaseFiles, tag?: string): string {
  const { links: _, ...config } = JSON.parse(files.config);
  for (const [name, task] of Object.entries(config.tasks ?? {})) {
    config.tasks[name] = String(task).replace("--no-remote ", "");
  }
  if (tag !== undefined) {
    if (tag !== `v${config.version}`) {
      throw new Error(`Cannot release: the tag must be v${config.version}, got ${tag}`);
    }
    const title = new RegExp(`^## ${RegExp.escape(config.version)} \\(\\d{4}-\\d\\d-\\d\\d\\)$`, "m");
    if (!title.test(files.changelog)) {
      throw new Error(`Cannot release: CHANGELOG.md must have "## ${config.version} (YYYY-MM-DD)"`);
    }
  }
  return JSON.stringify(config, null, 2) + "\n";
}
