import { Sha256 } from "../../agents/mod.ts";
import { settingsText } from "./run_result.ts";
import { envFolder } from "../settings/env_name.ts";
import { VERSION } from "../values/package.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * A unique name of a run: readable, and different for different settings and different versions of this
 * package, whose bits may differ.
 */
export function runKey(settings: Settings): string {
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(`${VERSION} ${settingsText(settings)}`));
  const env = envFolder(settings.env).replaceAll(/[^\w.-]/g, "_");
  return `${env}-${settings.agent}-seed${settings.seed}-${hash.digest().slice(0, 12)}`;
}
