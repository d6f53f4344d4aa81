import type { SandboxInstall } from "../../core/ports/sandbox-life.ts";
import type { LiveTenant } from "./live-tenant.ts";
import { findMember } from "./tenant.ts";
import { type Tenants, tenantNamed } from "./tenants.ts";

/** What an admin is asked on the consent page. */
export interface ConsentAsked {
  /** Whose admin is asked: the one that the address names, else the home. */
  readonly tenant: LiveTenant;
  /** The address leaves open whose admin comes. */
  readonly anybody: boolean;
  readonly redirect: string;
  readonly state: string | undefined;
  readonly scope: string | undefined;
}

/** Why Microsoft shows its own error page and leads nowhere: the number of its list, and words for people. */
export interface ConsentTrouble {
  readonly code: number;
  readonly text: string;
}

type Query = Readonly<Record<string, string>>;

/** Names by which a request leaves open whose admin will come. */
const anyTenant: ReadonlySet<string> = new Set(["organizations", "common"]);

const trouble = (code: number, text: string): ConsentTrouble => ({ code, text });

/** The page where an admin lets the app in, without its looks. */
export class Consents {
  readonly #tenants: Tenants<LiveTenant>;
  readonly #redirect: string;
  #next: SandboxInstall | undefined;

  /** `redirect` is the address that the app has registered. */
  constructor(tenants: Tenants<LiveTenant>, redirect: string) {
    this.#tenants = tenants;
    this.#redirect = redirect;
  }

  /** Let the next visit to the page be decided at once. */
  arm(wish: SandboxInstall): void {
    this.#next = wish;
  }

  /** What was armed, once. */
  takeArmed(): SandboxInstall | undefined {
    const armed = this.#next;
    this.#next = undefined;
    return armed;
  }

  /** Read an address that leads here, or say why Microsoft goes no further. */
  read(asked: string, query: Query): ConsentAsked | ConsentTrouble {
    const anybody = anyTenant.has(asked);
    const tenant = anybody ? this.#tenants[0] : this.#tenants.find(({ id }) => id === asked);
    if (!tenant) return trouble(90002, `There is no tenant '${asked}' here.`);
    if (query["client_id"] !== tenant.appId)
      return trouble(700016, "This directory does not know the application.");
    if (query["redirect_uri"] !== this.#redirect)
      return trouble(50011, "The app has not registered the address that it gave as redirect_uri.");
    const { state, scope } = { state: undefined, scope: undefined, ...query };
    return { tenant, anybody, redirect: this.#redirect, state, scope };
  }

  /** Do what somebody decided. Answers where the browser is sent. */
  decide(asked: ConsentAsked, { outcome, as, workspace }: SandboxInstall): string | ConsentTrouble {
    if (outcome === "cancel") return this.#cancelled(asked);
    const { scope, state } = asked;
    const agreed = { admin_consent: "True", scope };
    const named = workspace === undefined ? undefined : tenantNamed(this.#tenants, workspace);
    if (outcome === "wrong_tenant") {
      const { id } = named ?? asked.tenant.stranger;
      return leadTo(asked.redirect, { ...agreed, tenant: id, state });
    }
    const tenant = (asked.anybody && named) || asked.tenant;
    const [admin] = tenant.people;
    const person = as === undefined ? admin : findMember(tenant, as);
    if (!person || person.gone) return trouble(50034, `${as} has no account in ${tenant.name}.`);
    if (person !== admin)
      return trouble(90094, `${person.name} is no admin of ${tenant.name}. An admin must agree.`);
    tenant.change({ standing: { consented: true, principalGone: false } });
    const forged = outcome === "wrong_state" ? `${state ?? ""}x` : state;
    return leadTo(asked.redirect, { ...agreed, tenant: tenant.id, state: forged });
  }

  #cancelled({ redirect, state }: ConsentAsked): string {
    return leadTo(redirect, {
      error: "access_denied",
      error_subcode: "cancel",
      error_description: "AADSTS65004: The admin did not agree to what the app asks for.",
      admin_consent: "True",
      state,
    });
  }
}

function leadTo(address: string, query: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
