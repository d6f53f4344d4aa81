import { hash } from "node:crypto";
import type { OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { ChannelNews, InstallationNews, NewsDesk } from "../ports/workspace-news.ts";

/**
 * Make the desk to which platform doors bring news: what is about one channel goes one way, what is about the whole
 * installation the other.
 *
 * News that was followed is remembered for two days, so that a repeat does nothing, in whichever process it arrives
 * (U15). It is noted after it was followed: of a repeat after a crash, every step may happen again.
 */
export function createNewsDesk({
  organization,
  store,
  clock,
  channel,
  installation,
}: {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  readonly channel: (news: ChannelNews) => Promise<void>;
  readonly installation: (news: InstallationNews) => Promise<void>;
}): NewsDesk {
  return {
    tell: async (news) => {
      const parts = [organization, "news", news.platform, news.workspace, news.news];
      const id = hash("sha256", JSON.stringify(parts), "hex");
      if (await store.seenClicks.get(id)) return;
      await ("channel" in news ? channel(news) : installation(news));
      await store.seenClicks.insert({
        ...{ id, organization, revision: 1 },
        answer: news.kind,
        seenAt: clock.now(),
      });
    },
  };
}
