import type { IncomingMessage, ServerResponse } from "node:http";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { SandboxDeps, SandboxPlatform } from "../../core/ports/sandbox.ts";
import { Chaos } from "./chaos.ts";
import { Consents } from "./consent.ts";
import { Dialogs } from "./dialogs.ts";
import { Events } from "./events.ts";
import { Grants } from "./grants.ts";
import { findPost, type HandTools, submit } from "./hands.ts";
import { press } from "./home-press.ts";
import { Homes, isHomeMessage } from "./homes.ts";
import { sendJson } from "./http.ts";
import { Leaving } from "./leaving.ts";
import { channelsToShow, createLife, showChannel } from "./life.ts";
import { serveAuthorize } from "./oauth-routes.ts";
import { Pace } from "./pace.ts";
import { findChannel, findPerson, type Rig } from "./rig.ts";
import { Shelf, splitJournal } from "./shelf.ts";
import { showPost } from "./show-post.ts";
import { Signal } from "./signal.ts";
import { Sockets } from "./sockets.ts";
import { Timeline } from "./timeline.ts";
import { type ApiTools, serveMethod, serveResponseUrl } from "./web-api.ts";
import { Whispers } from "./whispers.ts";
import { Wire } from "./wire.ts";
import { describeWorkspace } from "./workspace.ts";

const doorPath = "/slack/events";
const redirectPath = "/slack/oauth_redirect";

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function serve(tools: ApiTools, ownPath: string) {
  const { rig, consents } = tools;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? "/", "http://sandbox");
    const path = pathname.startsWith(`${ownPath}/`) ? pathname.slice(ownPath.length) : pathname;
    if (path === "/oauth/v2/authorize") return serveAuthorize(rig, consents, request, response);
    const [, area = "", first = "", second = ""] = path.split("/");
    if (area === "api") return serveMethod(tools, first, request, response);
    if (request.method !== "POST")
      return sendJson(response, 405, { ok: false, error: "method_not_allowed" });
    if (area === "actions") return serveResponseUrl(rig, second, request, response);
    sendJson(response, 404, { ok: false, error: "not_found" });
  };
}

function createRig(deps: SandboxDeps, signal: Signal): Rig {
  const { secret, ownUrl, now, installed = true } = deps;
  const world = describeWorkspace(secret, ownUrl, installed);
  const { messages, shelves } = splitJournal(deps.journal);
  return {
    world,
    grants: new Grants(shelves, world, now, installed),
    channels: new Shelf(shelves, "channels", world.channels),
    members: new Shelf(shelves, "members", world.members),
    timeline: new Timeline(messages, signal, now),
    whispers: new Whispers(signal, now),
    dialogs: new Dialogs(signal, now, world.seal),
    homes: new Homes(signal),
    now,
    postedAt: new Map(),
  };
}

/** The installation at home as it is now: it may have been removed and made again, with another token. */
function installationOf({ world, grants }: Rig): SlackInstallation {
  const now = grants.current(world.home.id);
  if (!now) return world.installation;
  const { grant, access, refresh, expiresAtMs = 0 } = now;
  const renewal = refresh === undefined ? {} : { renewal: { refreshToken: refresh, expiresAtMs } };
  return { ...world.installation, botToken: access, scopes: grant.scopes, ...renewal };
}

/** Put together what the wire and the people work with. */
function assemble(deps: SandboxDeps, signal: Signal) {
  const rig = createRig(deps, signal);
  const { world, now } = rig;
  const sockets = new Sockets(world.appId);
  const wire = new Wire(deps.hubUrl + doorPath, world.settings.signingSecret, sockets);
  const events = new Events(rig, wire, deps.retryMs);
  const leaving = new Leaving(rig, events);
  const consents = new Consents(rig, deps.hubUrl + redirectPath);
  const hands: HandTools = { rig, signal, ownUrl: deps.ownUrl, wire };
  const api: ApiTools = {
    rig,
    chaos: new Chaos(),
    pace: new Pace(now),
    consents,
    sockets,
    leaving,
  };
  const life = createLife({ rig, signal, events, consents, leaving, sockets });
  const close = async () => {
    events.close();
    await sockets.close();
  };
  return { rig, hands, api, life, close };
}

/**
 * Make the local Slack behind Slack's own wire: people see the workspace Acme, and more workspaces stand beside it.
 *
 * Messages, channels, people, installations and tokens live in the journal and are there again after a restart;
 * triggers, dialogs, codes and private texts are not, as nothing of them outlives a few minutes at Slack either.
 */
export function createSlackSandbox(
  deps: SandboxDeps,
): SandboxPlatform & { readonly platform: "slack" } {
  const signal = new Signal();
  const { rig, hands, api, life, close } = assemble(deps, signal);
  const { world, timeline } = rig;
  const { chaos } = api;
  const ownPath = new URL(deps.ownUrl).pathname;
  const answer = serve(api, ownPath);

  const say: SandboxPlatform["say"] = (said) => {
    const person = findPerson(rig, said.person);
    const channel = findChannel(rig, said.channel);
    if (person && channel?.people.includes(person.id) && !channel.archived) {
      timeline.post(channel.id, { text: escaped(said.text) }, person.id);
    }
  };
  if (timeline.isNew) {
    say({ person: "Chloé", channel: "#releases", text: "web 1.4.2 is green on staging." });
  }

  return {
    platform: "slack",
    settings: world.settings,
    get installation() {
      return installationOf(rig);
    },
    appToken: world.appToken,
    life,
    close,
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
    get workspace() {
      const { id, name } = world.home;
      return {
        id,
        name,
        installed: rig.grants.of(world.home) !== undefined,
        channels: channelsToShow(rig, id).map(showChannel),
        people: rig.members
          .all()
          .filter((one) => one.workspace === id && !one.deactivated)
          .map(({ id, name, guest }) => ({ id, name, guest, ...rig.homes.show(id) })),
      };
    },
    messages: (since) => ({
      items: timeline.since(since).map((post) => showPost(rig, post)),
      next: timeline.position,
    }),
    isHome: isHomeMessage,
    click: (order) => press(order, hands),
    submit: (order) => submit(order, hands),
    say,
    remove: (message) => {
      const post = findPost(rig, message);
      if (!post || post.deleted) return false;
      timeline.delete(post);
      return true;
    },
    setChaos: (asked) => {
      const channel = asked?.channel && (findChannel(rig, asked.channel)?.id ?? asked.channel);
      chaos.set(asked && channel ? { ...asked, channel } : asked);
    },
    chaosLeft: () => chaos.left,
    clear: () => timeline.clear(),
    onChange: (listener) => {
      signal.listen(listener);
    },
  };
}
