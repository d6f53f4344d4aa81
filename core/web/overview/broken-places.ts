import type { HeldDelivery } from "../../domain/delivery.ts";
import { type Destination, isChannel } from "../../domain/destination.ts";
import { isAdmin, isRouter, type Person } from "../../domain/person.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import type { Hub } from "../../hub.ts";
import { troubleOf } from "../../messages/platform-troubles.ts";
import { languageNow, say } from "../../words/say.ts";
import { liesIn } from "../connecting/find.ts";
import { destinationAddress } from "../pages/workspace-channels.tsx";
import { sayHeld } from "../pages/workspaces-page.tsx";
import type { BrokenThing } from "./broken.ts";

/** Gather the workspaces and destinations that do not work, with the way to mend them for those who may. */
export function brokenPlaces(
  workspaces: readonly WorkspaceView[],
  destinations: readonly Destination[],
  viewer: Person,
): readonly BrokenThing[] {
  const mend = (href: string, label: string) => (isAdmin(viewer) ? { next: { href, label } } : {});
  const mendRoute = (href: string, label: string) =>
    isRouter(viewer) ? { next: { href, label } } : {};
  return [
    ...workspaces.flatMap((view): BrokenThing[] => {
      const tone = toneOf(view);
      if (tone === undefined) return [];
      return [
        {
          tone,
          title:
            tone === "bad" ? say`${view.name} gets nothing` : say`${view.name} needs attention`,
          cause: view.health.because ?? "",
          kept: view.heldDeliveries === 0 ? "" : `${sayHeld(view.heldDeliveries)}.`,
          ...mend(`/workspaces/${view.id}`, say`See the fix`),
        },
      ];
    }),
    ...destinations.flatMap((destination): BrokenThing[] => {
      const { broken, kind, name } = destination;
      const view = workspaces.find((one) => liesIn(destination, one));
      if (!broken || (view && isOff(view)) || (isChannel(destination) && !view)) return [];
      const { cause, next } = troubleOf(kind, broken.code, name, languageNow());
      return [
        {
          tone: "bad",
          title: say`${name} gets nothing`,
          cause: `${cause} ${next}`,
          kept: isChannel(destination)
            ? say`Its messages go to its fallback, else to the default channel, else they are kept.`
            : say`Its messages go to its fallback, else they are held until it is mended.`,
          // Only admins move a destination to another channel.
          ...(view && isChannel(destination) && isAdmin(viewer)
            ? mend(destinationAddress(view, destination), say`See the fix`)
            : mendRoute(`/destinations/${destination.id}`, say`See the fix`)),
        },
      ];
    }),
  ];
}

const isOff = ({ health: { kind } }: WorkspaceView) => kind === "broken" || kind === "disabled";

function toneOf({ health, heldDeliveries }: WorkspaceView): BrokenThing["tone"] | undefined {
  switch (health.kind) {
    case "broken":
      return "bad";
    case "disabled":
      // Somebody meant it so; it is worth a line where messages wait for it.
      return heldDeliveries > 0 ? "warn" : undefined;
    case "degraded":
      return "warn";
    case "healthy":
    case "untested":
      return undefined;
  }
}

/** Tell whether a delivery is held for a workspace that is told of itself. */
export function waitsForBroken(
  { awaits }: HeldDelivery,
  workspaces: readonly WorkspaceView[],
): boolean {
  if (awaits.kind !== "workspace") return false;
  return workspaces.some((view) => view.workspace === awaits.workspace && isOff(view));
}

/** Read the workspaces and destinations of a hub. */
export const readPlaces = ({ workspaces, destinations }: Hub) =>
  Promise.all([workspaces.list(), destinations.list()]);
