import type { GroupId, OrganizationId, PersonId } from "./ids.ts";
import type { Language } from "./message.ts";

export const roles = ["admin", "router", "auditor", "approver"] as const;
export type Role = (typeof roles)[number];

/** The hub's own notion of one human. Counts once, however many accounts. */
export interface Person {
  readonly id: PersonId;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly name: string;
  readonly email?: string;
  readonly roles: readonly Role[];
  /** In which the console speaks to this person; absent: as their browser asks. */
  readonly language?: Language;
  /** Set while this person may not sign in, use keys or vote. Votes that were counted before stand. */
  readonly suspended?: { readonly at: Date; readonly by: PersonId };
}

/** Tell whether somebody keeps the hub: has a role beyond deciding. */
export const isCaretaker = (person: Person | undefined) =>
  person?.roles.some((role) => role !== "approver") ?? false;

/** Tell whether somebody may connect workspaces and change settings (SURFACE §9). */
export const isAdmin = (person: Person | undefined) => person?.roles.includes("admin") ?? false;

/** A chat account that belongs to a person: Slack (team, user) or Teams (tenant, aadObjectId). Its id is that pair. */
export interface LinkedAccount {
  readonly id: string;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly person: PersonId;
  readonly linkedAt: Date;
  /** The admin who agreed to it; absent where the account's verified e-mail address is the person's own. */
  readonly confirmedBy?: PersonId;
  /** What the platform called its owner when it was linked. */
  readonly shownName?: string;
}

/** The id of a chat account. Workspace and user come from the verified envelope, never from a card. */
export function accountId(platform: "slack" | "teams", workspace: string, user: string): string {
  return [platform, workspace, user].join(" ");
}

export interface Group {
  readonly id: GroupId;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly name: string;
  readonly members: readonly PersonId[];
}

/** Who may change rules, destinations and event types (SURFACE §9). */
export const isRouter = (person: Person | undefined) =>
  person?.roles.some((role) => role === "admin" || role === "router") ?? false;
