import { type Approval, type Conflict, isClosed, type Vote } from "../../domain/approval.ts";
import type { Delivery } from "../../domain/delivery.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { approvalSubline, reasonOf, sayOutcome, sayPlaces, sayVote } from "./approval-words.ts";
import { Icon } from "./icons.tsx";
import { Panel, Time } from "./parts.tsx";

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

/** List what happened to a request, oldest first: asked, each vote, the end. */
export function History({ approval, now }: { readonly approval: Approval; readonly now: Date }) {
  return (
    <Panel title="What happened">
      <ol class="history">
        <li>
          <Icon name="events" />
          <span>
            Opened, {approvalSubline(approval)} ·{" "}
            <Time at={approval.openedAt} now={now} as="clock" />
          </span>
        </li>
        {approval.votes.map((vote) => (
          <VoteLine key={vote.click} vote={vote} now={now} />
        ))}
        {(approval.marks ?? []).map(({ event, says, at }) => (
          <li key={event}>
            <Icon name="alert" />
            <span>
              {cleanLine(says)} · <Time at={at} now={now} as="clock" />
            </span>
          </li>
        ))}
        {approval.state === "expired" ||
        approval.state === "cancelled" ||
        approval.state === "revoked" ||
        (isClosed(approval) && approval.deciding.via === "producer") ? (
          <li>
            <Icon name={approval.state === "expired" ? "clock" : "ban"} />
            <span>
              {sayOutcome(approval)} · <Time at={approval.closedAt} now={now} as="clock" />
              <Reason text={reasonOf(approval)} />
            </span>
          </li>
        ) : null}
        {approval.conflict ? (
          <li>
            <Icon name="alert" />
            <span>
              {sayConflict(approval.producerName, approval.conflict)} ·{" "}
              <Time at={approval.conflict.at} now={now} as="clock" />
            </span>
          </li>
        ) : null}
      </ol>
    </Panel>
  );
}

const sayConflict = (producer: string, { state, by }: Conflict) =>
  `But ${cleanLine(producer)} says: ${state} by ${cleanLine(by)}. What was decided here stands.`;

function VoteLine({ vote, now }: { readonly vote: Vote; readonly now: Date }) {
  return (
    <li class={`history-${vote.choice}`}>
      <Icon name={vote.choice === "approve" ? "check" : "cross"} />
      <span>
        {sayVote(vote)} · <Time at={vote.at} now={now} as="clock" />
        <Reason text={vote.reason} />
      </span>
    </li>
  );
}

function Reason({ text }: { readonly text: string | undefined }) {
  return text === undefined || text === "" ? null : <q class="reason">{text}</q>;
}
