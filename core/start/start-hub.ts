import { statfs } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { RunningHub, StartHub } from "../commands/running-hub.ts";
import { isLoopbackHost } from "../config/parsers.ts";
import type { Config } from "../config.ts";
import type { DataFolder } from "../data-folder.ts";
import { createAddressGuard } from "../destinations/address-guard.ts";
import { sendCallback } from "../destinations/callback/send-callback.ts";
import { loadCalls } from "../destinations/load-calls.ts";
import type { Approval } from "../domain/approval.ts";
import { deriveId } from "../domain/ids.ts";
import { callbackSecrets } from "../hub/callback-secrets.ts";
import { createPlatformSettings, type LiveSettings } from "../hub/platform-settings.ts";
import { createHub, type Hub } from "../hub.ts";
import type { EntryLog } from "../log.ts";
import { createMetrics, type Metrics } from "../metrics.ts";
import type { DestinationAdapter } from "../ports/chat-platform.ts";
import { createRandom } from "../random.ts";
import { createKeyRotation } from "../secrets/rotate-keys.ts";
import { createVault } from "../secrets.ts";
import { listen } from "../web/listen.ts";
import { createLoadLimits } from "../web/load-limits.ts";
import { createWebServer } from "../web/server.ts";
import { checkPicture } from "./check-picture.ts";
import { createMovableClock, machineClock } from "./clocks.ts";
import { drawMessage } from "./draw-message.ts";
import { followSettings, type SettingsWatch } from "./follow-settings.ts";
import { hookKinds } from "./hook-kinds.ts";
import { lazyMount } from "./lazy-mount.ts";
import { type OpenStore, openStore } from "./open-store.ts";
import { keepOperator, operatorLink } from "./operator.ts";
import { connectPlatforms, type Platforms } from "./platforms.ts";
import { openSandbox, type Sandbox } from "./sandbox.ts";
import { notYet, serveWith, stopServing } from "./serve-with.ts";

/** The one organization of a self-hosted hub. */
const organization = deriveId("organization", "default");

/**
 * Build the hub from its parts and listen; the chat platforms' code, which is large, is loaded right after.
 */
export const startHub: StartHub = async (config, folder, log) => {
  const server = createServer(notYet);
  const clock = createMovableClock();
  const metrics = createMetrics(() => performance.now());
  const opened = await openStore(config, folder, clock, organization);
  const store = metrics.timeStore(opened.store);
  const { port, moved } = await listen(server, {
    port: config.port,
    chosen: config.portChosen,
    host: config.host,
  }).catch(async (cause: unknown) => {
    await store.close();
    throw cause;
  });
  const url = config.publicUrl ?? `http://localhost:${port}`;
  const parts = buildParts(config, folder, log, { ...opened, store, clock, url });
  const { hub, vault } = parts;
  const sandbox = config.sandbox
    ? await openSandbox({ ...parts, clock, folder: folder.path, url })
    : undefined;
  await keepOperator(hub, folder.adminKey, sandbox?.person);
  const { platforms, watch, setup } = await openPlatforms(config, parts, {
    log,
    inbox: metrics.timeInbox(hub.inbox),
    environment: sandbox?.settings ?? config,
  });
  const app = createWebServer({
    hub,
    log,
    feed: log,
    limits: loadLimits(folder, opened),
    rotateKeys: parts.rotateKeys,
    draw: drawMessage,
    check: checkPicture,
    metrics: metricsDoor(config, metrics, log, hub),
    instance: {
      sandbox: config.sandbox,
      ...(config.instanceName === undefined ? {} : { name: config.instanceName }),
    },
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
    ...(config.trustProxy === undefined ? {} : { trustProxy: config.trustProxy }),
    ...(config.singleSignOn === undefined ? {} : { singleSignOn: config.singleSignOn }),
    setup,
    sessionSecret: vault.mac("session", "cookie"),
    mounts: [
      lazyMount("/slack/events", platforms.slack),
      lazyMount("/api/messages", platforms.teams),
      ...(sandbox?.mounts ?? []),
    ],
    extensions: sandbox ? [sandbox.extension] : [],
  });
  serveWith(server, app);
  await hub.start();
  beginDelivering(hub, platforms, sandbox, log);
  return {
    url,
    ...ownUrlOf(config.host, port),
    mode: { sandbox: config.sandbox, dataFolder: config.dataDir },
    ...(await signInUrl(hub, url, sandbox)),
    ...(sandbox ? { curl: sandbox.curl } : {}),
    notes: moved ? [`Port ${config.port} was taken, so this hub listens on ${port}.`] : [],
    stop: async () => {
      // Its Slack and Teams are reached through the hub's own server: what is on its way arrives before that is closed.
      if (sandbox) await hub.stopSending();
      return stopAll(server, watch, platforms, hub);
    },
  } satisfies RunningHub;
};

/** Every host that listens on loopback too is reached there; its name is always known to the hub. */
function ownUrlOf(host: string, port: number): { readonly ownUrl?: string } {
  const everywhere = host === "0.0.0.0" || host === "::";
  return everywhere || isLoopbackHost(host) ? { ownUrl: `http://localhost:${port}` } : {};
}

/** Load the platforms that are set up, and take what is set up later in the console. */
async function openPlatforms(
  { slackPlaces, teamsCloud, instanceName: name }: Config,
  { hub, vault }: ReturnType<typeof buildParts>,
  { log, inbox, environment }: PlatformGiven,
) {
  const settings = createPlatformSettings({
    // The hub's own store: what people enter is audited.
    ...{ store: hub.store, vault, organization, environment, slackPlaces, teamsCloud },
  });
  const platforms = connectPlatforms(
    {
      ...{ inbox, log },
      ...{ installations: hub.installations, connecting: hub.connecting, news: hub.news },
      clock: machineClock,
      connect: ({ adapter, workspaces }) => {
        hub.connect(adapter as DestinationAdapter);
        hub.doors.use(adapter.kind, workspaces ?? "none");
      },
      disconnect: (kind) => {
        hub.disconnect(kind);
        hub.doors.use(kind, undefined);
      },
    },
    await settings.current(),
  );
  const watch = followSettings(settings, platforms, log, hub.secretEnds);
  const { hubUrl } = hub.links;
  // Slack's own client is large, and few starts lead to this page.
  const slackApp = async () =>
    (await import("./slack-app-setup.ts")).slackAppSetup(
      { hubUrl, ...(name === undefined ? {} : { name }) },
      slackPlaces,
    );
  const teamsApp = async () =>
    (await import("./teams-app-setup.ts")).teamsAppSetup(
      { hubUrl, ...(name === undefined ? {} : { name }) },
      teamsCloud,
    );
  return { platforms, watch, setup: { settings, lookNow: watch.lookNow, slackApp, teamsApp } };
}

interface PlatformGiven {
  readonly log: EntryLog;
  readonly inbox: Hub["inbox"];
  readonly environment: LiveSettings;
}

/** Bring out what waits as soon as Slack's code is there; what goes to Teams waits for the code of Teams. */
function beginDelivering(
  hub: Hub,
  { slackReady, ready }: Platforms,
  sandbox: Sandbox | undefined,
  log: EntryLog,
): void {
  const trouble = (where: string, error: string) =>
    log.write({ kind: "hub.trouble", where, error });
  hub.expect("teams", ready);
  void slackReady.then(() => {
    hub.deliver();
    sandbox?.firstLook().catch((cause: unknown) => trouble("first look", String(cause)));
  });
  void ready.then((failures) => {
    for (const error of failures) trouble("platforms", error);
    // The first callback would load it, and its request would wait for that.
    loadCalls();
  });
}

/** Nobody new is heard from here on; what came is answered, and what was acknowledged is stored before the store ends. */
async function stopAll(server: Server, watch: SettingsWatch, platforms: Platforms, hub: Hub) {
  const serving = stopServing(server);
  hub.approvals.endWaits();
  await watch.stop();
  await platforms.close();
  await serving.answered;
  const left = await hub.stop();
  await serving.end();
  await hub.store.close();
  return { left };
}

/** A write that was asked for has ended by then: the store commits in the turn after, and a commit takes milliseconds. */
const writesEndMs = 1_000;

type Given = Pick<Parameters<typeof createHub>[0], "store" | "clock"> &
  Pick<OpenStore, "vaultKeys"> & { readonly url: string };

function buildParts(
  config: Config,
  folder: DataFolder,
  log: EntryLog,
  { store, vaultKeys, clock, url }: Given,
) {
  const vault = createVault(vaultKeys);
  const random = createRandom();
  const guard = createAddressGuard([...config.outboundAllow, ...(config.sandbox ? [url] : [])]);
  const callback = {
    guard,
    clock: machineClock,
    hubUrl: url,
    mostBytes: config.mostCallbackBytes,
    secretsOf: async ({ producer }: Pick<Approval, "producer">) => {
      const found = await store.producers.get(producer);
      return found ? callbackSecrets(vault, found, machineClock.now()) : [];
    },
  };
  const hub = createHub({
    organization,
    store,
    vault,
    clock,
    wallClock: machineClock,
    random,
    log,
    links: { hubUrl: url },
    retentionDays: config.retentionDays,
    singleSignOn: config.singleSignOn,
    checkAddress: (address) => guard.check(address)?.code,
    callback: (address, delivery, approval) => sendCallback(callback, address, delivery, approval),
    hooks: hookKinds({ guard, vault, clock: machineClock, hubUrl: url }, config),
  });
  return {
    hub,
    vault,
    random,
    store,
    installations: hub.installations,
    rotateKeys: createKeyRotation({
      store,
      organization,
      vault,
      ring: folder.keyRing,
      log,
      settle: () => pause(writesEndMs),
    }),
  };
}

function metricsDoor({ metricsToken }: Config, metrics: Metrics, log: EntryLog, hub: Hub) {
  metrics.follow(log);
  metrics.watch(hub);
  return {
    scrape: metrics.scrape,
    ...(metricsToken === undefined ? {} : { token: metricsToken }),
  };
}

function loadLimits({ path }: DataFolder, { inFolder }: OpenStore) {
  return createLoadLimits({
    nowMs: () => performance.now(),
    freeBytes: async () => {
      if (!inFolder) return undefined;
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    },
  });
}

async function signInUrl(
  hub: Hub,
  url: string,
  sandbox: Sandbox | undefined,
): Promise<{ signInUrl?: string }> {
  const token = sandbox
    ? (await hub.signInLinks.make(sandbox.person)).token
    : await operatorLink(hub, process.stderr.isTTY === true);
  return token === undefined ? {} : { signInUrl: `${url}/start/${token}` };
}
