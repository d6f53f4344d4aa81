import { type Approval, isClosed } from "../../domain/approval.ts";
import type { Delivery } from "../../domain/delivery.ts";
import { sayPlaces } from "./approval-words.ts";
import { Icon } from "./icons.tsx";

interface CopiesProps {
  readonly approval: Approval;
  readonly copies: readonly Delivery[];
}

/** Say where else the request can be seen, and what becomes of it there. */
export function Copies({ approval, copies }: CopiesProps) {
  const posts = copies.filter((copy) => copy.task.kind === "post");
  const there = posts.filter((copy) => copy.state === "delivered").map((copy) => copy.label);
  const coming = posts.filter((copy) => copy.state === "pending" || copy.state === "sending");
  const missing = posts.filter((copy) => copy.state === "dead").map((copy) => copy.label);
  return (
    <>
      {there.length > 0 ? (
        <li>
          <Icon name="copies" />
          <span>{sayCopies(approval, there)}</span>
        </li>
      ) : null}
      {coming.length > 0 ? (
        <li>
          <Icon name="send" />
          <span>
            On its way to {sayPlaces(coming.map((copy) => copy.label)).replaceAll(" in ", " ")}.
          </span>
        </li>
      ) : null}
      {missing.length > 0 ? (
        <li>
          <Icon name="alert" />
          <span>
            Not posted in {sayPlaces(missing)}.{" "}
            <a href={`/events/${approval.event}#deliveries`}>See why</a>
          </span>
        </li>
      ) : null}
    </>
  );
}

function sayCopies(approval: Approval, places: readonly string[]): string {
  if (isClosed(approval))
    return `Copies stand in ${sayPlaces(places)}. Nobody can decide there any more.`;
  const all = places.length === 1 ? "It closes" : places.length === 2 ? "Both close" : "All close";
  const when = approval.policy.votes === 1 ? "when you decide" : "when it is decided";
  return `Also open in ${sayPlaces(places)}. ${all} ${when}.`;
}
