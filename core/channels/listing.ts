import { setImmediate as nextTurn } from "node:timers/promises";
import type { InstallationId } from "../domain/ids.ts";
import type { ChannelListing } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";
import type { ChannelLook } from "../ports/workspace-door.ts";
import { type ChannelDeps, openDoor } from "./deps.ts";
import { keepChannel } from "./keep.ts";

/** A whole listing is repeated after this time; between, news keeps it fresh. */
const againMs = 6 * 3_600_000;
/** No listing is planned so far ahead; two processes' clocks may differ by minutes. */
const aheadMs = againMs + 5 * 60_000;
/** Whoever asked for a page and died is followed by another after this time. */
const leaseMs = 60_000;
/** A listing whose platform has no settings, or whose code is still being loaded, makes room for others so long. */
const closedMs = 10_000;
/** Channels kept between two turns of everybody else; together, so that their writes share commits. */
const slice = 200;

/** Have an installation's channels listed, from the beginning; a listing that is under way goes on instead. */
export async function askForListing(
  { organization, store, clock }: ChannelDeps,
  installation: InstallationId,
): Promise<void> {
  const dueAt = clock.now();
  const known = await store.channelListings.get(installation);
  if (!known) {
    const listing = { id: installation, organization, revision: 1, installation, dueAt };
    await store.channelListings.insert(listing);
  } else if (known.beganAt === undefined) {
    const revision = known.revision + 1;
    await store.channelListings.replace({ ...known, revision, dueAt }, known.revision);
  }
}

/** Have every connected installation listed that never was. */
export async function askForMissing(deps: ChannelDeps): Promise<void> {
  for (const platform of ["slack", "teams"] as const) {
    const records = await deps.store.installations.scan("byWorkspace", {
      prefix: [platform],
      limit: 1_000,
    });
    for (const { id, state } of records) {
      const known = state !== "connected" || (await deps.store.channelListings.get(id));
      if (!known) await askForListing(deps, id);
    }
  }
}

/**
 * Ask for the next page of every listing that is due. Any number of processes may do so at once. What was planned under a
 * clock that has been set back since is due at once.
 */
export async function listDue(deps: ChannelDeps): Promise<void> {
  const upTo = deps.clock.now();
  const spans = [{ upTo }, { from: later(upTo, aheadMs) }];
  const due = spans.map((span) => deps.store.channelListings.scan("byDue", { ...span, limit: 20 }));
  const listings = (await Promise.all(due)).flat();
  await Promise.all(listings.map((listing) => listPage(deps, listing)));
}

/**
 * Ask for one page and keep it. It may be cut off anywhere: the page is asked for again when its lease has run out, and
 * a channel that is kept twice is kept once. So a hub that starts anew goes on where the last one stopped.
 */
async function listPage(deps: ChannelDeps, due: ChannelListing): Promise<void> {
  const { store, clock } = deps;
  const record = await store.installations.get(due.installation);
  const opened = record && (await openDoor(deps, record));
  if (!opened) {
    const isConnected = record?.state === "connected";
    const dueAt = later(clock.now(), closedMs);
    return advance(store, due, isConnected ? (one) => ({ ...one, dueAt }) : rest(clock.now()));
  }
  const now = clock.now();
  // Under a clock that was set back since, what is seen from now on would count as not seen.
  const beganAt = due.beganAt && due.beganAt < now ? due.beganAt : now;
  const taken = { ...due, beganAt, dueAt: later(now, leaseMs), revision: due.revision + 1 };
  if ((await store.channelListings.replace(taken, due.revision)) === "stale") return;
  const page = await opened.door.listChannels(opened.installation, taken.cursor);
  await keepAll(deps, taken.installation, page.channels);
  const { next: cursor, retryAfterMs = 0 } = page;
  if (cursor !== undefined) {
    const dueAt = later(clock.now(), retryAfterMs);
    return advance(store, taken, (listing) => ({ ...listing, cursor, dueAt }));
  }
  await removeUnseen(deps, taken);
  await advance(store, taken, (listing) => ({ ...rest(clock.now())(listing), listedAt: now }));
}

const later = (time: Date, ms: number) => new Date(time.getTime() + ms);

/** A listing that waits for its next time. */
const rest =
  (now: Date) =>
  ({ cursor: _, beganAt: __, ...listing }: ChannelListing): ChannelListing => ({
    ...listing,
    dueAt: later(now, againMs),
  });

/** Write how far a listing is; news may have counted its revision on meanwhile. */
async function advance(
  store: Store,
  { id }: ChannelListing,
  change: (listing: ChannelListing) => ChannelListing,
): Promise<void> {
  for (;;) {
    const newest = await store.channelListings.get(id);
    if (!newest) return;
    const next = { ...change(newest), revision: newest.revision + 1 };
    if ((await store.channelListings.replace(next, newest.revision)) === "saved") return;
  }
}

async function keepAll(
  deps: ChannelDeps,
  installation: InstallationId,
  looks: readonly ChannelLook[],
): Promise<void> {
  for (let at = 0; at < looks.length; at += slice) {
    const part = looks.slice(at, at + slice);
    await Promise.all(part.map((look) => keepChannel(deps, installation, look)));
    await nextTurn();
  }
}

/** Forget channels that a whole listing did not bring: deleted ones, and private ones that the app was sent out of. */
async function removeUnseen(
  { store }: ChannelDeps,
  { installation, beganAt }: ChannelListing & { readonly beganAt: Date },
): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const part = await store.channels.scan("byName", {
      prefix: [installation],
      limit: slice,
      ...(after === undefined ? {} : { after }),
    });
    const unseen = part.filter(({ seenAt }) => seenAt < beganAt);
    await Promise.all(unseen.map(({ id }) => store.channels.remove(id)));
    const last = part.at(-1);
    if (!last || part.length < slice) return;
    after = store.channels.cursorOf("byName", last);
    await nextTurn();
  }
}
