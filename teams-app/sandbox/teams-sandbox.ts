import type {
  SandboxDeps,
  SandboxMessage,
  SandboxPlatform,
  SandboxSight,
} from "../../core/ports/sandbox.ts";
import { measureCard, mostActions, mostCardBytes, newestVersion } from "../outbound/limits.ts";
import { type Button, buttonsOf } from "./buttons.ts";
import { carry } from "./channel.ts";
import { type Chaos, createChaos } from "./chaos.ts";
import { createClient, type FoundClick } from "./client.ts";
import { createDerive } from "./derive.ts";
import { createIssuer } from "./issuer.ts";
import { openPosts, type Post, type Posts } from "./posts.ts";
import { serve } from "./serve.ts";
import { createTenant, findChannel, findMember, sayChannel, type Tenant } from "./tenant.ts";
import { createThrottle } from "./throttle.ts";

/** What stands in a channel at the first look, so that it is one where people work. */
const greeting = {
  person: "Chloé",
  channel: "Ops › General",
  text: "The change window for web is open until five.",
};

/** The Teams stand-in, with what its wiring needs to know of it. */
export type TeamsSandbox = Extract<SandboxPlatform, { platform: "teams" }>;

/**
 * Make a local tenant "Contoso" that speaks as Microsoft Teams does.
 *
 * It serves OpenID metadata, a login, and the Bot Connector under `ownUrl`; it signs clicks with its own key and sends
 * them to the hub's public door; and it refuses what Teams refuses, by the same error names.
 */
export function createTeamsSandbox(deps: SandboxDeps): TeamsSandbox {
  const tenant = createTenant(createDerive(deps.secret));
  const issuer = createIssuer(deps.journal, deps.ownUrl);
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const posts = openPosts({ journal: deps.journal, now: deps.now, changed });
  const serviceUrl = `${deps.ownUrl}/connector/emea/`;
  const wire = { tenant, issuer, serviceUrl, hubUrl: deps.hubUrl, now: deps.now };
  const client = createClient({
    carry: (press) => carry(press, wire),
    saidBelow: ({ channel, id }) => appReplies(posts.find(channel, id)),
  });
  const chaos = createChaos();
  const throttle = createThrottle();
  const path = new URL(deps.ownUrl).pathname.replace(/\/$/u, "");
  const served = {
    path,
    ownUrl: deps.ownUrl,
    tenant,
    issuer,
    posts,
    chaos,
    throttle,
    now: deps.now,
  };

  const acts = peopleActs(tenant, posts, client);
  if (posts.position() === 0) acts.say(greeting);

  return {
    platform: "teams",
    ...identityOf(tenant, deps.ownUrl),
    workspace: workspaceOf(tenant, serviceUrl),
    mounts: [{ path, handle: serve({ ...served, edited: client.forget }) }],
    messages: (since) => ({
      items: posts.since(since).map((post) => showPost(post, tenant)),
      next: posts.position(),
    }),
    ...acts,
    ...chaosActs(chaos),
    clear: () => {
      client.clear();
      posts.clear();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

const appReplies = (post: Post | undefined) =>
  (post?.replies ?? []).filter(({ author }) => author.app).map(({ text }) => text);

function identityOf(
  tenant: Tenant,
  ownUrl: string,
): Pick<TeamsSandbox, "settings" | "installation"> {
  return {
    settings: {
      appId: tenant.appId,
      appPassword: tenant.appPassword,
      tenantId: tenant.id,
      loginUrl: `${ownUrl}/login`,
      openIdMetadataUrl: `${ownUrl}/openid/.well-known/openidconfiguration`,
      tokenIssuer: ownUrl,
      serviceHosts: [new URL(ownUrl).host],
    },
    installation: { platform: "teams", entraTenantId: tenant.id, name: tenant.name },
  };
}

function workspaceOf(tenant: Tenant, serviceUrl: string): TeamsSandbox["workspace"] {
  return {
    id: tenant.id,
    name: tenant.name,
    channels: tenant.channels.map((channel) => ({
      id: channel.id,
      name: sayChannel(channel),
      team: channel.team.name,
      private: false,
      member: true,
      serviceUrl,
    })),
    people: tenant.people.map(({ aadObjectId, name, guest }) => ({ id: aadObjectId, name, guest })),
  };
}

const messageId = ({ channel, id }: Pick<Post, "channel" | "id">) => `teams:${channel}:${id}`;

function findPost(posts: Posts, message: string): Post | undefined {
  const cut = message.lastIndexOf(":");
  if (!message.startsWith("teams:") || cut < "teams:".length) return undefined;
  const post = posts.find(message.slice("teams:".length, cut), message.slice(cut + 1));
  return post?.deleted ? undefined : post;
}

function peopleActs(
  tenant: Tenant,
  posts: Posts,
  client: ReturnType<typeof createClient>,
): Pick<TeamsSandbox, "click" | "submit" | "say" | "remove"> {
  const click: TeamsSandbox["click"] = async ({
    message,
    person,
    action,
    inputs,
    client: kind,
  }) => {
    const post = findPost(posts, message);
    const member = findMember(tenant, person);
    const channel = post && findChannel(tenant, post.channel);
    if (!post || !channel) return nothing("There is no such message.");
    if (!member) return nothing("There is no such person.");
    const found: FoundClick = {
      message,
      post,
      channel,
      person: member,
      action,
      old: kind === "old",
    };
    return client.click(inputs === undefined ? found : { ...found, inputs });
  };
  return {
    click,
    submit: ({ dialog, person, inputs }) => {
      const [message = "", action = ""] = dialog.split("|");
      return click({ message, person, action, inputs });
    },
    say: ({ person, channel, text }) => {
      const member = findMember(tenant, person);
      const place = findChannel(tenant, channel);
      if (!member || !place) return;
      const author = { id: member.aadObjectId, name: member.name, app: false };
      posts.add({ channel: place.id, author, text, editable: true });
    },
    remove: (message) => {
      const post = findPost(posts, message);
      if (post) posts.remove(post);
      return post !== undefined;
    },
  };
}

const nothing = (text: string): SandboxSight => ({
  shown: "none",
  text,
  http: { status: 404, ms: 0 },
});

function chaosActs(chaos: Chaos): Pick<TeamsSandbox, "setChaos" | "chaosLeft"> {
  return { setChaos: chaos.set, chaosLeft: chaos.left };
}

function showPost(post: Post, tenant: Tenant): SandboxMessage {
  const channel = findChannel(tenant, post.channel);
  return {
    id: messageId(post),
    platform: "teams",
    workspace: tenant.id,
    channel: post.channel,
    channel_name: channel ? sayChannel(channel) : post.channel,
    author: post.author,
    text: post.text,
    ...(post.card === undefined ? {} : { card: post.card }),
    buttons: post.deleted ? [] : buttonsOf(post.card).map(showButton),
    edits: post.edits,
    thread: post.replies,
    posted_at: post.postedAt,
    edited_at: post.editedAt,
    deleted: post.deleted,
    check: post.card === undefined ? [] : checkOf(post.card),
  };
}

const showButton = ({ action, label }: Button) => ({ action, label });

function checkOf(card: unknown): SandboxMessage["check"] {
  const { bytes, version, actions } = measureCard(card);
  return [
    { what: "bytes", used: bytes, limit: mostCardBytes },
    { what: "version", used: version, limit: Number(newestVersion) },
    { what: "buttons in a row", used: actions, limit: mostActions },
  ];
}
