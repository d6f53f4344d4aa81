import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Connecting } from "../../../core/ports/connecting.ts";
import type { WorkspaceDoor } from "../../../core/ports/workspace-door.ts";
import { createTeamsApp } from "../../../teams-app/teams-app.ts";

export const tenant = "9a3b0000-0000-0000-0000-000000000001";
/** A tenant that the operator allows beside it. */
export const theirs = "4c5d0000-0000-0000-0000-000000000002";

/** An answer of the connector: a status, and a body. */
export type Scripted = readonly [status: number, body: unknown];

/** Two regions of the Bot Connector and the login beside them, each answering as the test says. */
export interface TwoRegions {
  readonly url: string;
  readonly door: WorkspaceDoor;
  /** What each address answers: `/emea/v3/teams/{id}/conversations`. */
  readonly answers: Map<string, Scripted>;
  /** Addresses that were called with the bot's token, in order. */
  readonly called: string[];
  /** What the login answers; absent: a token. */
  login?: Scripted;
  readonly clock: { now(): Date; advance(ms: number): void };
  close(): Promise<void>;
}

/** Start them, and the Teams side of a hub whose allowed hosts they are. */
export async function startTwoRegions(connecting: Connecting): Promise<TwoRegions> {
  const called: string[] = [];
  const answers: TwoRegions["answers"] = new Map();
  const send = (response: ServerResponse, [status, body]: Scripted) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const path = decodeURIComponent(request.url ?? "");
    if (path.includes("/oauth2/")) {
      return send(response, regions.login ?? [200, { access_token: "t", expires_in: 3_600 }]);
    }
    called.push(path);
    return send(response, answers.get(path) ?? [404, { error: { code: "ConversationNotFound" } }]);
  };
  const server = createServer((request, response) => {
    request.resume().on("end", () => serve(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${host}`;
  let offset = 0;
  const clock = {
    now: () => new Date(Date.now() + offset),
    advance: (ms: number) => {
      offset += ms;
    },
  };
  const app = await createTeamsApp(
    {
      ...{ appId: "7c1e", appPassword: "a secret", tenantId: tenant, loginUrl: `${url}/login` },
      ...{ openIdMetadataUrl: `${url}/openid`, tokenIssuer: url, serviceHosts: [host] },
      allowedTenants: [theirs],
    },
    {
      clock,
      connecting,
      inbox: {
        click: () => Promise.reject(new Error("nobody clicks")),
        current: async () => undefined,
        greet: () => Promise.reject(new Error("nobody visits")),
        pick: () => Promise.reject(new Error("nobody visits")),
        choose: () => Promise.reject(new Error("nobody visits")),
      },
      log: { write: () => undefined },
      installations: { slack: async () => undefined, teams: async () => undefined },
    },
  );
  if (!app.workspaces) throw new Error("There is no door.");
  const regions: TwoRegions = {
    ...{ url, answers, called, clock },
    door: app.workspaces,
    close: async () => {
      await app.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return regions;
}
