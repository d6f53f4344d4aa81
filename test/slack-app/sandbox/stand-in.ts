import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { SandboxDeps } from "../../../core/ports/sandbox.ts";
import { createSlackSandbox } from "../../../slack-app/sandbox/slack-sandbox.ts";
import { HandClock, listen, memoryJournal } from "../rig.ts";

/** An answer of the Web API, with its status and headers. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly ok: boolean;
    readonly error?: string;
  };
}

/** One call that came to the hub's events address. */
export interface Heard {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: string;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly event?: Readonly<Record<string, unknown>> & { readonly type: string };
  };
}

/** What the hub answers at its events address; 0 never answers. */
export type Reply = (heard: Heard) => { readonly status: number; readonly text?: string };

async function openHub() {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  let reply: Reply = () => ({ status: 200 });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString("utf8");
    const isForm = request.headers["content-type"] === "application/x-www-form-urlencoded";
    const json = isForm ? (new URLSearchParams(raw).get("payload") ?? "") : raw;
    const one = { headers: request.headers, raw, body: JSON.parse(json) as Heard["body"] };
    heard.push(one);
    const { status, text = "" } = reply(one);
    if (status > 0) response.writeHead(status).end(text);
    for (const tell of [...waiting]) tell();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    answerWith: (next: Reply) => {
      reply = next;
    },
    /** Resolves when so many calls have come. */
    until: async (count: number) => {
      while (heard.length < count) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
      }
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The local Slack on a real server, beside a hub that only listens. */
export async function openStandIn(more: Partial<SandboxDeps> = {}) {
  const [place, hub] = [await listen(), await openHub()];
  const clock = new HandClock();
  const journal = memoryJournal();
  const start = () =>
    createSlackSandbox({
      ownUrl: `${place.url}/sandbox/slack`,
      hubUrl: hub.url,
      secret: "a secret of this test",
      journal,
      now: clock.now,
      ...more,
    });
  const slack = start();
  place.mounts.push(...slack.mounts);
  const { settings } = slack;

  const call = async (
    method: string,
    given: Readonly<Record<string, unknown>> = {},
    token: string | undefined = slack.installation.botToken,
  ): Promise<Answered> => {
    const answer = await fetch(`${settings.apiUrl}${method}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(given),
    });
    const body = (await answer.json()) as Answered["body"];
    return { status: answer.status, headers: answer.headers, body };
  };

  /** Open the consent page as a browser does; answers where it leads, or the page. */
  const visit = async (query: Readonly<Record<string, string>> = {}) => {
    const url = new URL(settings.authorizeUrl);
    const asked = {
      client_id: settings.clientId,
      scope: "chat:write,channels:read",
      redirect_uri: `${hub.url}/slack/oauth_redirect`,
      state: "our-state",
      ...query,
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    const answer = await fetch(url, { redirect: "manual" });
    const location = answer.headers.get("location");
    return { answer, page: await answer.text(), query: queryOf(location) };
  };

  const trade = (given: Readonly<Record<string, unknown>>) =>
    call(
      "oauth.v2.access",
      { client_id: settings.clientId, client_secret: settings.clientSecret, ...given },
      "",
    );

  /** Install the app and answer what the exchange gave. */
  const install = async (wish: Readonly<Record<string, unknown>> = {}, query = {}) => {
    slack.life?.consent({ outcome: "accept", ...wish });
    const { code } = (await visit(query)).query;
    const { body } = await trade({ code, redirect_uri: `${hub.url}/slack/oauth_redirect` });
    return body as Answered["body"] & {
      readonly access_token: string;
      readonly refresh_token: string;
    };
  };

  const channelId = (name: string) =>
    slack.life
      ?.workspaces()
      .flatMap(({ channels }) => channels)
      .find((one) => one.name === name)?.id ?? `no channel ${name} ${randomUUID()}`;

  return {
    slack,
    life: slack.life as NonNullable<typeof slack.life>,
    settings,
    hub,
    clock,
    journal,
    start,
    call,
    visit,
    trade,
    install,
    channelId,
    close: async () => {
      await slack.close?.();
      await place.close();
      await hub.close();
    },
  };
}

export type StandIn = Awaited<ReturnType<typeof openStandIn>>;

const queryOf = (location: string | null): Readonly<Record<string, string>> =>
  location === null ? {} : Object.fromEntries(new URL(location).searchParams);
