import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { TeamsManifest } from "./manifest.ts";

/** The pictures that a package brings: 192 x 192 in colour, 32 x 32 in white on nothing. */
export interface Icons {
  readonly color: Buffer;
  readonly outline: Buffer;
}

/** Teams compares versions, not times; so the same manifest makes the same bytes. */
const sameTime = { mtime: new Date("2026-01-01T00:00:00Z") };

/** Pack what a Teams admin uploads: the manifest and both pictures, at the root of a zip. */
export async function packApp(manifest: TeamsManifest, { color, outline }: Icons): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), "manifest.json", sameTime);
  zip.addBuffer(color, "color.png", sameTime);
  zip.addBuffer(outline, "outline.png", sameTime);
  zip.end();
  return buffer(zip.outputStream);
}
