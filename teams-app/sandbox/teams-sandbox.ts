import type {
  SandboxDeps,
  SandboxMessage,
  SandboxPlatform,
  SandboxSight,
} from "../../core/ports/sandbox.ts";
import { teamsMistakes } from "../outbound/limits/mistakes.ts";
import { measureCard, mostActions, mostCardBytes, newestVersion } from "../outbound/limits.ts";
import { type Button, buttonsOf } from "./buttons.ts";
import { createChaos } from "./chaos.ts";
import { createClient, type FoundClick } from "./client.ts";
import { Consents } from "./consent.ts";
import { createDerive } from "./derive.ts";
import { createIssuer } from "./issuer.ts";
import { createLife } from "./life.ts";
import { Lifecycle } from "./lifecycle.ts";
import { LiveTenant } from "./live-tenant.ts";
import { messageId, openPosts, type Post, type Posts } from "./posts.ts";
import { writePress } from "./press.ts";
import type { Rig } from "./rig.ts";
import { serve } from "./serve.ts";
import {
  type Channel,
  chatOf,
  findChannel,
  findChat,
  findMember,
  isMember,
  isOpenToApp,
  isThere,
  type Member,
  type Region,
  sayChannel,
  type Tenant,
} from "./tenant.ts";
import { layOutTenants, type Tenants, tenantOf, tenantOfPerson } from "./tenants.ts";
import { createThrottle } from "./throttle.ts";
import { carry, type Wire } from "./wire.ts";
import { showTenant } from "./workspace.ts";

/** What stands in a channel at the first look, so that it is one where people work. */
const greeting = {
  person: "Chloé",
  channel: "Ops › General",
  text: "The change window for web is open until five.",
};

/** The Teams stand-in, with what its wiring needs to know of it. */
export type TeamsSandbox = Extract<SandboxPlatform, { platform: "teams" }>;

/**
 * Make a local tenant "Contoso", and "Northwind" beside it, that speak as Microsoft Teams does. The bot is at home in the
 * first; people see that one, and the app is in the second once somebody brings it there.
 *
 * It serves OpenID metadata, a login, and the Bot Connector under `ownUrl`; it signs clicks with its own key and sends
 * them to the hub's public door; and it refuses what Teams refuses, by the same error names.
 */
export function createTeamsSandbox(deps: SandboxDeps): TeamsSandbox {
  const derive = createDerive(deps.secret);
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const { journal, now, limitsNow = now, ownUrl, hubUrl } = deps;
  const laidOut = layOutTenants(derive, deps.installed);
  const [home, ...others] = laidOut.map(
    ({ first }, at) => new LiveTenant(first, journal, changed, at === 0 ? undefined : first.id),
  ) as [LiveTenant, ...LiveTenant[]];
  const tenants = [home, ...others] as const;
  const issuer = createIssuer(journal, ownUrl);
  const posts = openPosts({ journal, now, changed });
  const serviceUrlOf = serviceUrls(deps);
  const wireIn = (tenant: LiveTenant): Wire => ({ tenant, issuer, serviceUrlOf, hubUrl, now });
  const client = createClient({
    carry: (press) => {
      const wire = wireIn(tenantOf(tenants, press.post.channel) ?? home);
      return carry(writePress(press, wire), wire);
    },
    saidBelow: ({ channel, id }) =>
      tenants.some((tenant) => findChat(tenant, channel))
        ? saidIn(posts, channel)
        : appReplies(posts.find(channel, id)),
  });
  const chaos = createChaos();
  const consents = new Consents(tenants, `${hubUrl}/teams/consent/callback`);
  const path = new URL(ownUrl).pathname.replace(/\/$/u, "");
  const served = { path, ownUrl, tenants, consents, issuer, posts, chaos };
  const handle = serve({ ...served, throttle: createThrottle(limitsNow), edited: client.forget });
  const rigs = tenants.map((tenant, at) => ({
    ...{ tenant, posts, lifecycle: new Lifecycle(wireIn(tenant)) },
    derive: laidOut[at]?.derive ?? derive,
  })) as [Rig, ...Rig[]];

  const acts = peopleActs(tenants, posts, client);
  if (posts.position() === 0) acts.say(greeting);

  return {
    platform: "teams",
    ...identityOf(tenants, deps),
    get workspace() {
      return showTenant(home, serviceUrlOf);
    },
    life: createLife(rigs, consents, serviceUrlOf),
    mounts: [{ path, handle }],
    messages: (since) => ({
      items: posts
        .since(since)
        .map((post) => showPost(post, tenantOf(tenants, post.channel) ?? home)),
      next: posts.position(),
    }),
    ...acts,
    setChaos: chaos.set,
    chaosLeft: chaos.left,
    clear: () => {
      client.clear();
      posts.clear();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

/** Each region has a serviceUrl of its own; the second may lie on another host. */
const serviceUrls =
  ({ ownUrl, secondUrl = ownUrl }: SandboxDeps) =>
  (region: Region) =>
    `${region === "emea" ? ownUrl : secondUrl}/connector/${region}/`;

const appReplies = (post: Post | undefined) =>
  (post?.replies ?? []).filter(({ author }) => author.app).map(({ text }) => text);

/** What the app has said in a personal chat: the words of its cards. */
const saidIn = (posts: Posts, chat: string) =>
  posts
    .since(0)
    .filter(({ channel, author }) => channel === chat && author.app)
    .map(({ card, text }) => String(card?.["fallbackText"] ?? text));

function identityOf(
  [tenant, ...others]: Tenants,
  deps: SandboxDeps,
): Pick<TeamsSandbox, "settings" | "installation"> {
  const { ownUrl, secondUrl = ownUrl } = deps;
  const hosts = [ownUrl, secondUrl].map((url) => new URL(url).host);
  return {
    settings: {
      appId: tenant.appId,
      appPassword: tenant.appPassword,
      tenantId: tenant.id,
      loginUrl: `${ownUrl}/login`,
      openIdMetadataUrl: `${ownUrl}/openid/.well-known/openidconfiguration`,
      tokenIssuer: ownUrl,
      serviceHosts: [...new Set(hosts)],
      allowedTenants: others.map(({ id }) => id),
    },
    installation: {
      ...{ platform: "teams", entraTenantId: tenant.id, name: tenant.name },
      teams: tenant.teams
        .filter(({ hasApp, deleted }) => hasApp && !deleted)
        .map(({ id, name, region, archived }) => ({
          ...{ id, name, archived, serviceUrl: serviceUrls(deps)(region), gone: false, toldAt: 0 },
        })),
    },
  };
}

function findPost(posts: Posts, message: string): Post | undefined {
  const cut = message.lastIndexOf(":");
  if (!message.startsWith("teams:") || cut < "teams:".length) return undefined;
  const post = posts.find(message.slice("teams:".length, cut), message.slice(cut + 1));
  return post?.deleted ? undefined : post;
}

function peopleActs(
  tenants: Tenants,
  posts: Posts,
  client: ReturnType<typeof createClient>,
): Pick<TeamsSandbox, "click" | "refresh" | "submit" | "say" | "remove"> {
  const click: TeamsSandbox["click"] = async ({
    message,
    person,
    action,
    inputs,
    client: kind,
  }) => {
    const post = findPost(posts, message);
    const tenant = post && tenantOf(tenants, post.channel);
    const member = tenant && findMember(tenant, person);
    if (!post || !member) return nothing(`There is no such ${post ? "person" : "message"}.`);
    const place = placeOf(post, member, tenant);
    if ("shown" in place) return place;
    const found: FoundClick = {
      ...{ message, post, person: member, action, ...place },
      old: kind === "old",
    };
    return client.click(inputs === undefined ? found : { ...found, inputs });
  };
  return {
    click,
    refresh: async ({ message, person, trigger }) => {
      const post = findPost(posts, message);
      const tenant = post && tenantOf(tenants, post.channel);
      const member = tenant && findMember(tenant, person);
      const channel = tenant && findChannel(tenant, post.channel);
      if (!post || !channel) return nothing("There is no such message.");
      if (!member || !isMember(channel.team, member)) return nothing("There is no such person.");
      return client.refresh({ post, channel, person: member, trigger });
    },
    submit: ({ dialog, person, inputs }) => {
      const [message = "", action = ""] = dialog.split("|");
      return click({ message, person, action, inputs });
    },
    say: ({ person, channel, text }) => {
      const tenant = tenantOfPerson(tenants, person);
      const member = tenant && findMember(tenant, person);
      const place = tenant && findChannel(tenant, channel);
      if (!member || !place || !mayWrite(member, place)) return;
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

/** Where a press happens, or why it cannot: a chat is its person's alone. */
function placeOf(
  post: Post,
  member: Member,
  tenant: Tenant,
): { readonly channel?: Channel } | SandboxSight {
  const chat = findChat(tenant, post.channel);
  if (chat) return chat.id === member.id ? {} : nothing("There is no such person.");
  const channel = findChannel(tenant, post.channel);
  if (!channel || !isThere(channel)) return nothing("There is no such message.");
  if (!isMember(channel.team, member)) return nothing("There is no such person.");
  return isOpenToApp(channel) ? { channel } : nothing("The app is no longer in this team.");
}

const mayWrite = (member: Member, place: Channel) =>
  isThere(place) && !place.team.archived && isMember(place.team, member);

const nothing = (text: string): SandboxSight => ({
  shown: "none",
  text,
  http: { status: 404, ms: 0 },
});

function showPost(post: Post, tenant: Tenant): SandboxMessage {
  const channel = findChannel(tenant, post.channel);
  return {
    id: messageId(post),
    platform: "teams",
    workspace: tenant.id,
    channel: post.channel,
    channel_name: channel ? sayChannel(channel) : sayChat(post, tenant),
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
    mistakes: post.card === undefined ? [] : mistakesOf(post.card),
  };
}

/** A personal chat is called after the person in it. */
function sayChat({ channel }: Post, { people }: Tenant): string {
  const person = people.find((one) => chatOf(one) === channel);
  return person ? `Chat with ${person.name}` : channel;
}

const showButton = ({ action, label }: Button) => ({ action, label });

/** Panes ask again and again, and a card that is posted does not change. */
const knownMistakes = new WeakMap<object, SandboxMessage["mistakes"]>();

function mistakesOf(card: object): SandboxMessage["mistakes"] {
  const found = knownMistakes.get(card) ?? teamsMistakes(card);
  knownMistakes.set(card, found);
  return found;
}

function checkOf(card: unknown): SandboxMessage["check"] {
  const { bytes, version, actions } = measureCard(card);
  return [
    { what: "bytes", used: bytes, limit: mostCardBytes },
    { what: "version", used: version, limit: Number(newestVersion) },
    { what: "buttons in a row", used: actions, limit: mostActions },
  ];
}
