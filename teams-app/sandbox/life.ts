import type {
  SandboxAccess,
  SandboxCatalogueWish,
  SandboxDone,
  SandboxPersonWish,
  SandboxUninstall,
  TeamsLife,
} from "../../core/ports/sandbox-life.ts";
import { ChannelLife } from "./channel-life.ts";
import type { Consents } from "./consent.ts";
import { messageId } from "./posts.ts";
import { done, isHome, type Rig, refused, unknown } from "./rig.ts";
import { TeamLife } from "./team-life.ts";
import { chatOf, findMember, memberOf, type Region, type Standing } from "./tenant.ts";
import { showTenant } from "./workspace.ts";

/**
 * Make what admins, owners and members of the tenants can do, apart from talking and pressing buttons. A wish that names
 * no tenant is for the first.
 */
export function createLife(
  rigs: readonly [Rig, ...Rig[]],
  consents: Consents,
  serviceUrlOf: (region: Region) => string,
): TeamsLife {
  const at = (workspace: string | undefined) =>
    rigs.find((rig) => isHome(rig, workspace)) ?? rigs[0];
  const withPerson = (who: string) =>
    rigs.find(({ tenant }) => findMember(tenant, who) !== undefined) ?? rigs[0];
  return {
    workspaces: () => rigs.map(({ tenant }) => showTenant(tenant, serviceUrlOf)),
    consent: (wish) => consents.arm(wish),
    uninstall: (wish) => uninstall(at(wish.workspace), wish),
    access: async (wish) => changeAccess(at(wish.workspace), wish),
    changeChannel: (wish) => new ChannelLife(at(wish.workspace)).change(wish),
    changePerson: (wish) => changePerson(at(wish.workspace), wish),
    home: (person, says) => openChat(withPerson(person), person, says),
    catalogue: (wish) => changeCatalogue(at(wish.workspace), wish),
    changeTeam: (wish) => new TeamLife(at(wish.workspace)).change(wish),
  };
}

/**
 * End the app's days in the tenant: `uninstalled` takes it out of the catalogue and of every team, `revoked` takes the
 * consent back, and `forgotten` deletes the app from the directory. Only the first is told.
 */
async function uninstall(
  rig: Rig,
  { workspace, how = "uninstalled", silent = false, first, after_ms }: SandboxUninstall,
): Promise<SandboxDone> {
  const { tenant } = rig;
  if (!isHome(rig, workspace)) return unknown("workspace", workspace);
  if (first !== undefined || after_ms !== undefined) return refused("not_in_teams");
  if (how === "uninstalled") {
    tenant.change({ standing: { catalogue: "absent" } });
    return new TeamLife(rig).emptyAll(silent);
  }
  tenant.change({ standing: { consented: false, principalGone: how === "forgotten" } });
  return done(tenant.id);
}

const accesses: Readonly<Record<SandboxAccess["do"], Partial<Standing> | undefined>> = {
  grant: { consented: true, principalGone: false, secretExpired: false },
  withdraw: { consented: false },
  expire: { secretExpired: true },
  narrow: undefined,
};

/** The grant is the consent of an admin, and what runs out is the secret of the app. */
function changeAccess(rig: Rig, wish: SandboxAccess): SandboxDone {
  if (!isHome(rig, wish.workspace)) return unknown("workspace", wish.workspace);
  const standing = accesses[wish.do];
  if (!standing) return refused("not_in_teams");
  rig.tenant.change({ standing });
  return done(rig.tenant.id);
}

const shelves: Readonly<Record<SandboxCatalogueWish["do"], Partial<Standing>>> = {
  publish: { catalogue: "published" },
  remove: { catalogue: "absent" },
  block: { catalogue: "blocked" },
  allow: { catalogue: "published" },
  forbid_custom: { customApps: false },
  permit_custom: { customApps: true },
};

function changeCatalogue(rig: Rig, wish: SandboxCatalogueWish): SandboxDone {
  const { tenant } = rig;
  const { catalogue, customApps } = tenant.standing;
  if (!isHome(rig, wish.workspace)) return unknown("workspace", wish.workspace);
  if (wish.do === "publish" && !customApps) return refused("custom_apps_forbidden");
  if (wish.do === "publish" && catalogue !== "absent") return refused("app_already_in_catalogue");
  const needsApp = ["remove", "block", "allow"].includes(wish.do);
  if (needsApp && catalogue === "absent") return refused("app_not_in_catalogue");
  tenant.change({ standing: shelves[wish.do] });
  return done(tenant.id);
}

/** Somebody new is in every team at once. */
function changePerson(rig: Rig, wish: SandboxPersonWish): SandboxDone {
  const { tenant, derive } = rig;
  if (!isHome(rig, wish.workspace)) return unknown("workspace", wish.workspace);
  const known = findMember(tenant, wish.name);
  const { email, guest, deactivated } = wish;
  const person = {
    ...(known ?? memberOf(derive, wish.name)),
    ...(email === undefined ? {} : { email }),
    ...(guest === undefined ? {} : { guest }),
    ...(deactivated === undefined ? {} : { gone: deactivated }),
  };
  tenant.change({ person });
  for (const team of known ? [] : tenant.teams) {
    tenant.change({ team: { ...team, members: [...team.members, person.aadObjectId] } });
  }
  return done(person.aadObjectId);
}

/** What people write who want to know what an app does. */
const greeting = "hello";

/**
 * Open the personal chat and write to the app, which is told before when it is the first time; answers the card that it
 * wrote back.
 */
async function openChat(
  { tenant, lifecycle, posts }: Rig,
  asked: string,
  words = greeting,
): ReturnType<TeamsLife["home"]> {
  const person = findMember(tenant, asked);
  if (!person || person.gone) return unknown("person", asked);
  if (tenant.standing.catalogue === "absent") return refused("app_not_in_catalogue");
  if (tenant.standing.catalogue === "blocked") return refused("app_blocked_by_policy");
  const isFirst = !person.hasChat;
  if (isFirst) tenant.change({ person: { ...person, hasChat: true } });
  const told = isFirst ? await lifecycle.chat(person) : [];
  const channel = chatOf(person);
  const author = { id: person.aadObjectId, name: person.name, app: false };
  const { changed } = posts.add({ channel, author, text: words, editable: true });
  const said = await lifecycle.say(person, words);
  const answer = posts
    .since(changed)
    .filter((one) => one.channel === channel && one.author.app)
    .at(-1);
  const message = answer ? { message: messageId(answer) } : {};
  return {
    ...done(person.aadObjectId, [...told, ...said]),
    ...message,
    view: answer?.card ?? null,
  };
}
