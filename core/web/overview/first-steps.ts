import type { Approval } from "../../domain/approval.ts";
import { isHubEvent, takesHubEvents } from "../../hub/hub-events.ts";
import type { Hub } from "../../hub.ts";
import { say } from "../../words/say.ts";

/** One step of a newcomer: done by a fact that can be named, or still to do. */
export type FirstStep = { readonly title: string; readonly href: string } & (
  | { readonly done: true; readonly fact: string; readonly at?: Date }
  | { readonly done: false; readonly hint: string }
);

interface Step {
  readonly title: () => string;
  readonly href: string;
  readonly hint: () => string;
  readonly find: (hub: Hub) => Promise<Fact | undefined>;
}

interface Fact {
  readonly fact: string;
  readonly at?: Date;
}

/** Look for the fact that earns each step; every look is a short scan of an index, or one a little longer behind it. */
export function readFirstSteps(hub: Hub): Promise<readonly FirstStep[]> {
  return Promise.all(
    steps.map(async ({ title, href, hint, find }) => {
      const fact = await find(hub);
      return fact
        ? { title: title(), href, done: true, ...fact }
        : { title: title(), href, done: false, hint: hint() };
    }),
  );
}

/** The producer's id of the event that a new sandbox shows at once. It is nobody's own. */
export const firstLook = "first-look";

/** Find the oldest that counts. A newcomer may have tried much before that: then it is looked for further on. */
async function firstOf<Value>(
  scan: (limit: number) => Promise<readonly Value[]>,
  counts: (record: Value) => boolean,
): Promise<Value | undefined> {
  const first = await scan(20);
  return first.find(counts) ?? (first.length < 20 ? undefined : (await scan(1_000)).find(counts));
}

const steps: readonly Step[] = [
  {
    title: () => say`Connect a workspace`,
    href: "/workspaces",
    hint: () => say`Slack or Teams; Countersign posts there as an app.`,
    find: async ({ store }) => {
      const found = await store.installations.scan("byWorkspace", { limit: 100 });
      const first = found.find(({ state }) => state === "connected");
      return (
        first && {
          fact: say`${first.name} is connected.`,
          ...(first.connectedAt ? { at: first.connectedAt } : {}),
        }
      );
    },
  },
  {
    title: () => say`Choose a channel`,
    href: "/workspaces",
    hint: () => say`A channel that is chosen is a destination, which rules name.`,
    find: async ({ store, organization }) => {
      const [first] = await store.destinations.scan("byName", { prefix: [organization], limit: 1 });
      return first && { fact: say`${first.name} is a destination.` };
    },
  },
  {
    title: () => say`Post a message`,
    href: "/workspaces",
    hint: () => say`A hello shows that messages arrive, before anything depends on it.`,
    find: async ({ store, organization }) => {
      const prefix = [organization, "delivered"];
      const first = await firstOf(
        (limit) => store.deliveries.scan("byState", { prefix, limit }),
        ({ task }) => task.kind === "post",
      );
      return first && { fact: say`Posted to ${first.label}.`, at: first.createdAt };
    },
  },
  {
    title: () => say`Add a rule`,
    href: "/workspaces",
    hint: () => say`It says which events go to which channel. A channel's own page adds one.`,
    find: async ({ rules }) => {
      const { rules: list, version, savedAt } = await rules.current();
      const [first] = list;
      return (
        first && { fact: say`“${first.name}”, in version ${version} of the rules.`, at: savedAt }
      );
    },
  },
  {
    title: () => say`Send your own event`,
    href: "/docs",
    hint: () => say`Post one to /v1/events with a producer's key.`,
    find: async ({ store, organization }) => {
      const first = await firstOf(
        (limit) => store.events.scan("byTime", { prefix: [organization], limit }),
        ({ event }) => !isHubEvent(event) && event.externalId !== firstLook,
      );
      return (
        first && {
          fact: say`${first.event.subject ?? first.event.type} came in from ${first.event.source}.`,
          at: first.event.receivedAt,
        }
      );
    },
  },
  {
    title: () => say`Decide something`,
    href: "/approvals",
    hint: () => say`Approve or reject a request, in chat or here.`,
    find: async ({ store, organization }) => {
      const of = async (state: "approved" | "rejected") =>
        (await store.approvals.scan("byState", { prefix: [organization, state], limit: 1 }))[0];
      const first = (await of("approved")) ?? (await of("rejected"));
      return first && factOf(first);
    },
  },
  {
    title: () => say`Let the hub tell you of trouble`,
    href: "/destinations#operations",
    hint: () =>
      say`Choose an Operations destination, best on the other platform: a lost workspace, a broken destination and a failed callback are told there.`,
    find: readTold,
  },
];

/** Who is told of the hub's own troubles: Operations, else what a rule of its own says. */
export async function readTold({
  operations,
  destinations,
  rules,
}: Pick<Hub, "operations" | "destinations" | "rules">): Promise<Fact | undefined> {
  const chosen = await operations.get();
  const place = chosen && (await destinations.get(chosen.id));
  if (place) return { fact: say`${place.name} is told.` };
  const { rules: list } = await rules.current();
  const rule = list.find(takesHubEvents);
  return rule && { fact: say`“${rule.name}” brings it to ${rule.to.join(", ")}.` };
}

function factOf(approval: Approval): Fact | undefined {
  if (approval.state !== "approved" && approval.state !== "rejected") return undefined;
  const { deciding, state, title, closedAt } = approval;
  return {
    fact:
      state === "approved"
        ? say`${deciding.name} approved “${title}”.`
        : say`${deciding.name} rejected “${title}”.`,
    at: closedAt,
  };
}
