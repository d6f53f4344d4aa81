import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildManifest,
  type Instance,
  type TeamsManifest,
} from "../../teams-app/install/manifest.ts";
import { packApp } from "../../teams-app/install/package.ts";
import { packageRoot } from "../web/package-root.ts";

/** Make the app package that a Teams admin uploads, and the manifest in it. */
export async function teamsAppPackage(
  instance: Instance,
): Promise<{ readonly manifest: string; readonly zip: Buffer }> {
  const read = (name: string) => readFileSync(join(packageRoot, "manifests", "teams", name));
  const source = JSON.parse(read("manifest.json").toString("utf8")) as TeamsManifest;
  const manifest = buildManifest(source, instance);
  return {
    manifest: JSON.stringify(manifest, null, 2),
    zip: await packApp(manifest, { color: read("color.png"), outline: read("outline.png") }),
  };
}
