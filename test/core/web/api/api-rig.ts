import { deriveId } from "../../../../core/domain/ids.ts";
import type { Person } from "../../../../core/domain/person.ts";
import type { Policy } from "../../../../core/domain/policy.ts";
import type { Scope } from "../../../../core/domain/producer.ts";
import { keepKey } from "../../../../core/hub/callers.ts";
import { type HandClock, handClock } from "../../../contracts/hand-clock.ts";
import {
  organization,
  startWebHub,
  type WebHub,
  type WebHubOptions,
} from "../../../fixtures/rig/web-hub.ts";
import { policy } from "../../domain/samples.ts";

/** The API over a hub in memory, with keys of people and producers. */
export interface ApiRig extends WebHub {
  readonly clock: HandClock;
  /** Make a person with a key; a key with the same scopes again is the same person's. */
  person(name: string, roles: Person["roles"], scopes: readonly Scope[]): Promise<string>;
  /** Keep a policy under which the API may decide. */
  keepPolicy(over?: Partial<Policy>): Promise<void>;
  /** Post an event that opens a request under the policy `open`; answers the request's id. */
  open(key: string, subject: string, approval?: object): Promise<string>;
}

/** Start one. */
export async function startApi(options: Partial<WebHubOptions> = {}): Promise<ApiRig> {
  const clock = handClock();
  const web = await startWebHub({ ...options, clock });
  const { store, hub } = web;
  return {
    ...web,
    clock,
    person: async (name, roles, scopes) => {
      const id = deriveId("person", name);
      const email = `${name.toLowerCase()}@example.com`;
      await store.people.insert({ id, organization, revision: 1, name, email, roles });
      const key = `cs_${name}_${scopes.join("_")}`;
      const owner = { kind: "person", person: id } as const;
      await keepKey(store, key, { organization, name, owner, scopes });
      return key;
    },
    keepPolicy: async (over = {}) => {
      const open: Policy = { ...policy, name: "open", via: ["web", "api"], ...over };
      await store.policies.insert({ id: open.id, organization, revision: 1, policy: open });
      hub.forgetPlanning();
    },
    open: async (key, subject, approval = {}) => {
      const data = { approval: { policy: "open", ...approval } };
      const body = { type: "deploy.requested", subject, data };
      const answer = await web.call<{ approval?: { id: string } }>("POST", "/v1/events", {
        key,
        body,
      });
      if (!answer.body.approval) throw new Error(JSON.stringify(answer.body));
      return answer.body.approval.id;
    },
  };
}
