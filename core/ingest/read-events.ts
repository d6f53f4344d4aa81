import type { Json, JsonObject } from "../domain/json.ts";
import type { Problem, ProblemAt } from "../domain/problem.ts";
import { type EventDraft, parseEvent } from "./parse-event.ts";
import { parseJson } from "./parse-json.ts";

/** What came over HTTP: the body as text, and the headers that say how to read it. */
export interface Posted {
  readonly body: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export type ReadEvents =
  | { readonly kind: "one"; readonly draft: EventDraft }
  | { readonly kind: "batch"; readonly drafts: readonly EventDraft[] }
  | { readonly kind: "refused"; readonly problem: Problem };

/** The most events that one request may carry (SURFACE §3). */
export const mostEvents = 500;

/**
 * Read the events of one request: one event as plain or CloudEvents JSON, one in binary form with `ce-*` headers,
 * or a list. One event that is invalid refuses the whole request.
 */
export function readEvents(posted: Posted): ReadEvents {
  const media = posted.contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/([a-z0-9.+-]+\+)?json$/.test(media)) {
    return {
      kind: "refused",
      problem: {
        status: 415,
        code: "media_type_unsupported",
        title: "This media type is not read here",
        detail: `Content-Type is ${media === "" ? "missing" : `"${media}"`}; JSON was expected.`,
        hint: "Send Content-Type: application/json, application/cloudevents+json or application/cloudevents-batch+json.",
      },
    };
  }
  const read = parseJson(posted.body);
  if (read.kind === "refused") return read;
  const key = posted.headers["idempotency-key"];
  if (typeof key === "string" && key.length > longestKey) {
    const message = `expected at most ${longestKey} characters`;
    return { kind: "refused", problem: invalid([{ pointer: "Idempotency-Key", message }]) };
  }
  const given = typeof key === "string" && key !== "" ? key : undefined;
  const isBinary = posted.headers["ce-specversion"] !== undefined;
  if (Array.isArray(read.value) && !isBinary) return readBatch(read.value, given);
  const parsed = parseEvent(isBinary ? binaryEvent(posted, read.value) : read.value, "");
  if (parsed.kind === "invalid") return { kind: "refused", problem: invalid(parsed.errors) };
  return { kind: "one", draft: withKey(parsed.draft, given) };
}

/** So that a key with the number of an item fits where an id does. */
const longestKey = 250;

function readBatch(items: readonly Json[], key: string | undefined): ReadEvents {
  if (items.length === 0 || items.length > mostEvents) {
    return {
      kind: "refused",
      problem: {
        status: 422,
        code: "batch_size",
        title: "The batch has a size that is not taken",
        detail: `${items.length} events came; 1 to ${mostEvents} fit one request.`,
        hint: items.length === 0 ? "Send at least one." : "Send them in several requests.",
      },
    };
  }
  const parsed = items.map((item, index) => parseEvent(item, `/${index}`));
  const errors = parsed.flatMap((one) => (one.kind === "invalid" ? one.errors : []));
  if (errors.length > 0) return { kind: "refused", problem: invalid(errors) };
  return {
    kind: "batch",
    drafts: parsed.flatMap((one, index) =>
      one.kind === "draft" ? [withKey(one.draft, key && `${key}/${index}`)] : [],
    ),
  };
}

function invalid(errors: readonly ProblemAt[]): Problem {
  return {
    status: 422,
    code: "event_invalid",
    title:
      errors.length === 1 ? "The event is not valid" : `The request has ${errors.length} mistakes`,
    detail: errors.map(({ pointer, message }) => `${pointer || "/"}: ${message}`).join("; "),
    hint: "Correct these places and send it again. Nothing was stored.",
    errors,
  };
}

/** CloudEvents in binary form: attributes lie in headers, the body is `data`. */
function binaryEvent({ headers }: Posted, data: Json): JsonObject {
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith("ce-") && typeof value === "string"
      ? [[name.slice(3), decodeHeader(value)] as const]
      : [],
  );
  return { ...Object.fromEntries(attributes), data };
}

/** Header values of CloudEvents are percent-encoded UTF-8. */
function decodeHeader(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** An event without an id of its own takes the request's key, so that the request sent again is the same event. */
function withKey(draft: EventDraft, key: string | undefined): EventDraft {
  return draft.externalId !== undefined || key === undefined
    ? draft
    : { ...draft, externalId: key };
}
