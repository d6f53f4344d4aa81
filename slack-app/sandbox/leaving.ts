import type { SandboxTold, SandboxUninstall } from "../../core/ports/sandbox-life.ts";
import type { Events, Happening } from "./events.ts";
import type { Grant } from "./grants.ts";
import { orgBot } from "./oauth-methods.ts";
import type { Rig } from "./rig.ts";

/** What Slack answers to a bot's token after each way of ending. */
const codes: Readonly<Record<NonNullable<SandboxUninstall["how"]>, string>> = {
  uninstalled: "account_inactive",
  revoked: "token_revoked",
  forgotten: "invalid_auth",
};

/** How an installation ends: its tokens die at once, and Slack tells of it in two events that keep no order. */
export class Leaving {
  readonly #rig: Rig;
  readonly #events: Events;

  constructor(rig: Rig, events: Events) {
    this.#rig = rig;
    this.#events = events;
  }

  /** End it. Resolves when both events have been tried once, or at once where none is told yet. */
  async end(
    grant: Grant,
    wish: Omit<SandboxUninstall, "workspace">,
  ): Promise<readonly SandboxTold[]> {
    const { how = "uninstalled", first = "app_uninstalled", silent = false, after_ms = 0 } = wish;
    this.#rig.grants.end(grant.id, codes[how]);
    if (silent) return [];
    const bot = this.#botOf(grant);
    const at = this.#rig.now();
    const happenings: readonly Happening[] = [
      { type: "app_uninstalled" },
      { type: "tokens_revoked", tokens: { oauth: [], bot: [bot] } },
    ];
    const ordered = first === "app_uninstalled" ? happenings : happenings.toReversed();
    if (after_ms === 0) return this.#tell(grant, ordered, at);
    setTimeout(() => void this.#tell(grant, ordered, at), after_ms).unref();
    return [];
  }

  async #tell(
    grant: Grant,
    happenings: readonly Happening[],
    at: Date,
  ): Promise<readonly SandboxTold[]> {
    const told: SandboxTold[] = [];
    for (const happened of happenings) told.push(await this.#events.tell(grant, happened, at));
    return told;
  }

  #botOf({ id, isOrg }: Grant): string {
    const { world } = this.#rig;
    return isOrg ? orgBot(world) : (world.teams.find((one) => one.id === id)?.botUserId ?? "");
  }
}
