import { createHmac } from "node:crypto";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { SlackSettings } from "../../core/ports/platform-settings.ts";
import type { SandboxChannel, SandboxPerson } from "../../core/ports/sandbox.ts";

/** A channel of the local workspace, with the people who see it. */
export interface Channel extends SandboxChannel {
  readonly people: readonly string[];
}

/** The local Slack workspace: who and what is there, and the keys that an operator would have copied. */
export interface Workspace {
  readonly teamId: string;
  readonly name: string;
  readonly domain: string;
  readonly appId: string;
  readonly people: readonly SandboxPerson[];
  readonly channels: readonly Channel[];
  readonly settings: SlackSettings;
  readonly installation: SlackInstallation;
  /** Bytes that only this workspace can make, as hex; the same for the same purpose. */
  readonly seal: (purpose: string) => string;
}

const scopes = [
  "chat:write",
  "channels:read",
  "groups:read",
  "channels:join",
  "users:read",
  "team:read",
] as const;

function describeChannels(
  idOf: (kind: string, name: string) => string,
  people: readonly SandboxPerson[],
) {
  const named = (names: readonly string[]) =>
    people.filter((person) => names.includes(person.name)).map((person) => person.id);
  const everybody = people.map((person) => person.id);
  const staff = people.filter((person) => !person.guest).map((person) => person.id);
  const channel = (name: string, seenBy: readonly string[], hidden = false): Channel => ({
    id: idOf("C", name),
    name: `#${name}`,
    private: hidden,
    member: !hidden,
    people: seenBy,
  });
  return [
    channel("releases", everybody),
    channel("ops", everybody),
    channel("finance", staff),
    channel("security", named(["Ann", "Ben"]), true),
  ];
}

/**
 * Describe the workspace Acme under one secret: five people, four channels, and credentials of its own.
 *
 * Everything follows from the secret, so ids and tokens are the same after a restart, and no two hubs share any.
 */
export function describeWorkspace(secret: string, ownUrl: string): Workspace {
  const seal = (purpose: string) =>
    createHmac("sha256", secret).update(`slack sandbox: ${purpose}`).digest("hex");
  const idOf = (kind: string, name: string) => `${kind}0${seal(name).slice(0, 9).toUpperCase()}`;
  const numberOf = (name: string) => BigInt(`0x${seal(name).slice(0, 10)}`).toString();
  const people = ["Ann", "Ben", "Chloé", "Dov", "Eve"].map((name) => ({
    id: idOf("U", name),
    name,
    guest: name === "Dov",
  }));
  const teamId = idOf("T", "team");
  return {
    teamId,
    name: "Acme",
    domain: "acme",
    appId: idOf("A", "app"),
    people,
    channels: describeChannels(idOf, people),
    settings: {
      clientId: `${numberOf("client")}.${numberOf("app")}`,
      clientSecret: seal("client secret").slice(0, 32),
      signingSecret: seal("signing secret").slice(0, 32),
      apiUrl: `${ownUrl}/api/`,
      authorizeUrl: `${ownUrl}/oauth/v2/authorize`,
    },
    installation: {
      platform: "slack",
      slackTeamId: teamId,
      name: "Acme",
      botToken: `xoxb-${numberOf("team")}-${numberOf("bot")}-${seal("bot token").slice(0, 24)}`,
      botId: idOf("B", "bot"),
      botUserId: idOf("U", "bot user"),
      scopes,
    },
    seal,
  };
}

/** Find a person by id, or by name as people write it. */
export function findPerson(workspace: Workspace, asked: string): SandboxPerson | undefined {
  const name = asked.toLowerCase();
  return workspace.people.find((one) => one.id === asked || one.name.toLowerCase() === name);
}

/** Find a channel by id or by name, with or without `#`. */
export function findChannel(workspace: Workspace, asked: string): Channel | undefined {
  const name = `#${asked.replace(/^#/, "").toLowerCase()}`;
  return workspace.channels.find((one) => one.id === asked || one.name === name);
}
