import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import { beforeAll, describe, expect, it } from "vitest";
import { teamsAppPackage } from "../../../core/start/teams-app-package.ts";
import { unzip } from "../../fixtures/rig/unzip.ts";
import { projectRoot } from "../../fixtures/runner/source-tree.ts";

const appId = "11111111-2222-3333-4444-555555555555";
const instance = { hubUrl: "https://hub.acme.example", name: "staging", appId };

/** Microsoft's own schema, as its package ships it. */
const schemaPath = createRequire(import.meta.url)
  .resolve("@microsoft/app-manifest/package.json")
  .replace("package.json", "build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json");
const validate = new Ajv.default({
  strict: false,
  allErrors: true,
  validateFormats: false,
}).compile(JSON.parse(readFileSync(schemaPath, "utf8")) as object);

let files: ReadonlyMap<string, Buffer>;
let manifest: Record<string, unknown>;
beforeAll(async () => {
  const { zip, manifest: text } = await teamsAppPackage(instance);
  files = unzip(zip);
  manifest = JSON.parse(text) as Record<string, unknown>;
});

describe("the app package of Teams", () => {
  it("A3: holds the manifest and both pictures at its root, in the sizes that Teams asks for", () => {
    expect([...files.keys()].sort()).toEqual(["color.png", "manifest.json", "outline.png"]);
    expect(JSON.parse(String(files.get("manifest.json")))).toEqual(manifest);
    const sizeOf = (name: string) => {
      const picture = files.get(name) ?? Buffer.alloc(24);
      return [picture.readUInt32BE(16), picture.readUInt32BE(20)];
    };
    expect(sizeOf("color.png")).toEqual([192, 192]);
    expect(sizeOf("outline.png")).toEqual([32, 32]);
  });

  it("A3: passes Microsoft's schema, made from the running settings", () => {
    validate(manifest);
    expect(validate.errors ?? []).toEqual([]);
    expect(manifest).toMatchObject({
      id: appId,
      name: { short: "Countersign staging" },
      bots: [{ botId: appId }],
      validDomains: ["hub.acme.example"],
      developer: { websiteUrl: "https://hub.acme.example" },
    });
    expect(manifest).toMatchObject({
      bots: [{ commandLists: [{ scopes: ["personal"], commands: [{}, { title: "channels" }] }] }],
    });
    expect(JSON.stringify(manifest)).not.toContain("hub.example/");
    expect(JSON.stringify(manifest)).not.toContain("00000000-0000");
  });

  it.each([
    ["a field that nothing is called", { extra: 1 }],
    ["no name", { name: undefined }],
    ["a bot id that is no GUID", { bots: [{ botId: "x", scopes: ["team"] }] }],
    ["a short name of 31 characters", { name: { short: "x".repeat(31) } }],
  ])("would be refused with %s", (_, change) => {
    expect(validate(JSON.parse(JSON.stringify({ ...manifest, ...change })))).toBe(false);
  });

  it("keeps a long instance name within what Teams takes", async () => {
    const long = await teamsAppPackage({ ...instance, name: "x".repeat(40) });
    const { name } = JSON.parse(long.manifest) as { name: { short: string } };
    expect(name.short).toHaveLength(30);
  });

  it("is the same bytes for the same settings", async () => {
    const [one, other] = [await teamsAppPackage(instance), await teamsAppPackage(instance)];
    expect(one.zip.equals(other.zip)).toBe(true);
  });

  it("is refused where Teams could not reach the hub", async () => {
    const local = teamsAppPackage({ ...instance, hubUrl: "http://localhost:3000" });
    await expect(local).rejects.toThrow("Set PUBLIC_URL.");
  });

  it("has its source in the repository", () => {
    const source = readFileSync(join(projectRoot, "manifests/teams/manifest.json"), "utf8");
    expect(JSON.parse(source)).toMatchObject({ manifestVersion: "1.29" });
  });
});
