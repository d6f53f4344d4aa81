import type { SandboxTold } from "../../core/ports/sandbox-life.ts";
import { orgBot } from "./oauth-methods.ts";
import type { Rig } from "./rig.ts";
import type { Team } from "./things.ts";
import type { HubAnswer, Wire } from "./wire.ts";

/** Slack tries three times more: at once, after a minute, after five (PLATFORMS §1.6). */
const retryMs: readonly number[] = [0, 60_000, 300_000];

/** What happened, as the inner part of an event. */
export interface Happening {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** These two come when the grant is over, so nothing is authorised by it any more. */
const withoutAuthorizations: ReadonlySet<string> = new Set(["app_uninstalled", "tokens_revoked"]);

/** Tells the app what happened, as the Events API does: signed, in an envelope, again when it was not acknowledged. */
export class Events {
  readonly #rig: Rig;
  readonly #wire: Wire;
  readonly #retryMs: readonly number[];
  readonly #timers = new Set<NodeJS.Timeout>();
  #count = 0;

  constructor(rig: Rig, wire: Wire, retries: readonly number[] = retryMs) {
    this.#rig = rig;
    this.#wire = wire;
    this.#retryMs = retries;
  }

  /**
   * Tell of something in a workspace, or in the organization, as it happened at a time. Resolves with the answer to the
   * first try; more tries follow by themselves.
   */
  async tell(where: Pick<Team, "id">, happened: Happening, at?: Date): Promise<SandboxTold> {
    const event = this.#envelope(where.id, happened, at ?? this.#rig.now());
    const answer = await this.#wire.tell(event);
    this.#again(event, answer, 0);
    return { event: happened.type, status: answer.status };
  }

  /** Ask the app to prove its address, as Slack does when the address is saved. */
  async verify(): Promise<HubAnswer & { readonly challenge: string }> {
    this.#count += 1;
    const challenge = this.#rig.world.seal(`challenge ${this.#count}`).slice(0, 40);
    const token = this.#rig.world.seal("verification token").slice(0, 24);
    return {
      ...(await this.#wire.tell({ token, challenge, type: "url_verification" })),
      challenge,
    };
  }

  /** Forget what would be told again. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #again(event: unknown, answer: HubAnswer, number: number): void {
    const wait = this.#retryMs[number];
    const isHeard = answer.status >= 200 && answer.status < 300;
    if (wait === undefined || isHeard || answer.headers?.get("x-slack-no-retry") === "1") return;
    const retry = { number: number + 1, reason: answer.trouble ?? "http_error" };
    const timer = setTimeout(async () => {
      this.#timers.delete(timer);
      this.#again(event, await this.#wire.tell(event, retry), number + 1);
    }, wait).unref();
    this.#timers.add(timer);
  }

  #envelope(place: string, happened: Happening, at: Date): object {
    const { world, grants } = this.#rig;
    this.#count += 1;
    const event_id = world.idOf("Ev", `event ${at.getTime()} ${this.#count}`);
    const team = world.teams.find(({ id }) => id === place);
    const grant = team ? grants.of(team) : grants.live(place);
    const isOrg = grant?.isOrg ?? false;
    const enterprise_id = team ? (team.enterprise ?? null) : place;
    const authorization = {
      enterprise_id,
      team_id: isOrg ? null : place,
      user_id: isOrg || !team ? orgBot(world) : team.botUserId,
      is_bot: true,
      is_enterprise_install: isOrg,
    };
    return {
      token: world.seal("verification token").slice(0, 24),
      team_id: place,
      ...(enterprise_id === null ? {} : { enterprise_id }),
      context_team_id: place,
      context_enterprise_id: enterprise_id,
      api_app_id: world.appId,
      event: happened,
      type: "event_callback",
      event_id,
      event_time: Math.floor(at.getTime() / 1_000),
      ...(withoutAuthorizations.has(happened.type) ? {} : { authorizations: [authorization] }),
      is_ext_shared_channel: false,
      event_context: `4-${event_id}`,
    };
  }
}
