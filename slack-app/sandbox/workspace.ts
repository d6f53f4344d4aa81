import { createHmac } from "node:crypto";
import {
  type Channel,
  type Member,
  plainChannel,
  plainMember,
  type Team,
  type World,
} from "./things.ts";

/** What the app was granted where it is installed from the beginning. */
const firstScopes = [
  "channels:join",
  "channels:read",
  "chat:write",
  "commands",
  "groups:read",
  "im:write",
  "team:read",
  "users:read",
  "users:read.email",
] as const;

type Naming = Pick<World, "seal" | "idOf">;

interface FirstTeam {
  readonly team: Team;
  readonly members: readonly Member[];
  readonly channels: readonly Channel[];
}

/** Acme is what people see: five people and four channels. */
function describeAcme({ idOf }: Naming, installed: boolean): FirstTeam {
  const team: Team = {
    id: idOf("T", "team"),
    name: "Acme",
    domain: "acme",
    botId: idOf("B", "bot"),
    botUserId: idOf("U", "bot user"),
  };
  const workspace = team.id;
  const members = ["Ann", "Ben", "Chloé", "Dov", "Eve"].map((name) =>
    plainMember({ id: idOf("U", name), name, workspace, guest: name === "Dov" }, "example.com"),
  );
  const idsOf = (some: readonly Member[]) => some.map(({ id }) => id);
  const staff = members.filter(({ guest }) => !guest);
  const few = members.filter(({ name }) => ["Ann", "Ben"].includes(name));
  const channel = (name: string, seenBy: readonly Member[], hidden = false) =>
    plainChannel({
      id: idOf("C", name),
      name: `#${name}`,
      workspace,
      people: idsOf(seenBy),
      private: hidden,
      member: installed && !hidden,
    });
  const channels = [
    channel("releases", members),
    channel("ops", members),
    channel("finance", staff),
    channel("security", few, true),
  ];
  return { team, members, channels };
}

/** Another workspace, without the app. */
function describeOther(
  { idOf }: Naming,
  name: string,
  people: readonly string[],
  channels: readonly string[],
  enterprise?: string,
): FirstTeam {
  const domain = name.toLowerCase().replaceAll(" ", "-");
  const team: Team = {
    id: idOf("T", `team ${name}`),
    name,
    domain,
    ...(enterprise === undefined ? {} : { enterprise }),
    botId: idOf("B", `bot ${name}`),
    botUserId: idOf("U", `bot user ${name}`),
  };
  const workspace = team.id;
  const members = people.map((one) =>
    plainMember({ id: idOf("U", one), name: one, workspace }, `${domain}.example`),
  );
  const ids = members.map(({ id }) => id);
  return {
    team,
    members,
    channels: channels.map((one) =>
      plainChannel({ id: idOf("C", `${name} ${one}`), name: `#${one}`, workspace, people: ids }),
    ),
  };
}

/**
 * Describe the local Slack under one secret: the workspaces Acme and Globex, the organization Umbrella with two more,
 * and an app with credentials of its own.
 *
 * Everything follows from the secret, so ids and tokens are the same after a restart, and no two hubs share any.
 */
export function describeWorkspace(secret: string, ownUrl: string, installed = true): World {
  const seal = (purpose: string) =>
    createHmac("sha256", secret).update(`slack sandbox: ${purpose}`).digest("hex");
  const idOf = (kind: string, name: string) => `${kind}0${seal(name).slice(0, 9).toUpperCase()}`;
  const numberOf = (name: string) => BigInt(`0x${seal(name).slice(0, 10)}`).toString();
  const naming = { seal, idOf };
  const enterprise = { id: idOf("E", "enterprise"), name: "Umbrella", domain: "umbrella" };
  const acme = describeAcme(naming, installed);
  const all = [
    acme,
    describeOther(naming, "Globex", ["Gil", "Gwen"], ["general", "deploys"]),
    describeOther(naming, "Umbrella Research", ["Uma"], ["lab"], enterprise.id),
    describeOther(naming, "Umbrella Sales", ["Uwe"], ["deals"], enterprise.id),
  ];
  const { team } = acme;
  return {
    appId: idOf("A", "app"),
    settings: {
      clientId: `${numberOf("client")}.${numberOf("app")}`,
      clientSecret: seal("client secret").slice(0, 32),
      signingSecret: seal("signing secret").slice(0, 32),
      apiUrl: `${ownUrl}/api/`,
      authorizeUrl: `${ownUrl}/oauth/v2/authorize`,
    },
    appToken: `xapp-1-${idOf("A", "app")}-${numberOf("app token")}-${seal("app token")}`,
    home: team,
    teams: all.map((one) => one.team),
    enterprise,
    members: all.flatMap(({ members }) => members),
    channels: all.flatMap(({ channels }) => channels),
    installation: {
      platform: "slack",
      slackTeamId: team.id,
      name: team.name,
      botToken: `xoxb-${numberOf("team")}-${numberOf("bot")}-${seal("bot token").slice(0, 24)}`,
      botId: team.botId,
      botUserId: team.botUserId,
      scopes: firstScopes,
    },
    ...naming,
  };
}
