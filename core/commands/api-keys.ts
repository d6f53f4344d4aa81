import { type Command, InvalidArgumentError } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { plainText, table } from "../log/plain-text.ts";
import type { ApiClient } from "./api-client.ts";
import { objectsAt, textAt, timeAt } from "./read-json.ts";
import { type ListFlags, show } from "./reading.ts";
import type { World } from "./world.ts";

interface CreateFlags extends ListFlags {
  readonly producer?: string;
  readonly person?: string;
  readonly scopes: readonly string[];
  readonly expires?: string;
}

/** Add `api-keys create | list | revoke` to the program. */
export function addApiKeys(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  const keys = program.command("api-keys").description("keys that programs come with");
  keys
    .command("list")
    .description("all of them, with what they may do and when they were last used")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags) =>
      done(show(world, await api.get("/v1/keys"), flags, sayList)),
    );
  keys
    .command("create")
    .description("make a key; its text is printed once")
    .argument("<name>", "where it is used")
    .option("--producer <name>", "the producer that it belongs to, by name or id")
    .option("--person <email>", "or the person, by e-mail address or id")
    .option("--scopes <list>", "of events, read, vote, admin", readScopes, ["events", "read"])
    .option("--expires <span>", "such as 24h or 90d; else never")
    .option("--json", "print JSON")
    .action(async (name: string, flags: CreateFlags) => {
      const { producer, person, scopes, expires } = flags;
      const body = {
        ...{ name, scopes },
        ...(producer === undefined ? {} : { producer }),
        ...(person === undefined ? {} : { person }),
        ...(expires === undefined ? {} : { expires_in: expires }),
      };
      done(show(world, await api.post("/v1/keys", body), flags, sayCreated));
    });
  keys
    .command("revoke")
    .description("end a key for good, within a second everywhere")
    .argument("<id>", "key_…, as list shows it")
    .option("--json", "print JSON")
    .action(async (id: string, flags: ListFlags) => {
      const path = `/v1/keys/${encodeURIComponent(id)}`;
      done(show(world, await api.delete(path), flags, sayRevoked));
    });
}

function readScopes(text: string): readonly string[] {
  const scopes = text.split(",").map((scope) => scope.trim());
  if (scopes.includes("")) throw new InvalidArgumentError("Give scopes with commas between.");
  return scopes;
}

function sayList(body: JsonObject): readonly string[] {
  const items = objectsAt(body, "items");
  if (items.length === 0) return ["No keys. `api-keys create NAME --producer PRODUCER` makes one."];
  return table([["ID", "NAME", "OF", "MAY", "LAST USED", "STATE"], ...items.map(row)]);
}

const row = (key: JsonObject) => [
  textAt(key, "id"),
  textAt(key, "name"),
  textAt(key, "owner", "name"),
  Array.isArray(key["scopes"]) ? key["scopes"].join(",") : "",
  key["last_used_at"] === null ? "not yet" : timeAt(key, "last_used_at"),
  textAt(key, "state"),
];

const sayCreated = (body: JsonObject) => [
  textAt(body, "key"),
  plainText(
    `This is ${textAt(body, "name")} (${textAt(body, "id")}), shown once: no copy that anybody can read is kept.`,
  ),
];

const sayRevoked = (body: JsonObject) => [
  plainText(`${textAt(body, "name")} (${textAt(body, "id")}) opens nothing any more.`),
];
