import type { OpenApproval } from "../domain/approval.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import { isRouter, type Person } from "../domain/person.ts";
import type { CardLinks } from "../messages/approval-card.ts";
import {
  knownCard,
  outsiderCard,
  unidentifiedCard,
  unknownCard,
} from "../messages/personal-card.ts";
import type { AccountLinks } from "../people/account-links.ts";
import { findVoter, type VoterDeps } from "../people/voter.ts";
import type { Visit } from "../ports/inbox.ts";
import { type VotingDeps, wouldRefuse } from "./record-vote.ts";
import { waitingFor } from "./waiting.ts";

interface GreetDeps extends VotingDeps, VoterDeps {
  readonly organization: OrganizationId;
  readonly links: CardLinks;
  readonly accountLinks: Pick<AccountLinks, "offer">;
}

/**
 * Draw what a visitor sees: whoever is linked, the requests that wait for them; whoever is not, a private link, as after
 * a click; whoever is from outside, that they decide nothing; of whom the platform does not tell, to come again.
 */
export async function greet(deps: GreetDeps, visit: Visit): Promise<Message> {
  if (visit.unidentified) return unidentifiedCard(visit.language);
  if (visit.outsider) return outsiderCard(visit.language);
  const voter = await findVoter(deps, visit);
  if (voter) {
    const { person } = voter;
    // In Slack the Home shows the field itself; in Teams it has to be asked for.
    const asksForChannels = visit.platform === "teams" && isRouter(person);
    const waiting = await readWaiting(deps, person, visit);
    const { name, language = visit.language } = person;
    return knownCard({ name, asksForChannels }, waiting, deps.links, language);
  }
  const { token } = await deps.accountLinks.offer(visit);
  return unknownCard(`${deps.links.hubUrl}/link/${token}`, visit.language);
}

async function readWaiting(
  deps: GreetDeps,
  voter: Person,
  { platform: via }: Visit,
): Promise<readonly OpenApproval[]> {
  return waitingFor(deps, voter, async (approval) => {
    const [action] = approval.actions;
    const vote = { action: action?.id ?? "", identity: "link", click: "" } as const;
    const refusal = await wouldRefuse(deps, approval, { voter, via, ...vote });
    return refusal === undefined || refusal.because === "reason_missing";
  });
}
