import { createInbox } from "../../../core/approvals/inbox.ts";
import type { Approval } from "../../../core/domain/approval.ts";
import type { LinkedAccount } from "../../../core/domain/person.ts";
import { createInstallations } from "../../../core/installations/installations.ts";
import { buttonValue } from "../../../core/messages/approval-card.ts";
import { type AccountLinks, createAccountLinks } from "../../../core/people/account-links.ts";
import type { Click, ClickAnswer } from "../../../core/ports/inbox.ts";
import { type LanesRig, openLanes } from "../deliveries/lanes-rig.ts";
import { organization, slackChannel, teamsChannel } from "../domain/samples.ts";

export type Platform = "slack" | "teams";

/** The workspace of a sample channel. */
export const workspaceOf = (platform: Platform) =>
  platform === "slack" ? slackChannel.slackTeamId : teamsChannel.entraTenantId;

/** One open request with a card in Slack and in Teams, and an inbox before it. */
export interface LinkingRig {
  readonly lanes: LanesRig;
  readonly links: AccountLinks;
  readonly linked: LinkedAccount[];
  readonly request: Approval;
  /** A click of somebody on the request's card in a platform. */
  clickOf(platform: Platform, fields?: Partial<Click>): Promise<Click>;
  press(platform: Platform, fields?: Partial<Click>): Promise<ClickAnswer>;
  again(click: Click): Promise<ClickAnswer>;
  stored(): Promise<Approval>;
}

/** Open one. */
export async function openLinking(): Promise<LinkingRig> {
  const lanes = await openLanes();
  lanes.work();
  const request = await lanes.request("web/1");
  await lanes.drain();
  const linked: LinkedAccount[] = [];
  const { world } = lanes;
  const links = createAccountLinks({
    ...world,
    linked: async (account) => void linked.push(account),
  });
  const { recordOf } = createInstallations(world.store, world.vault, organization);
  const inbox = createInbox({ ...world, changed: () => {}, accountLinks: links, recordOf });
  let clicks = 0;
  const clickOf = async (platform: Platform, fields: Partial<Click> = {}): Promise<Click> => {
    clicks += 1;
    const posts = await lanes.deliveries("post");
    const copy = posts.find((post) => post.platform === platform);
    if (copy?.state !== "delivered" || !copy.ref) throw new Error("the card is not there");
    const { channel, message } = copy.ref;
    return {
      ...{ platform, workspace: workspaceOf(platform), user: "Eve-1", outsider: false },
      ...{ action: "approve", value: buttonValue(request), copy: { channel, message } },
      click: `click ${clicks}`,
      ...fields,
    };
  };
  return {
    ...{ lanes, links, linked, request, clickOf },
    press: async (platform, fields) => inbox.click(await clickOf(platform, fields)),
    again: (click) => inbox.click(click),
    stored: async () => {
      const approval = await world.store.approvals.get(request.id);
      if (!approval) throw new Error("the request is gone");
      return approval;
    },
  };
}

/** The token in the private text of somebody who is not linked. */
export function tokenIn(answer: ClickAnswer): string {
  const text = answer.kind === "refused" ? answer.text : "";
  const token = /\/link\/(\w+)/.exec(text)?.[1];
  if (token === undefined) throw new Error(`There is no link in "${text}".`);
  return token;
}
