import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createSlackAppSetup } from "../../slack-app/install/app-setup.ts";
import type { SlackAppSetup } from "../ports/app-setup.ts";
import type { SlackPlaces } from "../ports/platform-settings.ts";
import { packageRoot } from "../web/package-root.ts";

/** Make the set-up of the operator's Slack app from the manifest that this package brings. */
export function slackAppSetup(
  instance: { readonly hubUrl: string; readonly name?: string },
  places: Pick<SlackPlaces, "apiUrl">,
): SlackAppSetup {
  const source = readFileSync(join(packageRoot, "manifests", "slack", "manifest.json"), "utf8");
  return createSlackAppSetup(source, instance, places);
}
