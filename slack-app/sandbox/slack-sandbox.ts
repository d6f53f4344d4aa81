import type { IncomingMessage, ServerResponse } from "node:http";
import type { SandboxDeps, SandboxMessage, SandboxPlatform } from "../../core/ports/sandbox.ts";
import { buttonsOf, checkCard } from "./card-check.ts";
import { Chaos } from "./chaos.ts";
import { Dialogs } from "./dialogs.ts";
import { click, findPost, type HandTools, submit } from "./hands.ts";
import { sendJson } from "./http.ts";
import type { Rig } from "./methods.ts";
import { Signal } from "./signal.ts";
import { type Post, Timeline } from "./timeline.ts";
import { serveMethod, serveResponseUrl } from "./web-api.ts";
import { Whispers } from "./whispers.ts";
import { describeWorkspace, findChannel, findPerson, type Workspace } from "./workspace.ts";

const doorPath = "/slack/events";

function authorOf(workspace: Workspace, post: Post): SandboxMessage["author"] {
  const person = workspace.people.find((one) => one.id === post.person);
  if (person) return { id: person.id, name: person.name, app: false };
  return { id: workspace.installation.botUserId, name: "Countersign", app: true };
}

function showPost(workspace: Workspace, post: Post): SandboxMessage {
  const channel = workspace.channels.find((one) => one.id === post.channel);
  const buttons = buttonsOf(post).map((button) => ({
    action: String(button["action_id"] ?? ""),
    label: (button["text"] as { readonly text?: string } | undefined)?.text ?? "",
  }));
  return {
    id: `slack:${post.channel}:${post.ts}`,
    platform: "slack",
    workspace: workspace.teamId,
    channel: post.channel,
    channel_name: channel?.name ?? "",
    author: authorOf(workspace, post),
    text: post.text,
    ...(post.blocks === undefined ? {} : { blocks: post.blocks }),
    buttons: post.deleted ? [] : buttons,
    edits: post.edits,
    thread: [],
    posted_at: new Date(Number(post.ts) * 1_000).toISOString(),
    edited_at: post.editedAt ?? null,
    deleted: post.deleted,
    check: checkCard(post),
  };
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function serve(rig: Rig, chaos: Chaos, ownPath: string) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? "/", "http://sandbox");
    const path = pathname.startsWith(`${ownPath}/`) ? pathname.slice(ownPath.length) : pathname;
    const [, area = "", first = "", second = ""] = path.split("/");
    if (request.method !== "POST")
      return sendJson(response, 405, { ok: false, error: "method_not_allowed" });
    if (area === "api") return serveMethod(rig, chaos, first, request, response);
    if (area === "actions") return serveResponseUrl(rig, second, request, response);
    sendJson(response, 404, { ok: false, error: "not_found" });
  };
}

function createRig({ secret, ownUrl, now, journal }: SandboxDeps, signal: Signal): Rig {
  const workspace = describeWorkspace(secret, ownUrl);
  return {
    workspace,
    timeline: new Timeline(journal, signal, now),
    whispers: new Whispers(signal, now),
    dialogs: new Dialogs(signal, now, workspace.seal),
    now,
    postedAt: new Map(),
  };
}

/**
 * Make the local Slack: a workspace called Acme behind Slack's own wire.
 *
 * Messages live in the journal and are there again after a restart; triggers, dialogs and private texts are not, as
 * nothing of them outlives a few seconds at Slack either.
 */
export function createSlackSandbox(deps: SandboxDeps): SandboxPlatform & { platform: "slack" } {
  const signal = new Signal();
  const chaos = new Chaos();
  const rig = createRig(deps, signal);
  const { workspace, timeline } = rig;
  const tools: HandTools = {
    rig,
    signal,
    ownUrl: deps.ownUrl,
    doorUrl: `${deps.hubUrl}${doorPath}`,
  };
  const ownPath = new URL(deps.ownUrl).pathname;
  const answer = serve(rig, chaos, ownPath);

  const say: SandboxPlatform["say"] = (said) => {
    const person = findPerson(workspace, said.person);
    const channel = findChannel(workspace, said.channel);
    if (person && channel?.people.includes(person.id)) {
      timeline.post(channel.id, { text: escaped(said.text) }, person.id);
    }
  };
  if (timeline.isNew) {
    say({ person: "Chloé", channel: "#releases", text: "web 1.4.2 is green on staging." });
  }

  return {
    platform: "slack",
    settings: workspace.settings,
    installation: workspace.installation,
    mounts: [
      {
        path: ownPath,
        handle: (request, response) => {
          answer(request, response).catch(() =>
            sendJson(response, 500, { ok: false, error: "internal_error" }),
          );
        },
      },
    ],
    workspace: {
      id: workspace.teamId,
      name: workspace.name,
      channels: workspace.channels.map(({ people: _people, ...channel }) => channel),
      people: workspace.people,
    },
    messages: (since) => ({
      items: timeline.since(since).map((post) => showPost(workspace, post)),
      next: timeline.position,
    }),
    click: (order) => click(order, tools),
    submit: (order) => submit(order, tools),
    say,
    remove: (message) => {
      const post = findPost(rig, message);
      if (!post || post.deleted) return false;
      timeline.delete(post);
      return true;
    },
    setChaos: (asked) => {
      const channel =
        asked?.channel && (findChannel(workspace, asked.channel)?.id ?? asked.channel);
      chaos.set(asked && channel ? { ...asked, channel } : asked);
    },
    chaosLeft: () => chaos.left,
    clear: () => timeline.clear(),
    onChange: (listener) => {
      signal.listen(listener);
    },
  };
}
