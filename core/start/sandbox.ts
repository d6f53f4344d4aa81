import type { PersonId } from "../domain/ids.ts";
import type { Hub } from "../hub.ts";
import type { StoredInstallations } from "../installations/installations.ts";
import { armFaultPoint } from "../ports/fault-point.ts";
import type { Mount } from "../ports/mount.ts";
import type { SlackSettings, TeamsSettings } from "../ports/platform-settings.ts";
import type { SandboxPlatform } from "../ports/sandbox.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { sandboxExtension } from "../web/sandbox/extension.ts";
import type { Extension } from "../web/server.ts";
import type { MovableClock } from "./clocks.ts";
import { connectSandbox } from "./connect-sandbox.ts";
import { callHub } from "./hub-calls.ts";
import { curlFor, firstEvent, samples } from "./sandbox-samples.ts";
import { sandboxPersonId } from "./sandbox-seed.ts";
import { openSandboxWorld } from "./sandbox-world.ts";

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
}

/** Open the sandbox inside the hub: the stand-ins, what the hub must know of them, and the keys to all of it. */
export async function openSandbox(parts: SandboxParts): Promise<Sandbox> {
  const { hub, url } = parts;
  const { organization } = hub;
  const { COUNTERSIGN_FAULT: fault } = process.env;
  if (fault) armFaultPoint(fault);
  const world = await openSandboxWorld({ ...parts, hubUrl: url, now: parts.clock.now });
  await connectSandbox({ ...parts, organization }, world);
  hub.forgetPlanning();
  const { platforms, producer, apiKey, mounts } = world;
  const send = (event: object) => callHub(url, apiKey, "/v1/events", event);
  return {
    person: sandboxPersonId(organization, "Ann"),
    settings: settingsOf(platforms),
    mounts,
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
      send,
    }),
    curl: curlFor(url, apiKey),
    firstLook: async () => void (await send(firstEvent)),
  };
}

function settingsOf(platforms: readonly SandboxPlatform[]): Sandbox["settings"] {
  return Object.assign(
    {},
    ...platforms.map(({ platform, settings }) => ({ [platform]: settings })),
  );
}
