import type { Message } from "../domain/message.ts";

/** The least that still says what it is about: title, status, terms and the link. For what a platform refused whole. */
export function shortCard({ body: _, full: __, ...message }: Message): Message {
  return {
    ...message,
    facts: [],
    actions: message.actions.filter(({ kind }) => kind === "open"),
  };
}
