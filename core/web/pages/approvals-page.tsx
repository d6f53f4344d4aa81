import type { Approval, ApprovalState } from "../../domain/approval.ts";
import { say, sayAs } from "../../words/say.ts";
import { type ApprovalFilter, approvalQuery } from "../approvals/approval-filter.ts";
import { approvalSubline, sayOutcome, sayTally, standsSince } from "./approval-words.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import {
  BehindEnd,
  FilterForm,
  isBehindEnd,
  LookedBack,
  Pager,
  PickField,
  SinceField,
} from "./list-parts.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Empty, ShortId, StateBadge, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { approvalLooks } from "./states.ts";
import { sayLeft } from "./times.ts";

/** What this page shows. */
export interface ApprovalsPageProps {
  readonly frame: PageFrame;
  /** Those that the viewer may decide, the nearest deadline first. Shown above the list while nothing is filtered. */
  readonly yours?: readonly Approval[];
  /** Newest first. */
  readonly approvals: readonly Approval[];
  readonly filter?: ApprovalFilter;
  /** Producers to choose from. */
  readonly producers?: readonly (readonly [id: string, name: string])[];
  /** The cursors of older (`?after=`) and newer entries (`?before=`); absent at the ends. */
  readonly older?: string | undefined;
  readonly newer?: string | undefined;
  /** Where reading stopped before the page was full. */
  readonly lookedBackTo?: Date | undefined;
}

const states: readonly (ApprovalState | undefined)[] = [
  undefined,
  "open",
  "approved",
  "rejected",
  "expired",
  "cancelled",
  "revoked",
  "locked",
];

/** Draw `/approvals`: what waits for the viewer first, then everything with its filters. */
export function renderApprovalsPage(props: ApprovalsPageProps): string {
  const { frame, yours = [], approvals, filter = {}, older, newer, lookedBackTo } = props;
  const { state, ...rest } = filter;
  const known = new Set(yours.map(({ id }) => id));
  const others = approvals.filter(({ id }) => !known.has(id));
  const open = others.filter((approval) => approval.state === "open");
  const closed = others.filter((approval) => approval.state !== "open");
  return renderPage(
    <Layout
      title={say`Approvals`}
      frame={frame}
      section="approvals"
      heading={<h1>{say`Approvals`}</h1>}
      styles={["/assets/lists.css"]}
    >
      <nav class="filters" aria-label={say`State`}>
        {states.map((one) => (
          <a
            key={one ?? "all"}
            class="filter"
            href={listAddress(one === undefined ? rest : { ...rest, state: one })}
            {...(one === state ? { "aria-current": "true" as const } : {})}
          >
            {one === undefined ? sayAs("requests")`All` : approvalLooks[one].word()}
          </a>
        ))}
      </nav>
      <Filters {...props} />
      {approvals.length === 0 && yours.length === 0 ? (
        <div class="panel">
          <NoApprovals {...props} />
        </div>
      ) : null}
      <Group title={say`Waiting for you`} approvals={yours} now={frame.now} />
      <Group
        title={yours.length > 0 ? say`Waiting for others` : say`Waiting`}
        approvals={open}
        now={frame.now}
      />
      <Group title={say`Closed`} approvals={closed} now={frame.now} />
      <LookedBack to={lookedBackTo} found={approvals.length} now={frame.now} />
      <Pager
        newer={newer === undefined ? undefined : listAddress(filter, { before: newer })}
        older={older === undefined ? undefined : listAddress(filter, { after: older })}
      />
    </Layout>,
  );
}

function Filters({ filter = {}, producers = [] }: ApprovalsPageProps) {
  return (
    <FilterForm
      action="/approvals"
      search={say`apr_ id, or words of title or subject`}
      searched={filter.words}
      keep={{ state: filter.state }}
      {...(Object.keys(filter).length > 0 ? { clear: "/approvals" } : {})}
    >
      {producers.length === 0 ? null : (
        <PickField
          name="producer"
          label={say`Producer`}
          any={say`Any producer`}
          chosen={filter.producer}
          options={producers}
        />
      )}
      <SinceField chosen={filter.since} />
    </FilterForm>
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
            {say`Read and decide`}
            <span class="sr-only">: {approval.title}</span>
            <Icon name="arrowRight" />
          </a>
        ) : null}
      </div>
    </li>
  );
}

function NoApprovals(props: ApprovalsPageProps) {
  const { frame, filter = {} } = props;
  if (isBehindEnd(props)) return <BehindEnd first={listAddress(filter)} />;
  const { state, ...rest } = filter;
  if (Object.keys(rest).length > 0) {
    return (
      <Empty
        icon="search"
        title={say`No request fits the filter.`}
        next={{ href: "/approvals", label: say`Show all requests` }}
      >
        <p>{say`Words are looked for in the title and the subject.`}</p>
      </Empty>
    );
  }
  if (state !== undefined) {
    return (
      <Empty
        icon="approvals"
        title={say`No request is ${approvalLooks[state].word().toLowerCase()}.`}
        next={{ href: "/approvals", label: say`Show all requests` }}
      >
        <p>{say`The filter found nothing. Requests in other states may be there.`}</p>
      </Empty>
    );
  }
  const next = frame.instance.sandbox
    ? { href: "/sandbox", label: say`Send an event in the sandbox` }
    : { href: "/routing", label: say`See which rules ask for approval` };
  return (
    <Empty icon="approvals" title={say`Nobody has asked for anything yet.`} next={next}>
      <p>{say`A request appears here when an event arrives whose rule names a policy.`}</p>
    </Empty>
  );
}

const listAddress = (filter: ApprovalFilter, more: Readonly<Record<string, string>> = {}) =>
  `/approvals${approvalQuery(filter, more)}`;
