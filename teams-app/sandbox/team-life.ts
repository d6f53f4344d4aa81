import type { SandboxDone, SandboxTeamWish } from "../../core/ports/sandbox-life.ts";
import { done, isHome, type Rig, refused, unknown } from "./rig.ts";
import { findChannel, findMember, findTeam, isMember, type Team, threadOf } from "./tenant.ts";

/** What becomes of a team's own state: what it must be before, what it is then, and what Teams calls that. */
const turns = {
  archive: {
    fits: ({ archived }: Team) => !archived,
    code: "already_archived",
    after: { archived: true },
    event: "teamArchived",
  },
  unarchive: {
    fits: ({ archived }: Team) => archived,
    code: "not_archived",
    after: { archived: false },
    event: "teamUnarchived",
  },
  delete: {
    fits: ({ deleted }: Team) => !deleted,
    code: "team_deleted",
    after: { deleted: true },
    event: "teamDeleted",
  },
  restore: {
    fits: ({ deleted }: Team) => deleted,
    code: "not_deleted",
    after: { deleted: false },
    event: "teamRestored",
  },
} as const;

/** What owners do to teams, and what the app is told of it: nothing, where it was not added. */
export class TeamLife {
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  /** Do it, tell the app, and say what came of it. */
  async change(wish: SandboxTeamWish): Promise<SandboxDone> {
    if (!isHome(this.#rig, wish.workspace)) return unknown("workspace", wish.workspace);
    if (wish.do === "create") return this.#create(wish);
    const team = findTeam(this.#rig.tenant, wish.team ?? "");
    if (!team) return unknown("team", wish.team);
    if (team.deleted && wish.do !== "restore") return refused("team_deleted");
    return this.#alter(team, wish);
  }

  /** Put the app out of every team in which it is. */
  async emptyAll(silent: boolean): Promise<SandboxDone & { readonly kind: "done" }> {
    const told = [];
    for (const team of this.#rig.tenant.teams.filter(({ hasApp }) => hasApp)) {
      this.#rig.tenant.change({ team: { ...team, hasApp: false } });
      if (!silent && !team.deleted) {
        told.push(...(await this.#rig.lifecycle.app(team, "remove", {})));
      }
    }
    return { kind: "done", id: this.#rig.tenant.id, told };
  }

  async #alter(team: Team, wish: SandboxTeamWish): Promise<SandboxDone> {
    switch (wish.do) {
      case "rename":
        if (!wish.name) return refused("name_missing");
        return this.#become({ ...team, name: wish.name }, "teamRenamed", wish);
      case "archive":
      case "unarchive":
      case "delete":
      case "restore": {
        const { fits, code, after, event } = turns[wish.do];
        return fits(team) ? this.#become({ ...team, ...after }, event, wish) : refused(code);
      }
      case "add_app":
        return this.#addApp(team, wish);
      case "remove_app":
        if (!team.hasApp) return refused("app_not_added");
        this.#rig.tenant.change({ team: { ...team, hasApp: false } });
        return done(team.id, await this.#rig.lifecycle.app(team, "remove", wish));
      case "add_member":
      case "remove_member":
        return this.#moveMember(team, wish);
      case "create":
        return this.#create(wish);
    }
  }

  #create({ name, region = "emea" }: SandboxTeamWish): SandboxDone {
    if (!name) return refused("name_missing");
    const { tenant, derive } = this.#rig;
    const count = tenant.teams.length;
    const id = threadOf(derive, `${name} General ${count}`);
    const team: Team = {
      id,
      name,
      groupId: derive.guid(`group ${name} ${count}`),
      region,
      hasApp: false,
      archived: false,
      deleted: false,
      members: tenant.people.filter(({ gone }) => !gone).map(({ aadObjectId }) => aadObjectId),
    };
    tenant.change({
      team,
      channel: { id, name: "General", kind: "standard", deleted: false, team },
    });
    return done(id);
  }

  async #become(team: Team, event: string, { repeat }: SandboxTeamWish): Promise<SandboxDone> {
    this.#rig.tenant.change({ team });
    return done(team.id, team.hasApp ? await this.#rig.lifecycle.team(team, event, repeat) : []);
  }

  async #addApp(team: Team, wish: SandboxTeamWish): Promise<SandboxDone> {
    const { tenant, lifecycle } = this.#rig;
    if (tenant.standing.catalogue === "absent") return refused("app_not_in_catalogue");
    if (tenant.standing.catalogue === "blocked") return refused("app_blocked_by_policy");
    if (team.hasApp) return refused("app_already_added");
    if (team.archived) return refused("team_archived");
    const asked = wish.channel ?? team.id;
    const chosen = findChannel(tenant, asked) ?? findChannel(tenant, `${team.name} › ${asked}`);
    if (chosen?.team.id !== team.id) return unknown("channel", asked);
    if (chosen.kind !== "standard") return refused("channel_not_standard");
    tenant.change({ team: { ...team, hasApp: true } });
    return done(team.id, await lifecycle.app(team, "add", { ...wish, chosen: chosen.id }));
  }

  async #moveMember(team: Team, wish: SandboxTeamWish): Promise<SandboxDone> {
    const { tenant, lifecycle } = this.#rig;
    const person = findMember(tenant, wish.person ?? "");
    if (!person) return unknown("person", wish.person);
    const comes = wish.do === "add_member";
    if (isMember(team, person) === comes) return refused(comes ? "already_member" : "not_member");
    const others = team.members.filter((one) => one !== person.aadObjectId);
    const members = comes ? [...others, person.aadObjectId] : others;
    tenant.change({ team: { ...team, members } });
    if (!team.hasApp) return done(team.id);
    return done(team.id, await lifecycle.member(team, comes ? "add" : "remove", person));
  }
}
