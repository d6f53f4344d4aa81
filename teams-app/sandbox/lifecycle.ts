import type { Json, JsonObject } from "../../core/domain/json.ts";
import type { SandboxTold } from "../../core/ports/sandbox-life.ts";
import { writePersonal } from "./press.ts";
import { type Channel, isMember, type Member, type Team } from "./tenant.ts";
import { activityBy, carry, type Wire } from "./wire.ts";

/** The two ways in which Teams tells an app that it was added or removed. */
export type Announcement = "installationUpdate" | "conversationUpdate";

/** What happened in a team, before it is an activity. */
interface Happening {
  /** As answers name it. */
  readonly event: string;
  readonly conversation: string;
  readonly content: { readonly [name: string]: Json };
  readonly about: { readonly [name: string]: Json };
}

/** Tells the app what happens in teams, in the shapes of PLATFORMS 2.11. */
export class Lifecycle {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Tell that the app came into a team, or left it. The conversation is then the channel that was chosen, else General. */
  async app(
    team: Team,
    how: "add" | "remove",
    {
      announce = ["installationUpdate", "conversationUpdate"],
      repeat = false,
      chosen = team.id,
    }: {
      readonly announce?: readonly Announcement[] | undefined;
      readonly repeat?: boolean | undefined;
      readonly chosen?: string;
    },
  ): Promise<readonly SandboxTold[]> {
    const told: SandboxTold[] = [];
    for (const kind of announce) {
      told.push(...(await this.#tell(team, this.#announced(kind, how, chosen), repeat)));
    }
    return told;
  }

  /** Tell that somebody came into a team, or left it. */
  member(team: Team, how: "add" | "remove", { id, aadObjectId }: Member) {
    const { event, content } = moved(how, { id, aadObjectId });
    return this.#tell(team, { ...plain(event, team), content }, false);
  }

  /** Tell what happened to a team: `teamRenamed`, `teamArchived`, … */
  team(team: Team, event: string, repeat = false) {
    return this.#tell(team, plain(event, team), repeat);
  }

  /** Tell what happened to a channel: `channelCreated`, … Apps hear nothing of private and shared ones. */
  async channel(
    { id, name, kind, team }: Channel,
    event: string,
    repeat = false,
  ): Promise<readonly SandboxTold[]> {
    if (kind !== "standard") return [];
    const about = { eventType: event, channel: { id, name } };
    return this.#tell(team, { ...plain(event, team), about }, repeat);
  }

  /** Tell that somebody opened the personal chat with the app for the first time. */
  async chat(person: Member): Promise<readonly SandboxTold[]> {
    const { tenant } = this.#wire;
    const installed = this.#personal(person, { type: "installationUpdate", action: "add" });
    const membersAdded = [{ id: `28:${tenant.appId}` }];
    const begun = this.#personal(person, { type: "conversationUpdate", membersAdded });
    return [
      await this.#send("installationUpdate.add", installed),
      await this.#send("conversationUpdate.membersAdded", begun),
    ];
  }

  /** Tell that somebody wrote to the app in their personal chat. */
  async say(person: Member, text: string): Promise<readonly SandboxTold[]> {
    const content = { type: "message", textFormat: "plain", text } as const;
    return [await this.#send("message", this.#personal(person, content))];
  }

  #personal(person: Member, content: JsonObject): JsonObject {
    return writePersonal(person, content, this.#wire);
  }

  #announced(kind: Announcement, how: "add" | "remove", chosen: string): Happening {
    const selected = { settings: { selectedChannel: { id: chosen } } };
    if (kind === "installationUpdate") {
      return {
        event: `installationUpdate.${how}`,
        conversation: chosen,
        content: { type: kind, action: how },
        about: how === "add" ? selected : {},
      };
    }
    const { event, content } = moved(how, { id: `28:${this.#wire.tenant.appId}` });
    return {
      event: `conversationUpdate.${event}`,
      conversation: chosen,
      content,
      about: { eventType: event, ...(how === "add" ? selected : {}) },
    };
  }

  async #tell(team: Team, { event, conversation, content, about }: Happening, repeat: boolean) {
    const { tenant } = this.#wire;
    const actor = tenant.people.find((one) => isMember(team, one)) ?? tenant.people[0];
    if (!actor) return [];
    const activity = {
      ...activityBy(actor, team.region, this.#wire),
      conversation: {
        id: conversation,
        isGroup: true,
        conversationType: "channel",
        tenantId: tenant.id,
      },
      channelData: {
        ...about,
        team: { id: team.id, name: team.name, aadGroupId: team.groupId },
        tenant: { id: tenant.id },
        source: { name: "message" },
      },
      ...content,
    };
    const first = await this.#send(event, activity);
    return repeat ? [first, await this.#send(event, activity)] : [first];
  }

  async #send(event: string, activity: JsonObject): Promise<SandboxTold> {
    const { status } = await carry(activity, this.#wire);
    return { event, status };
  }
}

/** An update of the team's own conversation. */
function plain(eventType: string, { id }: Team): Happening {
  return {
    event: `conversationUpdate.${eventType}`,
    conversation: id,
    content: { type: "conversationUpdate" },
    about: { eventType },
  };
}

function moved(how: "add" | "remove", who: { readonly [name: string]: Json }) {
  return how === "add"
    ? { event: "teamMemberAdded", content: { type: "conversationUpdate", membersAdded: [who] } }
    : {
        event: "teamMemberRemoved",
        content: { type: "conversationUpdate", membersRemoved: [who] },
      };
}
