import type { SandboxInstall } from "../../core/ports/sandbox-life.ts";
import type { Tokens } from "./grants.ts";
import { findPerson, findTeam, type Rig } from "./rig.ts";
import { splitList, unknownScopes } from "./scopes.ts";
import type { Member, Team } from "./things.ts";

/** A code works once, for ten minutes (docs.slack.dev/authentication/installing-with-oauth). */
const codeMs = 10 * 60_000;

/** What a person is asked on the consent page. */
export interface ConsentAsked {
  readonly redirect: string;
  readonly redirectGiven: boolean;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  /** The only workspace, where the address names one. */
  readonly team: string | undefined;
}

/** Why Slack shows its own error page and leads nowhere. */
export interface ConsentTrouble {
  readonly error: string;
  readonly text: string;
}

interface Code {
  readonly asked: ConsentAsked;
  readonly person: string;
  readonly place: string;
  readonly rotating: boolean;
  readonly until: number;
  used: boolean;
}

type Query = Readonly<Record<string, unknown>>;

const trouble = (error: string, text: string): ConsentTrouble => ({ error, text });
const textIn = (query: Query, name: string): string | undefined => {
  const value = query[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** The page where somebody lets the app in, without its looks, and the codes that it hands out. */
export class Consents {
  readonly #rig: Rig;
  readonly #redirect: string;
  readonly #codes = new Map<string, Code>();
  #next: SandboxInstall | undefined;

  /** `redirect` is the address that the app has registered. */
  constructor(rig: Rig, redirect: string) {
    this.#rig = rig;
    this.#redirect = redirect;
  }

  /** Let the next visit to the page be decided at once. */
  arm(wish: SandboxInstall): void {
    this.#next = wish;
  }

  /** Take the decision that waits for this visit. */
  takeArmed(): SandboxInstall | undefined {
    const wish = this.#next;
    this.#next = undefined;
    return wish;
  }

  /** Read what the app asks for, or say what Slack's error page says. */
  read(query: Query): ConsentAsked | ConsentTrouble {
    if (textIn(query, "client_id") !== this.#rig.world.settings.clientId)
      return trouble("invalid_client_id", "Invalid client_id parameter.");
    const given = textIn(query, "redirect_uri");
    const redirect = given ?? this.#redirect;
    if (redirect !== this.#redirect || !isSafe(redirect)) {
      const text = `redirect_uri did not match any configured URIs. Passed URI: ${redirect}`;
      return trouble("bad_redirect_uri", text);
    }
    const scopes = splitList(textIn(query, "scope") ?? "");
    const strange = unknownScopes(scopes);
    if (scopes.length === 0 || strange.length > 0) {
      const text = strange.length > 0 ? strange.join(", ") : "no scopes requested";
      return trouble("invalid_scope", `Invalid permissions requested: ${text}.`);
    }
    const team = textIn(query, "team");
    const state = textIn(query, "state");
    return { redirect, redirectGiven: given !== undefined, scopes, state, team };
  }

  /** Let a person allow it in a workspace or an organization. Answers where the browser is sent. */
  allow(asked: ConsentAsked, wish: Omit<SandboxInstall, "outcome">): string | ConsentTrouble {
    const place = this.#placeOf(wish.workspace ?? asked.team);
    const person = place && this.#personOf(wish.as, place.teams);
    if (!place || (asked.team !== undefined && place.id !== asked.team))
      return trouble("invalid_team", "This link is for another workspace.");
    if (!person)
      return trouble("org_login_required", `${wish.as ?? "Nobody"} is not in ${place.name}.`);
    if (person.guest)
      return trouble("user_is_restricted", "Guests cannot install apps. Ask an admin.");
    const code = this.#rig.world.seal(`code ${this.#codes.size} ${this.#rig.now().getTime()}`);
    this.#codes.set(code, {
      asked: { ...asked, scopes: asked.scopes.filter((one) => !wish.without?.includes(one)) },
      person: person.id,
      place: place.id,
      rotating: wish.rotating ?? false,
      until: this.#rig.now().getTime() + codeMs,
      used: false,
    });
    return leadTo(asked.redirect, { code, state: asked.state });
  }

  /** Where the browser is sent when the person says no. */
  cancel({ redirect, state }: ConsentAsked): string {
    return leadTo(redirect, { error: "access_denied", state });
  }

  /** Trade a code for tokens, as `oauth.v2.access` does, or say why not by Slack's name. */
  exchange(
    given: string,
    redirect: string | undefined,
  ): (Tokens & { person: string; rotating: boolean }) | string {
    const code = this.#codes.get(given);
    if (!code || code.until <= this.#rig.now().getTime()) return "invalid_code";
    if (code.used) return "code_already_used";
    const expected = code.asked.redirectGiven ? code.asked.redirect : undefined;
    if (redirect !== expected) return "bad_redirect_uri";
    code.used = true;
    const { world, grants } = this.#rig;
    const { place, person, rotating } = code;
    const isOrg = place === world.enterprise.id;
    const wish = { id: place, isOrg, teams: isOrg ? [] : [place], scopes: code.asked.scopes };
    return { ...grants.install({ ...wish, installer: person }, rotating), person, rotating };
  }

  /** A workspace by name or id, or the organization; none asked for is the first workspace. */
  #placeOf(asked: string | undefined): Place | undefined {
    const { world } = this.#rig;
    const { enterprise } = world;
    if (asked === enterprise.id || asked?.toLowerCase() === enterprise.name.toLowerCase()) {
      return {
        ...enterprise,
        teams: world.teams.filter((one) => one.enterprise === enterprise.id),
      };
    }
    const team = asked === undefined ? world.home : findTeam(this.#rig, asked);
    return team && { id: team.id, name: team.name, teams: [team] };
  }

  #personOf(asked: string | undefined, teams: readonly Team[]): Member | undefined {
    const isThere = ({ workspace }: Member) => teams.some(({ id }) => id === workspace);
    if (asked === undefined) return this.#rig.members.all().find(isThere);
    const person = findPerson(this.#rig, asked);
    return person && isThere(person) && !person.deactivated ? person : undefined;
  }
}

interface Place {
  readonly id: string;
  readonly name: string;
  readonly teams: readonly Team[];
}

/** Slack takes https alone; plain http on a loopback host is what local trials use. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

function leadTo(address: string, query: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
