import { isJsonObject } from "../../core/domain/json.ts";
import type { SandboxJournal } from "../../core/ports/sandbox.ts";
import type { Channel, Member, Standing, Team, Tenant } from "./tenant.ts";

interface Kept {
  readonly people: readonly Member[];
  readonly teams: readonly Team[];
  readonly channels: readonly (Omit<Channel, "team"> & { readonly team: string })[];
  readonly standing: Standing;
}

/** What a change replaces; a thing with a new id is added. */
export interface TenantChange {
  readonly person?: Member;
  readonly team?: Team;
  readonly channel?: Channel;
  readonly standing?: Partial<Standing>;
}

/** The tenant as it is now. Every change is in the journal when it returns, and there again after a restart. */
export class LiveTenant implements Tenant {
  readonly id: string;
  readonly name: string;
  readonly appId: string;
  readonly appPassword: string;
  readonly stranger: Tenant["stranger"];
  readonly #journal: SandboxJournal;
  readonly #changed: () => void;
  readonly #of: string | undefined;
  #kept: Kept;

  /** `of` tells its lines in the journal from those of the home, which carry none. */
  constructor(first: Tenant, journal: SandboxJournal, changed: () => void, of?: string) {
    this.id = first.id;
    this.name = first.name;
    this.appId = first.appId;
    this.appPassword = first.appPassword;
    this.stranger = first.stranger;
    this.#journal = journal;
    this.#changed = changed;
    this.#of = of;
    this.#kept = latestTenantLines(journal.read()).find((line) => line.of === of)?.tenant ?? {
      people: first.people,
      teams: first.teams,
      channels: first.channels.map((one) => ({ ...one, team: one.team.id })),
      standing: first.standing,
    };
  }

  get people(): readonly Member[] {
    return this.#kept.people;
  }

  get teams(): readonly Team[] {
    return this.#kept.teams;
  }

  get channels(): readonly Channel[] {
    const { teams, channels } = this.#kept;
    return channels.flatMap((one) => {
      const team = teams.find(({ id }) => id === one.team);
      return team ? [{ ...one, team }] : [];
    });
  }

  get standing(): Standing {
    return this.#kept.standing;
  }

  /** Change what is named, and keep it. */
  change({ person, team, channel, standing }: TenantChange): void {
    const { people, teams, channels } = this.#kept;
    this.#kept = {
      people: person ? put(people, person, ({ aadObjectId }) => aadObjectId) : people,
      teams: team ? put(teams, team, idOf) : teams,
      channels: channel ? put(channels, { ...channel, team: channel.team.id }, idOf) : channels,
      standing: { ...this.#kept.standing, ...standing },
    };
    const of = this.#of === undefined ? {} : { of: this.#of };
    this.#journal.append({ kind: "tenant", ...of, tenant: this.#kept });
    this.#changed();
  }
}

const idOf = ({ id }: { readonly id: string }) => id;

/** Put a thing in the place of the one with its id, else at the end. */
function put<Thing>(
  things: readonly Thing[],
  thing: Thing,
  keyOf: (thing: Thing) => string,
): readonly Thing[] {
  const at = things.findIndex((one) => keyOf(one) === keyOf(thing));
  return at < 0 ? [...things, thing] : things.with(at, thing);
}

interface TenantLine {
  readonly kind: "tenant";
  readonly of?: string;
  readonly tenant: Kept;
}

/** The journal lines that say how each tenant is: the last one of each. */
export function latestTenantLines(lines: readonly unknown[]): readonly TenantLine[] {
  const latest = new Map<string | undefined, TenantLine>();
  for (const line of lines.filter(isTenantLine)) latest.set(line.of, line);
  return [...latest.values()];
}

function isTenantLine(line: unknown): line is TenantLine {
  return isJsonObject(line) && line["kind"] === "tenant" && isJsonObject(line["tenant"]);
}
