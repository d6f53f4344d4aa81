import { writeDuration } from "../../domain/duration.ts";
import type { Policy, Surface } from "../../domain/policy.ts";
import type { PolicyUser } from "../../hub/policies.ts";
import { say } from "../../words/say.ts";

const surfaceWords: Readonly<Record<Surface, () => string>> = {
  slack: () => "Slack",
  teams: () => "Teams",
  web: () => say`the web`,
  api: () => say`the API`,
};

/** Every place where people may decide, in the order in which pages name them. */
export const surfaces = Object.keys(surfaceWords) as readonly Surface[];

/** Call a place where people may decide by its name. */
export const saySurface = (surface: Surface): string => surfaceWords[surface]();

/** Say what names a policy: "production · version 2 · named by the rule Deploys". */
export const sayNamedBy = ({ kind, name }: PolicyUser): string =>
  ({
    rule: () => say`the rule ${name}`,
    type: () => say`the type ${name}`,
    pin: () => say`the pin of ${name}`,
  })[kind]();

/** The same in a list of them. */
export const sayUser = ({ kind, name }: PolicyUser): string =>
  ({ rule: () => say`rule ${name}`, type: () => say`type ${name}`, pin: () => say`pin ${name}` })[
    kind
  ]();

/** Say a policy in one line: who, how many, what else, by when. */
export function sayPolicyTerms(policy: Policy): string {
  const { votes, rejections, requesterMayVote, requester, via } = policy;
  const who = sayApprovers(policy);
  return [
    votes === 1 ? say`1 approval by ${who}` : say`${votes} approvals by ${who}`,
    rejections === 1 ? say`ended by 1 rejection` : say`ended by ${rejections} rejections`,
    requesterMayVote ? say`the requester may vote` : say`not by the requester`,
    ...(requester === "required" ? [say`who asks has to be known`] : []),
    say`on ${via.map(saySurface).join(", ")}`,
    say`within ${writeDuration(policy.expiresInMs)}`,
  ].join(" · ");
}

function sayApprovers({ approvers }: Policy): string {
  return approvers.map((one) => (one.kind === "anyone" ? say`any approver` : one.name)).join(", ");
}
