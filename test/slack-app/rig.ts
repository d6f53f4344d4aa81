import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, vi } from "vitest";
import type { ChannelPicker } from "../../core/domain/channel-picker.ts";
import type { Message } from "../../core/domain/message.ts";
import type { ChatPlatform, ChatPlatformDeps } from "../../core/ports/chat-platform.ts";
import type { Click, ClickAnswer, Inbox, Visit } from "../../core/ports/inbox.ts";
import type { Installations, SlackInstallation } from "../../core/ports/installations.ts";
import type { LogEntry } from "../../core/ports/log.ts";
import type { Mount } from "../../core/ports/mount.ts";
import type { SignedSlackSettings } from "../../core/ports/platform-settings.ts";
import type { SandboxJournal } from "../../core/ports/sandbox.ts";
import type { WorkspaceNews } from "../../core/ports/workspace-news.ts";
import { createSlackSandbox } from "../../slack-app/sandbox/slack-sandbox.ts";
import { createSlackApp } from "../../slack-app/slack-app.ts";

/** A journal in memory, as the page keeps one on disk. */
export function memoryJournal(): SandboxJournal & { readonly lines: unknown[] } {
  const lines: unknown[] = [];
  return {
    lines,
    read: () => structuredClone(lines),
    append: (line) => lines.push(structuredClone(line)),
    rewrite: (next) => lines.splice(0, lines.length, ...structuredClone(next)),
  };
}

/** A card that waits for a decision. */
export const waiting: Message = {
  state: "waiting",
  title: "Deploy web 1.4.2",
  status: [{ kind: "text", text: "● Waiting for approval · asked by Chloé · from ci" }],
  facts: [
    { label: "Service", value: "web" },
    { label: "Environment", value: "production" },
  ],
  terms: [
    { kind: "text", text: "1 of 2 · release managers may decide · expires " },
    { kind: "time", at: new Date("2026-11-20T14:32:00Z"), style: "day-clock" },
    { kind: "text", text: " · " },
    { kind: "link", text: "apr_…k7d2", url: "https://hub.example/approvals/apr_1?a=1&b=2" },
  ],
  actions: [
    {
      kind: "decide",
      id: "approve",
      choice: "approve",
      label: "Approve",
      description: "Approve Deploy web 1.4.2",
      value: "apr_1:digest",
    },
    {
      kind: "decide",
      id: "reject",
      choice: "reject",
      label: "Reject",
      description: "Reject Deploy web 1.4.2",
      value: "apr_1:digest",
      reason: { label: "Why? The requester will see this", hint: "", atLeast: 3 },
    },
    { kind: "open", label: "Open", url: "https://ci.example/deploys/812" },
  ],
  plainText:
    "Deploy web 1.4.2 — waiting for approval, expires Fri 14:32 UTC — https://hub.example/approvals/apr_1",
};

/** The same card after Ann approved it. */
export const approved: Message = {
  ...waiting,
  state: "approved",
  status: [
    { kind: "text", text: "✓ Approved by Ann in Slack · " },
    { kind: "time", at: new Date("2026-11-20T14:02:00Z"), style: "clock" },
    { kind: "text", text: " · “lgtm”" },
  ],
  terms: [{ kind: "text", text: "1 of 1 · Ann approved" }],
  actions: [{ kind: "open", label: "Open", url: "https://ci.example/deploys/812" }],
  plainText: "Deploy web 1.4.2 — approved by Ann — https://hub.example/approvals/apr_1",
};

export const recorded: ClickAnswer = {
  repeated: false,
  kind: "recorded",
  text: "Approved.",
  message: approved,
};

export const refused: ClickAnswer = {
  repeated: false,
  kind: "refused",
  refusal: "not_eligible",
  text: "Your vote is not asked for here. Who can decide: release managers.",
};

/** An inbox that answers what the test says and keeps what it was brought. */
export class FakeInbox implements Inbox {
  readonly clicks: Click[] = [];
  answer: (click: Click) => ClickAnswer | Promise<ClickAnswer> = () => recorded;

  async click(click: Click): Promise<ClickAnswer> {
    this.clicks.push(click);
    return this.answer(click);
  }

  async current(): Promise<Message | undefined> {
    return undefined;
  }

  readonly visits: Visit[] = [];
  async greet(visit: Visit): Promise<Message> {
    this.visits.push(visit);
    return approved;
  }

  /** What whoever opens the Home is offered; undefined: nothing. */
  picker: ChannelPicker | undefined;
  async pick(): ReturnType<Inbox["pick"]> {
    return this.picker ?? { kind: "refused", message: approved };
  }

  readonly choices: { readonly visit: Visit; readonly channel: string }[] = [];
  async choose(visit: Visit, channel: string): Promise<Message> {
    this.choices.push({ visit, channel });
    return waiting;
  }
}

/** A clock that a test winds by hand. */
export class HandClock {
  offsetMs = 0;
  readonly now = (): Date => new Date(Date.now() + this.offsetMs);
}

export interface Listening {
  readonly url: string;
  readonly server: Server;
  readonly mounts: Mount[];
  close(): Promise<void>;
}

/** Listen on a free loopback port and give each request to the mount whose path it is below. */
export async function listen(): Promise<Listening> {
  const mounts: Mount[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? "/", "http://test").pathname;
    const mount = mounts.find((one) => path === one.path || path.startsWith(`${one.path}/`));
    if (mount) return mount.handle(request, response);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    mounts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Rig {
  readonly hub: Listening;
  readonly sandbox: ReturnType<typeof createSlackSandbox>;
  readonly app: ChatPlatform<"slack">;
  readonly inbox: FakeInbox;
  readonly log: LogEntry[];
  /** What the hub does with news; the rig keeps none. */
  tell: (news: WorkspaceNews) => Promise<void>;
  /** The clock of the sandbox; the app goes by the machine's. */
  readonly clock: HandClock;
  readonly journal: ReturnType<typeof memoryJournal>;
  readonly settings: SignedSlackSettings;
  readonly installation: SlackInstallation;
  /** What `installations.slack` answers; a test may break it. */
  lookUp: (team: string) => Promise<SlackInstallation | undefined>;
  close(): Promise<void>;
}

/** By which way Slack reaches the app. */
export type Transport = "http" | "socket";

/** The Slack app and the local Slack on one real server, with an inbox of the test's own. */
export async function startRig(transport: Transport = "http"): Promise<Rig> {
  const hub = await listen();
  const clock = new HandClock();
  const journal = memoryJournal();
  const sandbox = createSlackSandbox({
    ownUrl: `${hub.url}/sandbox/slack`,
    hubUrl: hub.url,
    secret: "a secret of this test",
    journal,
    now: clock.now,
  });
  const { settings, installation } = sandbox;
  const inbox = new FakeInbox();
  const log: LogEntry[] = [];
  const rig = {
    tell: async (_news: WorkspaceNews) => {},
    lookUp: async (team: string) => (team === installation.slackTeamId ? installation : undefined),
  };
  const installations: Installations = {
    slack: (team) => rig.lookUp(team),
    teams: async () => undefined,
  };
  const { signingSecret: _, ...unsigned } = settings;
  const bySocket = { ...unsigned, appToken: sandbox.appToken };
  const deps: ChatPlatformDeps = {
    inbox,
    installations,
    news: { tell: (news) => rig.tell(news) },
    clock: { now: () => new Date() },
    log: { write: (entry) => log.push(entry) },
  };
  hub.mounts.push(...sandbox.mounts);
  const app = await createSlackApp(transport === "socket" ? bySocket : settings, deps);
  hub.mounts.push(...app.mounts);
  if (transport === "socket") {
    await vi.waitFor(() => expect(sandbox.life?.sockets("count")).toBe(1), 20_000);
  }
  return Object.assign(rig, {
    hub,
    sandbox,
    app,
    inbox,
    log,
    clock,
    journal,
    settings,
    installation,
    close: async () => {
      await app.close();
      await sandbox.close?.();
      await hub.close();
    },
  });
}

/** Sign a body as Slack does, written down here once more so that the code is not measured by itself. */
export function sign(secret: string, body: string, at = new Date()): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const mac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${mac}`,
  };
}

/** An interaction as it travels: a form with one field. */
export const formOf = (interaction: unknown) =>
  `payload=${encodeURIComponent(JSON.stringify(interaction))}`;
