import type {
  SandboxChannelWish,
  SandboxDone,
  SandboxTold,
} from "../../core/ports/sandbox-life.ts";
import type { Events, Happening } from "./events.ts";
import { findChannel, findPerson, findTeam, type Rig } from "./rig.ts";
import { botUserOf } from "./shapes.ts";
import { type Channel, plainChannel, type Team } from "./things.ts";

/** The longest name, and the signs in one (docs.slack.dev/reference/methods/conversations.create). */
const namePattern = /^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u;

/** As many as a wish may make at once. */
const largestCrowd = 50_000;

type Outcome =
  | { readonly channel: Channel; readonly happened?: Happening; readonly also?: readonly Channel[] }
  | Exclude<SandboxDone, { kind: "done" }>;

const refused = (code: string): Outcome => ({ kind: "refused", code });
const twin = (channel: Channel, what: string) => `${channel.private ? "group" : "channel"}_${what}`;

/** What admins and members do to channels, and what the app is told of it. */
export class ChannelLife {
  readonly #rig: Rig;
  readonly #events: Events;

  constructor(rig: Rig, events: Events) {
    this.#rig = rig;
    this.#events = events;
  }

  /** Do it, tell the app, and say what came of it. */
  async change(wish: SandboxChannelWish): Promise<SandboxDone> {
    const { channels, world } = this.#rig;
    const team = wish.workspace === undefined ? world.home : findTeam(this.#rig, wish.workspace);
    if (!team) return { kind: "unknown", what: "workspace", asked: wish.workspace ?? "" };
    const outcome = this.#outcomeOf(wish, team);
    if ("kind" in outcome) return outcome;
    const { channel, happened, also = [] } = outcome;
    const before = channels.get(channel.id);
    channels.put(...also, channel);
    const told = happened ? await this.#tell(channel, happened, before ?? channel) : [];
    return { kind: "done", id: channel.id, told };
  }

  #outcomeOf(wish: SandboxChannelWish, team: Team): Outcome {
    if (wish.do === "create") return this.#create(wish, team);
    if (wish.do === "crowd") return this.#crowd(wish, team);
    const asked = wish.channel ?? "";
    const channel = findChannel(this.#rig, asked, wish.workspace ? [team.id] : undefined);
    return channel ? this.#alter(channel, wish) : { kind: "unknown", what: "channel", asked };
  }

  #alter(channel: Channel, wish: SandboxChannelWish): Outcome {
    const { id } = channel;
    const [someone] = channel.people;
    switch (wish.do) {
      case "archive":
        if (channel.archived) return refused("already_archived");
        return {
          channel: { ...channel, archived: true },
          happened: { type: twin(channel, "archive"), channel: id, user: someone },
        };
      case "unarchive":
        if (!channel.archived) return refused("not_archived");
        return {
          channel: { ...channel, archived: false },
          happened: { type: twin(channel, "unarchive"), channel: id, user: someone },
        };
      case "rename":
        return this.#rename(channel, wish.name ?? "");
      case "delete":
        return {
          channel: { ...channel, deleted: true },
          happened: { type: twin(channel, "deleted"), channel: id },
        };
      case "invite":
      case "remove":
        return wish.person === undefined
          ? this.#moveApp(channel, wish.do)
          : this.#movePerson(channel, wish.do, wish.person);
      case "hide":
        return { channel: { ...channel, private: true } };
      case "share":
        return this.#share(channel);
      case "restrict":
        return { channel: { ...channel, readOnly: true } };
      case "change_id":
        return this.#changeId(channel);
      case "create":
      case "crowd":
      case "restore":
        return refused("invalid_arguments");
    }
  }

  #nameTrouble(team: string, name: string): Outcome | undefined {
    if (!namePattern.test(name)) return refused("invalid_name_specials");
    return findChannel(this.#rig, name, [team]) ? refused("name_taken") : undefined;
  }

  #create(wish: SandboxChannelWish, team: Team): Outcome {
    const { world, members, channels, now } = this.#rig;
    const name = (wish.name ?? "").replace(/^#/, "");
    const trouble = this.#nameTrouble(team.id, name);
    if (trouble) return trouble;
    const id = world.idOf("C", `${team.id} ${name} ${channels.size}`);
    const people = members.all().flatMap((one) => (one.workspace === team.id ? one.id : []));
    const workspace = team.id;
    const channel = plainChannel({ id, name: `#${name}`, workspace, people });
    if (wish.private) return { channel: { ...channel, private: true } };
    const created = Math.floor(now().getTime() / 1_000);
    return {
      channel,
      happened: { type: "channel_created", channel: { id, name, created, creator: people[0] } },
    };
  }

  #crowd({ name = "crowd", count = 20_000 }: SandboxChannelWish, team: Team): Outcome {
    if (count < 1 || count > largestCrowd) return refused("invalid_arguments");
    const { world, members } = this.#rig;
    const people = members.all().flatMap((one) => (one.workspace === team.id ? one.id : []));
    const made = Array.from({ length: count }, (_, number) =>
      plainChannel({
        id: world.idOf("C", `${team.id} crowd ${name} ${number}`),
        name: `#${name}-${String(number + 1).padStart(5, "0")}`,
        workspace: team.id,
        people: people.slice(0, 1),
        crowd: true,
      }),
    );
    const last = made.at(-1);
    return last ? { channel: last, also: made.slice(0, -1) } : refused("invalid_arguments");
  }

  #rename(channel: Channel, wished: string): Outcome {
    const name = wished.replace(/^#/, "");
    const trouble = this.#nameTrouble(channel.workspace, name);
    if (trouble) return trouble;
    const created = Math.floor(this.#rig.now().getTime() / 1_000);
    return {
      channel: { ...channel, name: `#${name}` },
      happened: { type: twin(channel, "rename"), channel: { id: channel.id, name, created } },
    };
  }

  #moveApp(channel: Channel, how: "invite" | "remove"): Outcome {
    const comes = how === "invite";
    if (channel.archived) return refused("is_archived");
    if (channel.member === comes) return refused(comes ? "already_in_channel" : "not_in_channel");
    const moved = { ...channel, member: comes };
    const [actor_id] = channel.people;
    if (!comes)
      return {
        channel: moved,
        happened: { type: twin(channel, "left"), channel: channel.id, actor_id },
      };
    return { channel: moved, happened: this.#joined(channel, this.#botIn(channel), actor_id) };
  }

  #movePerson(channel: Channel, how: "invite" | "remove", asked: string): Outcome {
    const person = findPerson(this.#rig, asked);
    if (!person) return { kind: "unknown", what: "person", asked };
    const { id } = person;
    const others = channel.people.filter((one) => one !== id);
    const isForeign = person.workspace !== channel.workspace;
    if (isForeign && !channel.outsiders) return refused("cant_invite");
    if (how === "remove") return { channel: { ...channel, people: others } };
    return {
      channel: { ...channel, people: [...others, id] },
      ...(channel.member ? { happened: this.#joined(channel, id, channel.people[0]) } : {}),
    };
  }

  #joined(channel: Channel, user: string, inviter: string | undefined): Happening {
    const channel_type = channel.private ? "G" : "C";
    const { id, workspace: team } = channel;
    return { type: "member_joined_channel", user, channel: id, channel_type, team, inviter };
  }

  /** Share it with the first other company, and let somebody of there in. */
  #share(channel: Channel): Outcome {
    const guest = this.#rig.members.all().find((one) => one.workspace !== channel.workspace);
    const people = [...channel.people, ...(guest ? [guest.id] : [])];
    return { channel: { ...channel, outsiders: true, people } };
  }

  #changeId(channel: Channel): Outcome {
    const { id: old } = channel;
    const id = this.#rig.world.idOf("C", `once ${old}`);
    return {
      channel: { ...channel, id, formerly: old },
      also: [{ ...channel, deleted: true }],
      happened: { type: "channel_id_changed", old_channel_id: old, new_channel_id: id },
    };
  }

  #botIn(channel: Channel): string {
    const team = this.#rig.world.teams.find(({ id }) => id === channel.workspace);
    return botUserOf(this.#rig, team ?? this.#rig.world.home);
  }

  /** The app hears of public channels, and of private ones that it is in, or was until now; each needs its scope. */
  async #tell(
    channel: Channel,
    happened: Happening,
    before: Channel,
  ): Promise<readonly SandboxTold[]> {
    const team = this.#rig.world.teams.find(({ id }) => id === channel.workspace);
    const scopes = team && this.#rig.grants.of(team)?.scopes;
    const hears = !channel.private || channel.member || before.member;
    const needed = channel.private ? "groups:read" : "channels:read";
    if (!team || !hears || !scopes?.includes(needed)) return [];
    const event_ts = (this.#rig.now().getTime() / 1_000).toFixed(6);
    return [await this.#events.tell(team, { ...happened, event_ts })];
  }
}
