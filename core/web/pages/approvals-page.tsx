import type { Approval, ApprovalState } from "../../domain/approval.ts";
import { approvalSubline, sayOutcome, sayTally, standsSince } from "./approval-words.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Empty, Older, ShortId, StateBadge, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { approvalLooks } from "./states.ts";
import { sayLeft } from "./times.ts";

/** What this page shows. */
export interface ApprovalsPageProps {
  readonly frame: PageFrame;
  /** Newest first. Without a filter, the page itself puts the open ones before the others. */
  readonly approvals: readonly Approval[];
  /** The filter: `?state=`; absent, all states. */
  readonly state?: ApprovalState | undefined;
  /** The cursor of older entries (`?after=`); absent at the end. */
  readonly next?: string | undefined;
}

const filters: readonly (ApprovalState | undefined)[] = [
  undefined,
  "open",
  "approved",
  "rejected",
  "expired",
  "cancelled",
];

/** Draw `/approvals`: what waits first, then what was decided. */
export function renderApprovalsPage({ frame, approvals, state, next }: ApprovalsPageProps): string {
  const open = approvals.filter((approval) => approval.state === "open");
  const closed = approvals.filter((approval) => approval.state !== "open");
  return renderPage(
    <Layout title="Approvals" frame={frame} section="approvals" heading={<h1>Approvals</h1>}>
      <nav class="filters" aria-label="State">
        {filters.map((one) => (
          <a
            key={one ?? "all"}
            class="filter"
            href={listAddress(one)}
            {...(one === state ? { "aria-current": "true" as const } : {})}
          >
            {one === undefined ? "All" : approvalLooks[one].word}
          </a>
        ))}
      </nav>
      {approvals.length === 0 ? (
        <div class="panel">
          <NoApprovals frame={frame} state={state} />
        </div>
      ) : null}
      <Group title="Waiting" approvals={open} now={frame.now} />
      <Group title="Closed" approvals={closed} now={frame.now} />
      <Older href={next === undefined ? undefined : listAddress(state, next)} />
    </Layout>,
  );
}

interface GroupProps {
  readonly title: string;
  readonly approvals: readonly Approval[];
  readonly now: Date;
}

function Group({ title, approvals, now }: GroupProps) {
  if (approvals.length === 0) return null;
  return (
    <section class="panel">
      <div class="panel-head">
        <h2>{title}</h2>
        <span class="note">{approvals.length}</span>
      </div>
      <ul class="rows">
        {approvals.map((approval) => (
          <ApprovalRow key={approval.id} approval={approval} now={now} />
        ))}
      </ul>
    </section>
  );
}

/** One request as a row of a list, with the way to decide it while it is open. */
export function ApprovalRow({
  approval,
  now,
}: {
  readonly approval: Approval;
  readonly now: Date;
}) {
  const href = `/approvals/${approval.id}`;
  return (
    <li class="row">
      <div class="row-main">
        <a class="row-title" href={href}>
          {approval.title}
        </a>
        <p class="quiet">{approvalSubline(approval)}</p>
        <p class="note">
          {approval.state === "open" ? (
            <>
              <span title={approval.expiresAt.toISOString()}>
                {sayLeft(approval.expiresAt, now)}
              </span>{" "}
              · {sayTally(approval)}
            </>
          ) : (
            <>
              {sayOutcome(approval)} · <Time at={standsSince(approval)} now={now} />
            </>
          )}
        </p>
      </div>
      <div class="row-end">
        <StateBadge look={approvalLooks[approval.state]} />
        <ShortId id={approval.id} />
        {approval.state === "open" ? (
          <a class="button" href={href}>
            Read and decide
            <span class="sr-only">: {approval.title}</span>
            <Icon name="arrowRight" />
          </a>
        ) : null}
      </div>
    </li>
  );
}

function NoApprovals({ frame, state }: Pick<ApprovalsPageProps, "frame" | "state">) {
  if (state !== undefined) {
    return (
      <Empty
        icon="approvals"
        title={`No request is ${approvalLooks[state].word.toLowerCase()}.`}
        next={{ href: "/approvals", label: "Show all requests" }}
      >
        <p>The filter found nothing. Requests in other states may be there.</p>
      </Empty>
    );
  }
  const next = frame.instance.sandbox
    ? { href: "/sandbox", label: "Send an event in the sandbox" }
    : { href: "/routing", label: "See which rules ask for approval" };
  return (
    <Empty icon="approvals" title="Nobody has asked for anything yet." next={next}>
      <p>A request appears here when an event arrives whose rule names a policy.</p>
    </Empty>
  );
}

function listAddress(state: ApprovalState | undefined, after?: string): string {
  const query = new URLSearchParams();
  if (state !== undefined) query.set("state", state);
  if (after !== undefined) query.set("after", after);
  const text = query.toString();
  return text === "" ? "/approvals" : `/approvals?${text}`;
}
