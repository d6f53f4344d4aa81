import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Mount } from "../../../core/ports/mount.ts";
import { createCredentials } from "../../../teams-app/outbound/credentials.ts";
import { recordExchange } from "../../../teams-app/outbound/wire.ts";
import { listen } from "../../fixtures/teams/rig.ts";

let login: Awaited<ReturnType<typeof listen>>;
let mounts: Mount[];
let asked: string[];
let reply: { status: number; body: string };
beforeEach(async () => {
  mounts = [];
  asked = [];
  login = await listen(mounts);
  mounts.push({
    path: "/tenant/oauth2/v2.0/token",
    handle: async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      asked.push(Buffer.concat(chunks).toString());
      response.writeHead(reply.status).end(reply.body.replace("N", String(asked.length)));
    },
  });
  reply = { status: 200, body: JSON.stringify({ access_token: "token N", expires_in: 3_600 }) };
});
afterEach(async () => {
  login.server.closeAllConnections();
  await new Promise((resolve) => login.server.close(resolve));
});

let time = 0;
const build = () =>
  createCredentials(
    {
      appId: "app",
      appPassword: "secret",
      tenantId: "tenant",
      loginUrl: login.url,
      openIdMetadataUrl: "",
      tokenIssuer: "",
      serviceHosts: [],
    },
    { now: () => new Date(time) },
  );

async function sign(credentials: ReturnType<typeof build>): Promise<string | undefined> {
  const { signRequest } = await credentials.createCredentials("app", undefined, "", true);
  let header: string | undefined;
  const headers = { set: (_name: string, value: string) => (header = value) };
  await signRequest({ headers } as unknown as Parameters<typeof signRequest>[0]);
  return header;
}

describe("the credentials of the bot", () => {
  it("ask once by client credentials and keep the token until shortly before its end", async () => {
    const credentials = build();
    expect(await sign(credentials)).toBe("Bearer token 1");
    time += 54 * 60_000;
    expect(await sign(credentials)).toBe("Bearer token 1");
    time += 2 * 60_000;
    expect(await sign(credentials)).toBe("Bearer token 2");
    expect(Object.fromEntries(new URLSearchParams(asked[0]))).toEqual({
      grant_type: "client_credentials",
      client_id: "app",
      client_secret: "secret",
      scope: "https://api.botframework.com/.default",
    });
  });

  it("ask once for all calls that wait together", async () => {
    const credentials = build();
    const signed = await Promise.all([1, 2, 3].map(() => sign(credentials)));
    expect(signed).toEqual(["Bearer token 1", "Bearer token 1", "Bearer token 1"]);
  });

  it("ask again after Teams did not take the token", async () => {
    const credentials = build();
    await sign(credentials);
    credentials.forget();
    expect(await sign(credentials)).toBe("Bearer token 2");
  });

  it("tell each waiting call why there is no token, and ask anew the next time", async () => {
    const credentials = build();
    reply = {
      status: 401,
      body: JSON.stringify({ error: "invalid_client", error_codes: [7000215] }),
    };
    const exchanges = await Promise.all(
      [1, 2].map(() =>
        recordExchange(() =>
          sign(credentials).then(
            () => undefined,
            () => undefined,
          ),
        ),
      ),
    );
    const answer = { kind: "login_refused", status: 401, code: "AADSTS7000215" };
    expect(exchanges).toEqual([{ answer }, { answer }]);
    reply = { status: 200, body: JSON.stringify({ access_token: "token N", expires_in: 3_600 }) };
    expect(await sign(credentials)).toBe("Bearer token 2");
  });

  it.each([
    ["no JSON", "<html>", "login_refused"],
    [
      "an error that quotes what was sent",
      JSON.stringify({ error: "bad: client_secret=secret" }),
      "login_refused",
    ],
    [
      "an error without number",
      JSON.stringify({ error: "temporarily_unavailable" }),
      "temporarily_unavailable",
    ],
  ])("name the trouble of an answer with %s", async (_, body, code) => {
    reply = { status: 503, body };
    const exchange = await recordExchange(() =>
      sign(build()).then(
        () => undefined,
        () => undefined,
      ),
    );
    expect(exchange.answer).toEqual({ kind: "login_refused", status: 503, code });
  });

  it("know their own app id and no other, and never switch authentication off", async () => {
    const credentials = build();
    expect(await credentials.isValidAppId("app")).toBe(true);
    expect(await credentials.isValidAppId("")).toBe(false);
    expect(await credentials.isAuthenticationDisabled()).toBe(false);
  });
});
