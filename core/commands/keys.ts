import type { Command } from "commander";
import type { JsonObject } from "../domain/json.ts";
import type { ApiClient } from "./api-client.ts";
import { textAt } from "./read-json.ts";
import { type ListFlags, show } from "./reading.ts";
import type { World } from "./world.ts";

/** Add `keys rotate` to the program. The running hub does it, because that alone writes the store. */
export function addKeys(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  program
    .command("keys")
    .description("the keys that secrets are encrypted with")
    .command("rotate")
    .description("seal every secret under a new key while the hub runs")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags) => {
      done(show(world, await api.post("/v1/admin/keys/rotate", {}), flags, sayRotation));
    });
}

function sayRotation(rotation: JsonObject): readonly string[] {
  const newest = textAt(rotation, "newest");
  const done = `Secrets sealed anew under key ${newest}: ${textAt(rotation, "resealed")}. Older keys retired from secrets.json: ${textAt(rotation, "retired")}.`;
  if (textAt(rotation, "kept_by") === "hub") return [done];
  return [
    done,
    `Key ${newest} is the first of COUNTERSIGN_KEYS; the others in it are not needed any more.`,
    "To exchange it: put a new one (openssl rand -base64 32) before it, restart the hub, rotate again, then remove the old one.",
  ];
}
