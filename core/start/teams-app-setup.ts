import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createTeamsAppSetup } from "../../teams-app/install/app-setup.ts";
import type { TeamsManifest } from "../../teams-app/install/manifest.ts";
import type { TeamsAppSetup } from "../ports/app-setup.ts";
import type { TeamsCloud } from "../ports/platform-settings.ts";
import { packageRoot } from "../web/package-root.ts";
import { machineClock } from "./clocks.ts";

/** Make the set-up of the operator's Azure Bot from the manifest and the pictures that this package brings. */
export function teamsAppSetup(
  instance: { readonly hubUrl: string; readonly name?: string },
  cloud: Pick<TeamsCloud, "loginUrl">,
): TeamsAppSetup {
  const read = (name: string) => readFileSync(join(packageRoot, "manifests", "teams", name));
  const source = JSON.parse(read("manifest.json").toString("utf8")) as TeamsManifest;
  const icons = { color: read("color.png"), outline: read("outline.png") };
  return createTeamsAppSetup(source, icons, instance, { cloud, clock: machineClock });
}
