import { join } from "node:path";
import type { Mount } from "../ports/mount.ts";
import type { SandboxPlatform } from "../ports/sandbox.ts";
import type { Vault } from "../ports/vault.ts";
import { createFileJournal } from "../web/sandbox/file-journal.ts";
import { createSandboxProducer, type SandboxProducer } from "../web/sandbox/producer.ts";
import { machineClock } from "./clocks.ts";
import { loadStandIns } from "./stand-ins.ts";

/** All that a hub has around it: a local Slack and Teams, and a producer. It knows the hub by its address alone. */
export interface SandboxWorld {
  readonly platforms: readonly SandboxPlatform[];
  readonly producer: SandboxProducer;
  /** The key of the sandbox and of its producer; the same at every start. */
  readonly apiKey: string;
  /** Where the producer is called back, and the secret that it checks signatures with. */
  readonly callback: { readonly url: string; readonly secret: string };
  readonly mounts: readonly Mount[];
}

export interface SandboxPlace {
  readonly vault: Vault;
  /** Where the journals lie. */
  readonly folder: string;
  /** Where the sandbox is reached, without a slash at its end. */
  readonly url: string;
  /** Where the hub is reached; the same, where the sandbox runs inside it. */
  readonly hubUrl: string;
  /** False: nobody has installed the app in the chats yet. */
  readonly installed?: boolean;
  /** The hub's clock, where the sandbox runs inside it: limits go by it, and Slack's tokens and events. */
  readonly now?: () => Date;
}

const callbackPath = "/sandbox/producer/callback";

/** Open the stand-ins and the producer on the journals of a folder. Everything secret comes from the vault's root. */
export async function openSandboxWorld(place: SandboxPlace): Promise<SandboxWorld> {
  const { vault, folder, url, hubUrl, installed = true, now = machineClock.now } = place;
  const journal = (name: string) => createFileJournal(join(folder, `${name}.jsonl`));
  const platforms = await loadStandIns((platform) => ({
    ownUrl: `${url}/sandbox/${platform}`,
    hubUrl,
    secret: vault.mac("sandbox", platform),
    journal: journal(platform),
    // Teams' tokens carry times, which are judged by the machine's clock; Slack's signatures take that by themselves.
    now: platform === "slack" ? now : machineClock.now,
    limitsNow: now,
    installed,
  }));
  const secret = `whsec_${Buffer.from(vault.mac("sandbox", "ci callback")).toString("base64")}`;
  const producer = createSandboxProducer({
    path: callbackPath,
    secret,
    journal: journal("producer"),
    now: machineClock.now,
  });
  return {
    platforms,
    producer,
    apiKey: `cs_${vault.mac("sandbox", "ci key")}`,
    callback: { url: url + callbackPath, secret },
    mounts: [...platforms.flatMap(({ mounts }) => mounts), producer.mount],
  };
}
