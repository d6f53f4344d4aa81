import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../core/domain/json.ts";
import { readObject } from "./http.ts";
import type { Issuer } from "./issuer.ts";
import type { Member, Region, Tenant } from "./tenant.ts";

/** What it takes to send activities to the hub. */
export interface Wire {
  readonly hubUrl: string;
  readonly tenant: Tenant;
  readonly issuer: Issuer;
  readonly now: () => Date;
  /** Where the connector of a region answers, with a slash at its end. */
  readonly serviceUrlOf: (region: Region) => string;
}

/** What the hub answered to one activity. */
export interface Heard {
  readonly status: number;
  readonly ms: number;
  readonly body: JsonObject | undefined;
}

/** Teams waits 10 to 15 s for an answer (PLATFORMS 2.9). */
const waitMs = 10_000;

/** Carry an activity to the hub, signed as the Bot Connector signs: for this app, with the serviceUrl as a claim. */
export async function carry(
  activity: JsonObject,
  { hubUrl, tenant, issuer }: Wire,
): Promise<Heard> {
  const serviceurl = String(activity["serviceUrl"]);
  const token = await issuer.sign({ aud: tenant.appId, serviceurl }, 3_600);
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  try {
    const response = await fetch(`${hubUrl}/api/messages`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(waitMs),
    });
    const body = readObject(await response.text());
    return { status: response.status, ms: elapsed(), body };
  } catch {
    return { status: 504, ms: elapsed(), body: undefined };
  }
}

/** What every activity carries, whoever caused it and wherever. */
export function activityBy(person: Member, region: Region, wire: Wire): JsonObject {
  const { id, name, aadObjectId } = person;
  const at = wire.now().toISOString();
  return {
    id: `f:${randomUUID()}`,
    timestamp: at,
    localTimestamp: at,
    channelId: "msteams",
    serviceUrl: wire.serviceUrlOf(region),
    from: { id, name, aadObjectId },
    recipient: { id: `28:${wire.tenant.appId}`, name: "Countersign" },
    entities: [{ type: "clientInfo", locale: "en-GB", country: "GB", platform: "Web" }],
    locale: "en-GB",
  };
}
