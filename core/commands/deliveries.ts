import type { Command } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { plainText, table } from "../log/plain-text.ts";
import { type ApiAnswer, type ApiClient, fail } from "./api-client.ts";
import { objectsAt, textAt, timeAt } from "./read-json.ts";
import { addPaging, type ListFlags, readList, sayList, show } from "./reading.ts";
import { exitCodes, print, type World } from "./world.ts";

interface RedeliverFlags extends ListFlags {
  readonly failed?: true;
  readonly since?: string;
  readonly label?: string;
  readonly dryRun?: true;
}

/** Add `deliveries list | show | redeliver` to the program. */
export function addDeliveries(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  const deliveries = program
    .command("deliveries")
    .description("what left the hub, and what did not");
  addPaging(deliveries.command("list").description("newest first"))
    .option("--state <state>", "pending, sending, held, delivered, suppressed or dead")
    .option("--label <place>", "only to this channel or host")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags & { state?: string; label?: string }) => {
      const { state, label, limit, after } = flags;
      const answer = await readList(api, "/v1/deliveries", { state, label, limit, after });
      done(show(world, answer, flags, sayDeliveries));
    });
  deliveries
    .command("show <id>")
    .description("one delivery, with every try: what was sent, what came back")
    .option("--json", "print JSON")
    .action(async (id: string, flags: ListFlags) => {
      done(show(world, await api.get(`/v1/deliveries/${encodeURIComponent(id)}`), flags, sayOne));
    });
  deliveries
    .command("redeliver [ids...]")
    .description("put dead deliveries back; never makes a second card")
    .option("--failed", "all dead ones, a thousand at a time, instead of ids")
    .option("--since <span>", "with --failed: dead for at most this long, such as 2h")
    .option("--label <place>", "with --failed: only to this channel or host")
    .option("--dry-run", "only say which would be sent again")
    .option("--json", "print JSON")
    .action(async (ids: readonly string[], flags: RedeliverFlags) => {
      done(await redeliver(world, api, ids, flags));
    });
}

async function redeliver(
  world: World,
  api: ApiClient,
  ids: readonly string[],
  flags: RedeliverFlags,
): Promise<number> {
  const { since, label, dryRun } = flags;
  if ((ids.length === 0) === (flags.failed !== true)) {
    print(world.err, "Give the ids of deliveries, or --failed for all dead ones.");
    return exitCodes.usage;
  }
  if (!flags.failed) {
    if (since === undefined && label === undefined) return redeliverEach(world, api, ids, flags);
    print(world.err, "--since and --label choose among all dead ones: give them with --failed.");
    return exitCodes.usage;
  }
  const filter = {
    ...(since === undefined ? {} : { since }),
    ...(label === undefined ? {} : { label }),
  };
  const body = { filter, dry_run: dryRun === true };
  return show(world, await api.post("/v1/deliveries/redeliver", body), flags, sayMany);
}

/** Put the named ones back one by one, or only look which of them would be; each refusal names its delivery. */
async function redeliverEach(
  world: World,
  api: ApiClient,
  ids: readonly string[],
  { dryRun, json }: RedeliverFlags,
): Promise<number> {
  let code: number = exitCodes.fine;
  const items: JsonObject[] = [];
  for (const id of ids) {
    const path = `/v1/deliveries/${encodeURIComponent(id)}`;
    const answer = dryRun ? await readDead(api, path) : await api.post(`${path}/redeliver`, {});
    if (!answer.ok) code = fail(world, { ...answer, lines: [`${id}:`, ...answer.lines] });
    else if (json) items.push(answer.body);
    else print(world.out, dryRun ? `${id} would be sent again.` : `${id} is on its way again.`);
  }
  if (json) print(world.out, JSON.stringify({ dry_run: dryRun === true, items }, null, 2));
  return code;
}

/** Read a delivery that would be sent again; of another one, say what it is. */
async function readDead(api: ApiClient, path: string): Promise<ApiAnswer> {
  const answer = await api.get(path);
  if (!answer.ok || answer.body["state"] === "dead") return answer;
  const state = textAt(answer.body, "state");
  const lines = [`Only dead deliveries are redelivered; this one is ${state}.`];
  return { ok: false, exit: exitCodes.failed, lines };
}

function sayMany(body: JsonObject): readonly string[] {
  const { found, queued, more, dry_run: dryRun } = body;
  if (found === 0) {
    return more
      ? [
          "None of the newest 10,000 dead deliveries is meant. Older ones can be named by their ids.",
        ]
      : ["No dead deliveries. Nothing to do."];
  }
  const head = dryRun
    ? `${found} would be sent again:`
    : `${queued} of ${found} are on their way again:`;
  const moreText = dryRun ? "There may be more behind these." : "There are more: run this again.";
  const left = more ? [moreText] : [];
  return [head, ...table(objectsAt(body, "items").map(row)), ...left];
}

const row = (one: JsonObject) => [
  textAt(one, "id"),
  textAt(one, "kind"),
  plainText(textAt(one, "label")),
  textAt(one, "state"),
  String(one["attempts"] ?? ""),
  plainText(textAt(one, "because")),
];

const sayDeliveries = sayList(
  "No deliveries.",
  ["ID", "KIND", "TO", "STATE", "TRIES", "BECAUSE"],
  row,
);

function sayOne(delivery: JsonObject): readonly string[] {
  const tries = objectsAt(delivery, "attempts_made").flatMap((one) => [
    `Try ${String(one["number"])}: ${textAt(one, "outcome")} ${textAt(one, "because")}`.trimEnd(),
    `  at ${timeAt(one, "started_at")}, ${String(one["duration_ms"])} ms`,
    `  sent     ${plainText(textAt(one, "request"))}`,
    `  answered ${plainText(textAt(one, "response"))}`,
  ]);
  return [
    `${textAt(delivery, "kind")} to ${plainText(textAt(delivery, "label"))}  ${textAt(delivery, "id")}`,
    [textAt(delivery, "state"), plainText(textAt(delivery, "because"))].filter(Boolean).join(": "),
    ...tries,
  ];
}
