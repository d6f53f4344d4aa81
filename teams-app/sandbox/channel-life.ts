import type { SandboxChannelWish, SandboxDone } from "../../core/ports/sandbox-life.ts";
import { done, isHome, type Rig, refused, unknown } from "./rig.ts";
import { type Channel, findChannel, findTeam, isGeneral, threadOf } from "./tenant.ts";

/** The longest name of a channel, and the signs that may not be in it (Teams' "Create a channel" window). */
const mostSigns = 50;
const badSigns = /[~#%&*{}+/\\:<>?|'"]/u;

/** What owners do to channels, and what the app is told of it. */
export class ChannelLife {
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  /** Do it, tell the app where it was added, and say what came of it. */
  async change(wish: SandboxChannelWish): Promise<SandboxDone> {
    if (!isHome(this.#rig, wish.workspace)) return unknown("workspace", wish.workspace);
    if (wish.do === "create") return this.#create(wish);
    const channel = findChannel(this.#rig.tenant, wish.channel ?? "");
    if (!channel) return unknown("channel", wish.channel);
    if (channel.team.deleted) return refused("team_deleted");
    if (channel.team.archived) return refused("team_archived");
    return this.#alter(channel, wish);
  }

  async #alter(channel: Channel, wish: SandboxChannelWish): Promise<SandboxDone> {
    const isGone = channel.deleted;
    switch (wish.do) {
      case "rename": {
        const name = wish.name ?? "";
        if (isGeneral(channel)) return refused("general_stays");
        if (isGone) return refused("channel_deleted");
        const trouble = this.#nameTrouble(name, channel);
        return trouble ?? this.#become({ ...channel, name }, "channelRenamed", wish);
      }
      case "delete":
        if (isGeneral(channel)) return refused("general_stays");
        if (isGone) return refused("channel_deleted");
        return this.#become({ ...channel, deleted: true }, "channelDeleted", wish);
      case "restore":
        if (!isGone) return refused("not_deleted");
        return this.#become({ ...channel, deleted: false }, "channelRestored", wish);
      default:
        // Teams has no such act: an app comes into a team, and teams are archived as a whole.
        return refused("not_in_teams");
    }
  }

  #nameTrouble(name: string, { team }: Pick<Channel, "team">): SandboxDone | undefined {
    if (name === "" || name.length > mostSigns || badSigns.test(name)) {
      return refused("name_not_allowed");
    }
    const isTaken = this.#rig.tenant.channels.some(
      (one) => one.team.id === team.id && one.name.toLowerCase() === name.toLowerCase(),
    );
    // Also by a deleted channel: it may come back.
    return isTaken ? refused("name_taken") : undefined;
  }

  async #create(wish: SandboxChannelWish): Promise<SandboxDone> {
    const { name = "", team: asked, private: isPrivate, type } = wish;
    const { tenant, derive } = this.#rig;
    const team = findTeam(tenant, asked ?? "");
    if (!team) return unknown("team", asked);
    if (team.deleted) return refused("team_deleted");
    if (team.archived) return refused("team_archived");
    const trouble = this.#nameTrouble(name, { team });
    if (trouble) return trouble;
    const id = threadOf(derive, `${team.id} ${name} ${tenant.channels.length}`);
    const kind = type ?? (isPrivate ? "private" : "standard");
    return this.#become({ id, name, kind, deleted: false, team }, "channelCreated", wish);
  }

  async #become(
    channel: Channel,
    event: string,
    { repeat }: SandboxChannelWish,
  ): Promise<SandboxDone> {
    const { tenant, lifecycle } = this.#rig;
    tenant.change({ channel });
    const isHeard = channel.team.hasApp;
    return done(channel.id, isHeard ? await lifecycle.channel(channel, event, repeat) : []);
  }
}
