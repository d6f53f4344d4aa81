import { type Approval, isClosed } from "../../domain/approval.ts";
import type { Delivery } from "../../domain/delivery.ts";
import { say } from "../../words/say.ts";
import { sayNames, sayPlaces } from "./approval-words.ts";
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
          <span>{say`On its way to ${sayNames(coming.map((copy) => copy.label))}.`}</span>
        </li>
      ) : null}
      {missing.length > 0 ? (
        <li>
          <Icon name="alert" />
          <span>
            {say`Not posted in ${sayPlaces(missing)}.`}{" "}
            <a href={`/events/${approval.event}#deliveries`}>{say`See why`}</a>
          </span>
        </li>
      ) : null}
    </>
  );
}

function sayCopies(approval: Approval, places: readonly string[]): string {
  if (isClosed(approval))
    return say`Copies stand in ${sayPlaces(places)}. Nobody can decide there any more.`;
  return `${say`Also open in ${sayPlaces(places)}.`} ${sayWhenClosed(places.length, approval.policy.votes === 1)}`;
}

function sayWhenClosed(copies: number, byYou: boolean): string {
  if (copies === 1)
    return byYou ? say`It closes when you decide.` : say`It closes when it is decided.`;
  if (copies === 2)
    return byYou ? say`Both close when you decide.` : say`Both close when it is decided.`;
  return byYou ? say`All close when you decide.` : say`All close when it is decided.`;
}
