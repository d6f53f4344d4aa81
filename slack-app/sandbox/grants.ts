import type { SandboxJournal } from "../../core/ports/sandbox.ts";
import { Shelf } from "./shelf.ts";
import type { Team, World } from "./things.ts";

/** Rotating tokens last half a day (docs.slack.dev/authentication/using-token-rotation). */
const rotatingMs = 43_200_000;

/** One installation of the app, in a workspace or in a whole organization. Its id is the workspace's or organization's. */
export interface Grant {
  readonly id: string;
  /** Set on an org-wide installation. */
  readonly isOrg: boolean;
  /** Where it may act. An organization adds workspaces after installing. */
  readonly teams: readonly string[];
  readonly scopes: readonly string[];
  readonly installer: string;
  /** Since the grant ended: what Slack answers to its tokens. */
  readonly ended?: string;
}

interface TokenRecord {
  /** A number that grows; the token is made of it. */
  readonly id: string;
  readonly grant: string;
  readonly kind: "bot" | "refresh";
  readonly expiresAt?: number;
  /** What Slack answers to it since it ended. */
  readonly ended?: string;
}

/** What an exchange hands out. */
export interface Tokens {
  readonly grant: Grant;
  readonly access: string;
  /** Where tokens rotate. */
  readonly refresh?: string;
}

export const rotatingSeconds = rotatingMs / 1_000;

/** Installations of the app, and the tokens by which they are used. */
export class Grants {
  readonly #grants: Shelf<Grant>;
  readonly #records: Shelf<TokenRecord>;
  readonly #world: World;
  readonly #now: () => Date;

  constructor(journal: SandboxJournal, world: World, now: () => Date, installed: boolean) {
    const { home, installation, members } = world;
    const first: Grant = {
      id: home.id,
      isOrg: false,
      teams: [home.id],
      scopes: installation.scopes,
      installer: members[0]?.id ?? "",
    };
    this.#grants = new Shelf(journal, "grants", installed ? [first] : []);
    this.#records = new Shelf<TokenRecord>(
      journal,
      "tokens",
      installed ? [{ id: "0", grant: home.id, kind: "bot" }] : [],
    );
    this.#world = world;
    this.#now = now;
  }

  /** The installation by which the app acts in a workspace: the workspace's own, else the organization's. */
  of(team: Team): Grant | undefined {
    const live = [this.#grants.get(team.id), this.#grants.get(team.enterprise ?? "")];
    return live.find((one) => one !== undefined && !one.ended && one.teams.includes(team.id));
  }

  /** A live installation by its own id. */
  live(id: string): Grant | undefined {
    const grant = this.#grants.get(id);
    return grant && !grant.ended ? grant : undefined;
  }

  /** Install, or authorise again: scopes add up, and a token that lives is handed out once more. */
  install(wish: Omit<Grant, "ended">, rotating: boolean): Tokens {
    const before = this.live(wish.id);
    const scopes = [...new Set([...(before?.scopes ?? []), ...wish.scopes])].toSorted();
    const teams = [...new Set([...(before?.teams ?? []), ...wish.teams])];
    const grant: Grant = { ...wish, scopes, teams };
    this.#grants.put(grant);
    const known = before && !rotating ? this.#lasting(grant.id) : undefined;
    return known ? { grant, access: this.#textOf(known) } : this.#mint(grant, rotating);
  }

  /** The tokens that an installation goes by now, as whoever installed it has them; undefined when none live. */
  current(id: string): (Tokens & { readonly expiresAtMs?: number }) | undefined {
    const grant = this.live(id);
    const mine = this.#records.all().filter((one) => one.grant === id && !one.ended);
    const bot = mine.findLast(({ kind }) => kind === "bot");
    if (!grant || !bot) return undefined;
    const refresh = bot.expiresAt ? mine.findLast(({ kind }) => kind === "refresh") : undefined;
    return {
      grant,
      access: this.#textOf(bot),
      ...(refresh ? { refresh: this.#textOf(refresh) } : {}),
      ...(bot.expiresAt ? { expiresAtMs: bot.expiresAt } : {}),
    };
  }

  /** Judge a token: the installation that it stands for, or Slack's name for why not. */
  judge(token: string): Grant | string {
    const record = this.#find(token, "bot");
    const grant = record && this.#grants.get(record.grant);
    if (!record || !grant) return "invalid_auth";
    if (record.ended) return record.ended;
    const isOver = record.expiresAt !== undefined && record.expiresAt <= this.#now().getTime();
    return isOver ? "token_expired" : grant;
  }

  /** Trade a refresh token for a new pair. It works once. */
  refresh(token: string): Tokens | "invalid_refresh_token" {
    const record = this.#find(token, "refresh");
    const grant = record && this.live(record.grant);
    if (!record || !grant || record.ended) return "invalid_refresh_token";
    this.#records.put({ ...record, ended: "invalid_refresh_token" });
    return this.#mint(grant, true);
  }

  /** End an installation: from now on its tokens are answered with `code`. */
  end(id: string, code: string): void {
    const grant = this.#grants.get(id);
    if (!grant) return;
    this.#grants.put({ ...grant, ended: code });
    const mine = this.#records.all().filter((one) => one.grant === id && !one.ended);
    if (mine.length > 0) this.#records.put(...mine.map((one) => ({ ...one, ended: code })));
  }

  /** Change where an org-wide installation may act. */
  setTeams(id: string, teams: readonly string[]): void {
    const grant = this.live(id);
    if (grant) this.#grants.put({ ...grant, teams });
  }

  /** Take scopes away, as an installation has them that is older than the app's present wishes. */
  setScopes(id: string, scopes: readonly string[]): void {
    const grant = this.live(id);
    if (grant) this.#grants.put({ ...grant, scopes });
  }

  /** Let every rotating token of an installation run out now. */
  expire(id: string): void {
    const at = this.#now().getTime();
    const mine = this.#records.all().filter((one) => one.grant === id && one.expiresAt);
    if (mine.length > 0) this.#records.put(...mine.map((one) => ({ ...one, expiresAt: at })));
  }

  #mint(grant: Grant, rotating: boolean): Tokens {
    const serial = Math.max(0, ...this.#records.all().map(({ id }) => Number(id)));
    const expiresAt = this.#now().getTime() + rotatingMs;
    const bot: TokenRecord = {
      id: String(serial + 1),
      grant: grant.id,
      kind: "bot",
      ...(rotating ? { expiresAt } : {}),
    };
    if (!rotating) {
      this.#records.put(bot);
      return { grant, access: this.#textOf(bot) };
    }
    const refresh: TokenRecord = { id: String(serial + 2), grant: grant.id, kind: "refresh" };
    this.#records.put(bot, refresh);
    return { grant, access: this.#textOf(bot), refresh: this.#textOf(refresh) };
  }

  #lasting(grant: string): TokenRecord | undefined {
    return this.#records
      .all()
      .findLast((one) => one.grant === grant && one.kind === "bot" && !one.ended && !one.expiresAt);
  }

  #find(token: string, kind: TokenRecord["kind"]): TokenRecord | undefined {
    return this.#records.all().find((one) => one.kind === kind && this.#textOf(one) === token);
  }

  /** Tokens are not stored: each is made anew from its number. */
  #textOf({ id, kind, expiresAt }: TokenRecord): string {
    const { installation, seal } = this.#world;
    if (id === "0") return installation.botToken;
    const mark = seal(`${kind} token ${id}`).slice(0, 40);
    if (kind === "refresh") return `xoxe-1-${mark}`;
    return expiresAt === undefined ? `xoxb-${id}-${mark}` : `xoxe.xoxb-1-${mark}`;
  }
}
