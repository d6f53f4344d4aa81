import { type Command, InvalidArgumentError } from "commander";
import { parseDuration } from "../domain/duration.ts";
import type { JsonObject } from "../domain/json.ts";
import { isJsonObject } from "../domain/json.ts";
import { type ApiClient, type ApiFailure, fail } from "./api-client.ts";
import { type Drafted, overrideFields, parseFields } from "./event-draft.ts";
import { objectsAt, textAt, textsAt } from "./read-json.ts";
import { sayState, waitForDecision } from "./wait-for-decision.ts";
import { exitCodes, print, type World } from "./world.ts";

interface TriggerFlags {
  readonly data?: readonly string[];
  readonly file?: string;
  readonly subject?: string;
  readonly wait?: true;
  readonly timeout: number;
  readonly json?: true;
}

/** Add `trigger` to the program. */
export function addTrigger(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  program
    .command("trigger <type>")
    .description("post a sample event of a type")
    .option(
      "-d, --data <k=v...>",
      "override fields of the sample: environment=production service.name=web",
    )
    .option(
      "-f, --file <path>",
      "take the data from a JSON file instead of the sample (- is standard input)",
    )
    .option("-s, --subject <text>", "what the event is about")
    .option(
      "-w, --wait",
      "until its approval is decided: exit 0 approved, 10 rejected, 11 expired, 12 cancelled or revoked, 13 timeout, 14 no approval opened",
    )
    .option("--timeout <span>", "how long to wait: 30s, 15m, 24h, 7d", parseSpan, parseSpan("30m"))
    .option("--json", "print JSON")
    .action(async (type: string, flags: TriggerFlags) =>
      done(await trigger(type, flags, world, api)),
    );
}

/** Read a span of time from a flag. */
export function parseSpan(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError("Write it like 30s, 15m, 24h or 7d.");
  return ms;
}

async function trigger(
  type: string,
  flags: TriggerFlags,
  world: World,
  api: ApiClient,
): Promise<number> {
  const drafted = await draftEvent(type, flags, world, api);
  if (!drafted.ok) return "lines" in drafted ? fail(world, drafted) : refuse(world, drafted.wrong);
  const answer = await api.post("/v1/events", drafted.value);
  if (!answer.ok) return fail(world, answer);
  const accepted = answer.body;
  const approval = textAt(accepted, "approval", "id");
  if (!flags.wait || !approval) {
    print(
      world.out,
      ...(flags.json ? [JSON.stringify(accepted)] : sayAccepted(accepted, drafted.value)),
    );
    if (!flags.wait) return exitCodes.fine;
    print(world.err, "This event opened no approval: no rule, type or producer asked for one.");
    return exitCodes.noApproval;
  }
  print(world.err, ...sayAccepted(accepted, drafted.value));
  const { exit, approval: seen } = await waitForDecision(api, world, approval, flags.timeout);
  if (seen) print(world.out, flags.json ? JSON.stringify(seen) : sayState(seen));
  return exit;
}

function refuse(world: World, sentence: string): number {
  print(world.err, sentence);
  return exitCodes.usage;
}

/** The sample of the type, or the file's data, with the overrides laid over it. */
async function draftEvent(
  type: string,
  flags: TriggerFlags,
  world: World,
  api: ApiClient,
): Promise<Drafted<JsonObject> | ApiFailure> {
  const start =
    flags.file === undefined
      ? await readSample(type, flags, world, api)
      : readFields(flags.file, world);
  if (!start.ok) return start;
  const { data, subject: sampled, link } = start.value;
  const fields = overrideFields(isJsonObject(data) ? data : {}, flags.data ?? []);
  if (!fields.ok) return fields;
  const subject = flags.subject ?? (typeof sampled === "string" ? sampled : undefined);
  return {
    ok: true,
    value: {
      type,
      ...(subject === undefined ? {} : { subject }),
      ...(typeof link === "string" ? { link } : {}),
      data: fields.value,
    },
  };
}

async function readSample(
  type: string,
  flags: TriggerFlags,
  world: World,
  api: ApiClient,
): Promise<Drafted<JsonObject> | ApiFailure> {
  const answer = await api.get(`/v1/event-types/${encodeURIComponent(type)}`);
  if (answer.ok) {
    const { sample } = answer.body;
    return { ok: true, value: sample !== undefined && isJsonObject(sample) ? sample : {} };
  }
  if (answer.status !== 404) return answer;
  const instead = flags.data ? "only what --data says" : "no data; --data or --file adds some";
  print(world.err, `The hub knows no type ${type}, so there is no sample: sending ${instead}.`);
  return { ok: true, value: {} };
}

function readFields(file: string, world: World): Drafted<JsonObject> {
  try {
    const fields = parseFields(world.readText(file), file === "-" ? "standard input" : file);
    return fields.ok ? { ok: true, value: { data: fields.value } } : fields;
  } catch (error) {
    return {
      ok: false,
      wrong: `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    };
  }
}

function sayAccepted(accepted: JsonObject, event: JsonObject): readonly string[] {
  const matched = objectsAt(accepted, "matched");
  return [
    [
      textAt(accepted, "id"),
      textAt(accepted, "status"),
      textAt(event, "type"),
      textAt(event, "subject"),
    ]
      .filter(Boolean)
      .join("  "),
    ...matched.map(
      (rule) =>
        `  ${textAt(rule, "name") || `rule ${textAt(rule, "rule")}`} → ${textsAt(rule, "destinations").join(", ")}`,
    ),
    ...(matched.length === 0 ? ["  no rule matched"] : []),
    ...(textAt(accepted, "approval", "id")
      ? [
          `  approval ${textAt(accepted, "approval", "id")}, ${textAt(accepted, "approval", "state")}`,
        ]
      : []),
  ];
}
