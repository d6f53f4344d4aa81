import type { Approval, ApprovalState } from "../../domain/approval.ts";
import { type ProducerId, parseId } from "../../domain/ids.ts";
import type { Hub } from "../../hub.ts";
import { type BoundedPage, type PageAsked, readBounded } from "../lists/bounded-page.ts";
import { beganAt, readSince, readTyped, type Since } from "../lists/since.ts";

/** What a list of requests is narrowed to. All of it stands in the address of the page. */
export interface ApprovalFilter {
  readonly state?: ApprovalState;
  readonly producer?: ProducerId;
  readonly since?: Since;
  /** Found in the title or the subject, in large or small letters. */
  readonly words?: string;
}

const states: readonly ApprovalState[] = [
  ...(["open", "approved", "rejected", "expired", "cancelled", "revoked", "locked"] as const),
];

/** Read the filter from an address. What cannot be is left out. */
export function readApprovalFilter(asked: Readonly<Record<string, unknown>>): ApprovalFilter {
  const state = states.find((known) => known === asked["state"]);
  const producer = parseId("producer", asked["producer"]);
  const since = readSince(asked["since"]);
  const words = readTyped(asked["q"]);
  return {
    ...(state ? { state } : {}),
    ...(producer ? { producer } : {}),
    ...(since ? { since } : {}),
    ...(words === undefined ? {} : { words }),
  };
}

/** Write a filter as the query of an address; with more, such as a cursor. */
export function approvalQuery(
  { words, ...filter }: ApprovalFilter,
  more: Readonly<Record<string, string>> = {},
): string {
  const named = { ...filter, ...(words === undefined ? {} : { q: words }) };
  const query = new URLSearchParams({ ...named, ...more }).toString();
  return query === "" ? "" : `?${query}`;
}

/** Read one page of requests, newest first, from the narrowest index that the filter names. */
export function readApprovals(
  { store, organization, clock }: Pick<Hub, "store" | "organization" | "clock">,
  filter: ApprovalFilter,
  asked: PageAsked,
  { limit, maySee }: { readonly limit: number; readonly maySee: (one: Approval) => boolean },
): Promise<BoundedPage<Approval>> {
  const { index, prefix } = indexOf(organization, filter);
  const words = filter.words?.toLowerCase();
  return readBounded(store.approvals, index, asked, {
    prefix,
    limit,
    since: beganAt(filter.since, clock.now()),
    wanted: (approval) =>
      maySee(approval) &&
      (filter.state === undefined || approval.state === filter.state) &&
      (filter.producer === undefined || approval.producer === filter.producer) &&
      (words === undefined || `${approval.title}\n${approval.key}`.toLowerCase().includes(words)),
  });
}

function indexOf(organization: string, { state, producer }: ApprovalFilter) {
  if (producer) return { index: "byProducer", prefix: [organization, producer] } as const;
  if (state) return { index: "byState", prefix: [organization, state] } as const;
  return { index: "byTime", prefix: [organization] } as const;
}
