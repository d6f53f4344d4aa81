import { join } from "node:path";
import type { PersonId } from "../domain/ids.ts";
import { keepKey } from "../hub/callers.ts";
import type { Hub } from "../hub.ts";
import type { StoredInstallations } from "../installations/installations.ts";
import { armFaultPoint } from "../ports/fault-point.ts";
import type { Mount } from "../ports/mount.ts";
import type { SlackSettings, TeamsSettings } from "../ports/platform-settings.ts";
import type { SandboxDeps, SandboxPlatform } from "../ports/sandbox.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { sandboxExtension } from "../web/sandbox/extension.ts";
import { createFileJournal } from "../web/sandbox/file-journal.ts";
import { createSandboxProducer } from "../web/sandbox/producer.ts";
import type { SandboxSample } from "../web/sandbox/sandbox-deps.ts";
import type { Extension } from "../web/server.ts";
import { type MovableClock, machineClock } from "./clocks.ts";
import { sandboxPersonId, sandboxProducerId, seedSandbox } from "./sandbox-seed.ts";
import { loadStandIns } from "./stand-ins.ts";

/** What a hub in sandbox mode has more than another. */
export interface Sandbox {
  /** As whom the start link signs in. */
  readonly person: PersonId;
  readonly settings: { readonly slack?: SlackSettings; readonly teams?: TeamsSettings };
  readonly mounts: readonly Mount[];
  readonly extension: Extension;
  readonly curl: string;
  /** Post the request that a newcomer finds waiting; at a later start it is there already. */
  firstLook(): Promise<void>;
}

export interface SandboxParts {
  readonly hub: Hub;
  readonly store: Store;
  readonly vault: Vault;
  readonly installations: StoredInstallations;
  readonly clock: MovableClock;
  readonly folder: string;
  readonly url: string;
  readonly adminKey: string;
}

/** Open the sandbox: the stand-ins, what the hub must know of them, and the keys to all of it. */
export async function openSandbox(parts: SandboxParts): Promise<Sandbox> {
  const { hub, store, vault, installations, url } = parts;
  const { organization } = hub;
  const { COUNTERSIGN_FAULT: fault } = process.env;
  if (fault) armFaultPoint(fault);
  const platforms = await loadStandIns((platform) => standInDeps(parts, platform));
  const apiKey = `cs_${vault.mac("sandbox", "ci key")}`;
  const callbackSecret = `whsec_${Buffer.from(vault.mac("sandbox", "ci callback")).toString("base64")}`;
  const person = sandboxPersonId(organization, "Ann");
  const producer = createSandboxProducer({
    path: callbackPath,
    secret: callbackSecret,
    journal: createFileJournal(join(parts.folder, "producer.jsonl")),
    now: machineClock.now,
  });
  await Promise.all([
    ...platforms.map(({ installation }) => installations.save(installation)),
    seedSandbox({
      organization,
      store,
      platforms,
      callback: url + callbackPath,
      sealedCallbackSecret: vault.seal(callbackSecret, sandboxProducerId),
      now: machineClock.now(),
    }),
    keepKey(store, apiKey, {
      organization,
      name: "ci",
      owner: { kind: "producer", producer: sandboxProducerId },
      scopes: ["events", "read"],
    }),
  ]);
  hub.forgetPlanning();
  return {
    person,
    settings: settingsOf(platforms),
    mounts: [...platforms.flatMap(({ mounts }) => mounts), producer.mount],
    extension: sandboxExtension({
      platforms,
      producer,
      samples,
      hubUrl: url,
      now: parts.clock.now,
      moveClock: async (ms) => {
        const now = parts.clock.advance(ms);
        await hub.lookAtClock();
        return now;
      },
      send: (event) => postEvent(url, apiKey, event),
    }),
    curl: curlFor(url, apiKey),
    firstLook: async () => void (await postEvent(url, apiKey, firstEvent)),
  };
}

function settingsOf(platforms: readonly SandboxPlatform[]): Sandbox["settings"] {
  return Object.assign(
    {},
    ...platforms.map(({ platform, settings }) => ({ [platform]: settings })),
  );
}

function standInDeps(
  { vault, folder, url }: SandboxParts,
  platform: "slack" | "teams",
): SandboxDeps {
  return {
    ownUrl: `${url}/sandbox/${platform}`,
    hubUrl: url,
    secret: vault.mac("sandbox", platform),
    journal: createFileJournal(join(folder, `${platform}.jsonl`)),
    now: machineClock.now,
  };
}

const callbackPath = "/sandbox/producer/callback";

/** What a newcomer finds waiting. Its id keeps it single over restarts. */
const firstEvent = {
  id: "first-look",
  type: "deploy.requested",
  subject: "billing/3.0.1",
  data: {
    service: "billing",
    version: "3.0.1",
    environment: "production",
    change: "14 commits, 1 migration",
    approval: { requested_by: "chloe@example.com" },
  },
};

const curlEvent = {
  type: "deploy.requested",
  subject: "web/1.4.2",
  data: { service: "web", version: "1.4.2", environment: "production" },
};

const samples: readonly SandboxSample[] = [
  {
    label: "Production deploy",
    note: "Asks for an approval in both chats. Asked by Chloé.",
    event: {
      ...curlEvent,
      data: {
        ...curlEvent.data,
        change: "3 commits",
        approval: { requested_by: "chloe@example.com" },
      },
    },
  },
  {
    label: "Short deadline, own buttons",
    note: "The producer names its buttons; the request expires in 15 minutes.",
    event: {
      type: "deploy.requested",
      subject: "api/7.0.0",
      data: {
        title: "Deploy api 7.0.0",
        body: "Adds the export endpoint. Rolls out to one region first.",
        service: "api",
        environment: "production",
        approval: {
          expires_in: "15m",
          requested_by: "chloe@example.com",
          actions: [
            { id: "deploy", choice: "approve", label: "Deploy" },
            { id: "hold", choice: "reject", label: "Hold" },
          ],
        },
      },
    },
  },
  {
    label: "Staging deploy",
    note: "The second rule takes it: information, nothing to decide.",
    event: {
      type: "deploy.finished",
      subject: "web/1.4.2",
      data: { service: "web", version: "1.4.2", environment: "staging", took: "41 s" },
    },
  },
  {
    label: "Alert",
    note: "Goes to #ops and to Ops › Incidents, by its level.",
    event: {
      type: "alert.triggered",
      subject: "disk/db-1",
      data: {
        rule: "Disk almost full on db-1",
        metric: "disk.used",
        value: "93 %",
        threshold: "90 %",
      },
    },
  },
  {
    label: "A type nobody knows",
    note: "No rule takes it, so it goes to the fallback, #ops.",
    event: { type: "backup.done", subject: "db-1", data: { size: "12.4 GB" } },
  },
];

const curlFor = (url: string, apiKey: string) =>
  `curl -sS ${url}/v1/events -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(curlEvent)}'`;

/** Post an event over HTTP, as any producer does. */
async function postEvent(
  url: string,
  apiKey: string,
  event: object,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(event),
  });
  return { status: answer.status, body: await answer.json() };
}
