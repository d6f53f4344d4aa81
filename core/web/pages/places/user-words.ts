import type { DestinationUser } from "../../../hub/destinations.ts";
import { say } from "../../../words/say.ts";

/** Say what kind of thing needs a destination: a rule, a workspace. */
export function sayUserKind({ kind }: DestinationUser): string {
  switch (kind) {
    case "rule":
      return say`rule`;
    case "unrouted events":
      return say`unrouted events`;
    case "workspace":
      return say`workspace`;
    case "destination":
      return say`destination`;
    case "operations":
      return say`operations`;
  }
}

/** Say its name; what has none of its own is described. */
export function sayUserName({ kind, name }: DestinationUser): string {
  if (kind === "operations") return say`the hub's own troubles`;
  return kind === "unrouted events" ? say`the fallback of the rules` : name;
}
