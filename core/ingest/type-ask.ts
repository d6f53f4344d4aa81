import { parseDuration } from "../domain/duration.ts";
import type { ApprovalAsk } from "../domain/event.ts";
import type { AskPlaces } from "../domain/event-type.ts";
import { type Json, type JsonObject, valueAt } from "../domain/json.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { approvalAskNames, approvalAskSchema } from "./event-schema.ts";
import { askOf, errorsOf } from "./parse-event.ts";

/** What an event asks for in the members that its type names, or what is wrong with them. Pointers begin at the event. */
export type TypeAsk =
  | { readonly kind: "asked"; readonly ask: ApprovalAsk }
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

const buttons = {
  approve: { id: "approve", choice: "approve", label: "Approve" },
  reject: { id: "reject", choice: "reject", label: "Reject" },
} as const;

/** Read the terms of a request from where a type says that they lie. What is absent or null is not asked for. */
export function readTypeAsk(places: AskPlaces, data: JsonObject): TypeAsk {
  const deadline = at(data, places.deadline);
  const isSpan = typeof deadline === "string" && parseDuration(deadline) !== undefined;
  const said = [
    { name: isSpan ? "expires_in" : "expires_at", place: places.deadline, value: deadline },
    { name: "requested_by", place: places.requester, value: at(data, places.requester) },
    { name: "actions", place: places.actions, value: actionsOf(at(data, places.actions)) },
  ].filter(({ value }) => value !== undefined && value !== null && value !== "");
  const read = approvalAskSchema.safeParse(
    Object.fromEntries(said.map(({ name, value }) => [name, value])),
  );
  if (read.success) return { kind: "asked", ask: askOf(read.data) };
  const errors = errorsOf(read.error, "", approvalAskNames).map(({ pointer, message }) => {
    const [, name = "", ...rest] = pointer.split("/");
    const place = said.find((one) => one.name === name)?.place ?? "";
    return { pointer: ["/data", ...place.split("/").slice(1), ...rest].join("/"), message };
  });
  return { kind: "invalid", errors: errors.map(slashed) };
}

const slashed = ({ pointer, message }: ProblemAt) => ({
  pointer: pointer.startsWith("/") ? pointer : `/${pointer}`,
  message,
});

/** A name of a choice stands for its usual button. */
const actionsOf = (value: Json | undefined) =>
  Array.isArray(value)
    ? value.map((one: Json) => (one === "approve" || one === "reject" ? buttons[one] : one))
    : value;

const at = (data: JsonObject, pointer: string | undefined) =>
  pointer === undefined ? undefined : valueAt(data, pointer);
