import type { z } from "zod";
import { parseDuration } from "../domain/duration.ts";
import type { ApprovalAsk, Level } from "../domain/event.ts";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import { nearestName } from "../domain/nearest-name.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { say } from "../words/say.ts";
import {
  type ApprovalAskInput,
  approvalAskNames,
  approvalAskSchema,
  cloudEventSchema,
  type PlainEvent,
  plainEventNames,
  plainEventSchema,
} from "./event-schema.ts";
import { escapePointer } from "./json-limits.ts";
import { sayIssue } from "./say-issue.ts";

/** An event as its sender wrote it, read and checked, not yet anybody's. */
export interface EventDraft {
  readonly type: string;
  readonly externalId?: string;
  readonly source?: string;
  readonly subject?: string;
  readonly occurredAt?: Date;
  readonly level?: Level;
  readonly link?: string;
  readonly data: JsonObject;
  readonly extensions: JsonObject;
  readonly approval?: ApprovalAsk;
}

export type ParsedEvent =
  | { readonly kind: "draft"; readonly draft: EventDraft }
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

/** Read one event, plain or CloudEvents (told by `specversion`). `pointer` is where it lies in the body. */
export function parseEvent(sent: Json, pointer: string): ParsedEvent {
  if (!isJsonObject(sent)) {
    return {
      kind: "invalid",
      errors: [{ pointer, message: "expected an event as a JSON object" }],
    };
  }
  const isCloudEvent = Object.hasOwn(sent, "specversion");
  const source = isCloudEvent ? withoutUnset(sent) : sent;
  const { data, ask } = takeApproval(source);
  const read = (isCloudEvent ? cloudEventSchema : plainEventSchema).safeParse({
    ...source,
    ...(data === undefined ? {} : { data }),
  });
  const readAsk = ask === undefined ? undefined : approvalAskSchema.safeParse(ask);
  if (!read.success || readAsk?.success === false) {
    const errors = [
      ...errorsOf(read.error, pointer, plainEventNames),
      ...errorsOf(readAsk?.error, `${pointer}/data/approval`, approvalAskNames),
    ];
    return { kind: "invalid", errors };
  }
  const extensions = isCloudEvent ? extensionsOf(source) : {};
  return { kind: "draft", draft: draftOf(read.data, readAsk?.data, extensions) };
}

/** In the JSON of CloudEvents, null says that there is no such attribute (JSON event format, 2.2), and no data. */
const withoutUnset = (source: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== null));

/** `data.approval` speaks to the hub; it is taken out before `data` is anybody else's. */
function takeApproval(source: JsonObject): { data: Json | undefined; ask: Json | undefined } {
  const all = source["data"];
  if (!isJsonObject(all)) return { data: all, ask: undefined };
  const { approval, ...data } = all;
  return { data, ask: approval };
}

function draftOf(event: PlainEvent, ask: ApprovalAskInput | undefined, extensions: JsonObject) {
  const { id, time, data, source, subject, level, link } = event;
  return {
    type: event.type,
    data: (data ?? {}) as JsonObject,
    extensions,
    ...(id === undefined ? {} : { externalId: id }),
    ...(source === undefined ? {} : { source }),
    ...(subject === undefined ? {} : { subject }),
    ...(time === undefined ? {} : { occurredAt: new Date(time) }),
    ...(level === undefined ? {} : { level }),
    ...(link === undefined ? {} : { link }),
    ...(ask === undefined ? {} : { approval: askOf(ask) }),
  };
}

/** An ask as it was read, in our terms. */
export function askOf(ask: ApprovalAskInput): ApprovalAsk {
  const { policy, expires_in, expires_at, requested_by, actions, callback } = ask;
  const expiresInMs = expires_in === undefined ? undefined : parseDuration(expires_in);
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(expiresInMs === undefined ? {} : { expiresInMs }),
    ...(expires_at === undefined ? {} : { expiresAt: new Date(expires_at) }),
    ...(requested_by === undefined ? {} : { requestedBy: requested_by }),
    ...(actions === undefined ? {} : { actions }),
    ...(callback === undefined ? {} : { callback }),
  };
}

function extensionsOf(source: JsonObject): JsonObject {
  const ours = new Set([...plainEventNames, "specversion"]);
  return Object.fromEntries(Object.entries(source).filter(([name]) => !ours.has(name)));
}

/** Every mistake as a pointer and a sentence; an unknown name with the known one that is nearest. */
export function errorsOf(
  error: z.ZodError | undefined,
  pointer: string,
  names: readonly string[],
): readonly ProblemAt[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const at = pointer + issue.path.map((part) => `/${escapePointer(String(part))}`).join("");
    if (issue.code !== "unrecognized_keys") return [{ pointer: at, message: sayIssue(issue) }];
    return issue.keys.map((name) => {
      const near = nearestName(name, names);
      const meant = near ? say`; did you mean "${near}"?` : say`; there are ${names.join(", ")}`;
      return { pointer: `${at}/${escapePointer(name)}`, message: say`unknown field${meant}` };
    });
  });
}
