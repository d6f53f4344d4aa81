import type { JsonObject } from "../../../core/domain/json.ts";
import type { Mount } from "../../../core/ports/mount.ts";
import type { SandboxJournal } from "../../../core/ports/sandbox.ts";
import type { SandboxDone } from "../../../core/ports/sandbox-life.ts";
import { readText } from "../../../teams-app/sandbox/http.ts";
import type { Issuer } from "../../../teams-app/sandbox/issuer.ts";
import { createTeamsSandbox, type TeamsSandbox } from "../../../teams-app/sandbox/teams-sandbox.ts";
import { issuerOf, listen, newJournal } from "../../fixtures/teams/rig.ts";

/** An activity as a hub reads it, with what its token claims. */
export interface Told {
  readonly type: string;
  readonly action?: string;
  readonly id: string;
  readonly serviceUrl: string;
  readonly conversation: { readonly id: string; readonly tenantId: string };
  readonly channelData: JsonObject;
  readonly membersAdded?: readonly { readonly id: string }[];
  readonly membersRemoved?: readonly { readonly id: string }[];
  readonly claimed: unknown;
}

/** A Teams sandbox beside a hub that only listens, and a bot that calls its connector. */
export interface StandIn {
  readonly url: string;
  readonly teams: TeamsSandbox;
  /** What the hub was told. */
  readonly told: readonly Told[];
  /** What the hub answers. */
  answer: number;
  /** Call the connector as the bot: by the serviceUrl of the first region, or by one that is given. */
  call(
    method: string,
    path: string,
    given?: { readonly body?: unknown; readonly serviceUrl?: string },
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Do something that must succeed. Answers the id of the thing. */
  did(wish: Promise<SandboxDone> | SandboxDone): Promise<string>;
  /** A channel by name, as the API lists it. */
  channel(name: string): TeamsSandbox["workspace"]["channels"][number];
  /** The same sandbox, started anew from its journal. */
  again(): TeamsSandbox;
  close(): Promise<void>;
}

/** Open a stand-in. The second region lies on another name of this machine. */
export async function openStandIn(installed = true): Promise<StandIn> {
  const mounts: Mount[] = [];
  const { url, server } = await listen(mounts);
  const journal: SandboxJournal = newJournal();
  const build = () =>
    createTeamsSandbox({
      ownUrl: `${url}/sandbox/teams`,
      secondUrl: `${url.replace("127.0.0.1", "localhost")}/sandbox/teams`,
      hubUrl: url,
      secret: "a secret of this test",
      journal,
      now: () => new Date("2026-11-20T12:00:00Z"),
      installed,
    });
  const teams = build();
  const told: Told[] = [];
  const issuer = issuerOf(teams);
  const { appId, tenantId: tid } = teams.settings;
  mounts.push(...teams.mounts, {
    path: "/api/messages",
    handle: async (request, response) => {
      const activity = JSON.parse((await readText(request)) ?? "") as Told;
      told.push({
        ...activity,
        claimed: await claimsIn(request.headers.authorization, issuer, appId),
      });
      response.writeHead(standIn.answer).end();
    },
  });
  const channel: StandIn["channel"] = (name) => {
    const found = teams.workspace.channels.find((one) => one.name === name);
    if (!found) throw new Error(`There is no channel ${name}.`);
    return found;
  };
  const standIn: StandIn = {
    url,
    teams,
    told,
    answer: 200,
    channel,
    call: async (
      method,
      path,
      { body, serviceUrl = `${url}/sandbox/teams/connector/emea/` } = {},
    ) => {
      const aud = "https://api.botframework.com";
      const token = await issuer.sign({ aud, appid: appId, tid }, 600);
      const response = await fetch(`${serviceUrl}v3/${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    },
    did: async (wish) => {
      const outcome = await wish;
      if (outcome.kind !== "done") throw new Error(`It was not done: ${JSON.stringify(outcome)}`);
      return outcome.id;
    },
    again: build,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return standIn;
}

const claimsIn = (authorization: string | undefined, issuer: Issuer, appId: string) =>
  issuer.verify(String(authorization).replace("Bearer ", ""), appId);
