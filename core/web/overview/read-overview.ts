import type { Approval } from "../../domain/approval.ts";
import { isAdmin, type Person } from "../../domain/person.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import type { Hub } from "../../hub.ts";
import { readWaitingFor } from "../approvals/waiting-for.ts";
import { readEventLine } from "../event-lines.ts";
import type { EventLine } from "../pages/events-page.tsx";
import { type BrokenThing, readBrokenDeliveries } from "./broken.ts";
import { brokenPlaces, readPlaces, waitsForBroken } from "./broken-places.ts";
import { type FirstStep, readFirstSteps, readTold } from "./first-steps.ts";
import { type LastHour, readLastHour } from "./last-hour.ts";
import { endingSecret } from "./secret-ends.ts";

/** What the Overview says: what waits for you, what is broken, what happened, and what a newcomer has done. */
export interface Overview {
  /** The oldest of those that this person may decide, and how many more there are, up to a hundred in all. */
  readonly waiting: readonly Approval[];
  readonly moreWaiting: number;
  readonly broken: readonly BrokenThing[];
  /** For admins, who may open them. */
  readonly workspaces: readonly WorkspaceView[];
  readonly latest: readonly EventLine[];
  readonly hour: LastHour;
  /** Somebody is told of the hub's own troubles. */
  readonly told: boolean;
  /** For admins, who may take them. */
  readonly steps: readonly FirstStep[];
}

const shown = 4;

/** Read the Overview for one person. Each part is a bounded scan of an index. */
export async function readOverview(hub: Hub, viewer: Person): Promise<Overview> {
  const [workspaces, destinations] = await readPlaces(hub);
  const places = brokenPlaces(workspaces, destinations, viewer);
  const [waiting, deliveries, latest, hour, secretEnd, steps, told] = await Promise.all([
    readWaitingFor(hub, viewer),
    readBrokenDeliveries(hub, (held) => waitsForBroken(held, workspaces)),
    readLatest(hub),
    readLastHour(hub),
    hub.secretEnds.read(),
    isAdmin(viewer) ? readFirstSteps(hub) : [],
    readTold(hub),
  ]);
  return {
    waiting: waiting.slice(0, shown),
    moreWaiting: Math.max(0, waiting.length - shown),
    broken: [...places, ...endingSecret(secretEnd, viewer), ...deliveries],
    workspaces: isAdmin(viewer) ? workspaces : [],
    latest,
    hour,
    steps,
    told: told !== undefined,
  };
}

async function readLatest({ store, organization }: Hub): Promise<readonly EventLine[]> {
  const events = await store.events.scan("byTime", {
    prefix: [organization],
    order: "descending",
    limit: 6,
  });
  return Promise.all(events.map((accepted) => readEventLine(store, accepted)));
}
