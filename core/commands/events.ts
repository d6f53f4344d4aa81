import type { Command } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { plainText, table } from "../log/plain-text.ts";
import type { ApiClient } from "./api-client.ts";
import { objectsAt, textAt, timeAt } from "./read-json.ts";
import { addPaging, type ListFlags, readList, sayList, show } from "./reading.ts";
import type { World } from "./world.ts";

/** Add `events list | show` to the program. */
export function addEvents(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  const events = program.command("events").description("events as they were received");
  addPaging(events.command("list").description("newest first"))
    .option("--type <type>", "only of this type")
    .option("--subject <text>", "only about this")
    .option("--unrouted", "only those that no rule matched")
    .option("--json", "print JSON")
    .action(async (flags: EventFlags) => {
      const { type, subject, limit, after } = flags;
      const unrouted = flags.unrouted ? { unrouted: "true" } : {};
      const asked = { type, subject, limit, after, ...unrouted };
      done(show(world, await readList(api, "/v1/events", asked), flags, sayEvents));
    });
  events
    .command("show <id>")
    .description("one event, with its rules, deliveries and approval")
    .option("--json", "print JSON")
    .action(async (id: string, flags: ListFlags) => {
      done(show(world, await api.get(`/v1/events/${encodeURIComponent(id)}`), flags, sayOne));
    });
}

type EventFlags = ListFlags & {
  readonly type?: string;
  readonly subject?: string;
  readonly unrouted?: true;
};

const receivedAt = (event: JsonObject) => timeAt(event, "received_at") || timeAt(event, "time");

const sayEvents = sayList("No events.", ["ID", "TYPE", "SUBJECT", "RECEIVED"], (one) => [
  textAt(one, "id"),
  textAt(one, "type"),
  textAt(one, "subject"),
  receivedAt(one),
]);

function sayOne(event: JsonObject): readonly string[] {
  const deliveries = objectsAt(event, "deliveries").map((one) => [
    `  ${textAt(one, "id")}`,
    textAt(one, "kind"),
    textAt(one, "platform"),
    textAt(one, "label"),
    textAt(one, "state"),
    textAt(one, "because"),
  ]);
  const fields = JSON.stringify(event["data"] ?? {}, null, 2).split("\n");
  return [
    [textAt(event, "type"), textAt(event, "subject"), textAt(event, "id")]
      .filter(Boolean)
      .join("  "),
    `Received ${receivedAt(event)} from ${textAt(event, "source")}`,
    ...objectsAt(event, "matched").map((rule) => `Rule ${textAt(rule, "name")}`),
    ...(textAt(event, "approval", "id")
      ? [`Approval ${textAt(event, "approval", "id")}, ${textAt(event, "approval", "state")}`]
      : []),
    ...(deliveries.length === 0 ? [] : ["Deliveries", ...table(deliveries)]),
    "Data",
    ...fields.map((line) => `  ${plainText(line)}`),
  ];
}
