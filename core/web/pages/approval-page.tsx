import type { Approval } from "../../domain/approval.ts";
import { isCaretaker } from "../../domain/person.ts";
import { say } from "../../words/say.ts";
import { Copies } from "./approval-copies.tsx";
import { DecidePanel } from "./approval-decide.tsx";
import type { ApprovalPageProps } from "./approval-page-props.ts";
import { Timeline } from "./approval-timeline.tsx";
import {
  approvalSubline,
  reasonOf,
  sayDeciders,
  sayOutcome,
  sayTally,
  standsSince,
} from "./approval-words.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import { readLink } from "./links.ts";
import { SandboxBadge, ShortId, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { approvalLooks } from "./states.ts";
import { sayDeadline, sayExactly, sayLeft } from "./times.ts";

/**
 * Draw `/approvals/{id}`: what is asked, by whom, until when, and the two buttons.
 *
 * Opening it changes nothing. A vote is a form that posts `_csrf`, `action`, `reason`, `digest` and `click` to
 * `/approvals/{id}/votes`; withdrawing posts `_csrf` and `reason` to `/approvals/{id}/cancel`.
 */
export function renderApprovalPage(props: ApprovalPageProps): string {
  const { frame, approval } = props;
  return renderPage(
    <Layout
      title={approval.title}
      frame={frame}
      section="approvals"
      styles={["/assets/request.css"]}
    >
      <div
        class="request"
        data-live={approval.state === "open" ? `/v1/approvals/${approval.id}/stream` : undefined}
        data-page={`/approvals/${approval.id}`}
        data-revision={approval.revision}
        data-changed={say`This request has changed since you opened the page.`}
        data-show={say`Show it as it is now`}
      >
        <article class="request-main">
          <p class="crumbs">
            <a href="/approvals">‹ {say`All approvals`}</a>
            {frame.instance.sandbox ? <SandboxBadge /> : null}
          </p>
          <StatusStrip approval={approval} now={frame.now} />
          <header>
            <h1 class="request-title">{approval.title}</h1>
            <p class="request-by">{approvalSubline(approval)}</p>
          </header>
          {approval.body === undefined ? null : <p class="request-text">{approval.body}</p>}
          <Facts approval={approval} />
          <OpenLink link={approval.link} />
          <Terms {...props} />
          <p class="note">
            {approval.state === "open" ? `${say`Opening this page recorded nothing.`} ` : ""}
            <ShortId id={approval.id} />
          </p>
          <Timeline
            approval={approval}
            deliveries={props.deliveries ?? props.copies}
            callbacks={props.callbacks ?? []}
            opensDeliveries={isCaretaker(frame.viewer)}
            now={frame.now}
          />
        </article>
        <DecidePanel {...props} />
      </div>
    </Layout>,
  );
}

function StatusStrip({ approval, now }: { readonly approval: Approval; readonly now: Date }) {
  const look = approvalLooks[approval.state];
  const reason = approval.state === "open" ? undefined : reasonOf(approval);
  return (
    <div class={`status-strip status-${look.tone}`}>
      <Icon name={look.sign} />
      <span class="status-word">
        {approval.state === "open" ? say`Waiting for approval` : sayOutcome(approval)}
        {reason === undefined ? null : <span class="status-reason"> · {say`“${reason}”`}</span>}
      </span>
      <span class="push status-time">
        {approval.state === "open" ? (
          <span title={sayExactly(approval.expiresAt)}>{sayLeft(approval.expiresAt, now)}</span>
        ) : (
          <Time at={standsSince(approval)} now={now} />
        )}
      </span>
    </div>
  );
}

function Facts({ approval }: { readonly approval: Approval }) {
  if (approval.facts.length === 0) return null;
  return (
    <dl class="panel facts">
      {approval.facts.map((fact) => (
        <div key={fact.label} class="fact">
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function OpenLink({ link }: { readonly link: string | undefined }) {
  if (link === undefined) return null;
  const address = readLink(link);
  if (!address) return <p class="note">{say`The producer's link is no web address: ${link}`}</p>;
  return (
    <a class="panel open-link" href={address.href} target="_blank" rel="noopener noreferrer">
      <Icon name="external" />
      <span>{say`Open what this is about`}</span>
      <span class="push note">{address.place}</span>
    </a>
  );
}

function Terms({ frame, approval, copies }: ApprovalPageProps) {
  const { policy } = approval;
  return (
    <ul class="terms">
      <li>
        <Icon name="people" />
        <span>
          {sayTally(approval)}. {sayDeciders(approval)}
        </span>
      </li>
      {approval.state === "open" ? (
        <li>
          <Icon name="clock" />
          <span title={sayExactly(approval.expiresAt)}>
            {say`Expires ${sayDeadline(approval.expiresAt, frame.now)}.`}
          </span>
        </li>
      ) : null}
      <Copies approval={approval} copies={copies} />
      <li>
        <Icon name="routing" />
        <span>
          {policy.requesterMayVote
            ? say`Policy ${policy.name}, version ${policy.version}.`
            : say`Policy ${policy.name}, version ${policy.version}, not by the requester.`}{" "}
          <a href={`/events/${approval.event}`}>{say`See the event`}</a>
        </span>
      </li>
    </ul>
  );
}
