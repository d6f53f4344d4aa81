import { WebSocket } from "undici";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderMessage } from "../../../slack-app/render/message.ts";
import { waiting } from "../rig.ts";
import { openStandIn, type StandIn } from "./stand-in.ts";

interface Said {
  readonly type: string;
  readonly envelope_id?: string;
  readonly reason?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** A client of Socket Mode that keeps what it hears, and acknowledges when told to. */
class Client {
  readonly heard: Said[] = [];
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  isClosed = false;
  answer: ((said: Said) => object | undefined) | undefined = () => ({});

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.addEventListener("message", ({ data }) => {
      const said = JSON.parse(String(data)) as Said;
      this.heard.push(said);
      const payload = said.envelope_id === undefined ? undefined : this.answer?.(said);
      if (payload) this.#socket.send(JSON.stringify({ envelope_id: said.envelope_id, payload }));
      this.#tell();
    });
    this.#socket.addEventListener("close", () => {
      this.isClosed = true;
      this.#tell();
    });
    this.#socket.addEventListener("error", () => this.#tell());
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere())
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
  }

  greeted(): Promise<void> {
    return this.until(() => this.heard.some(({ type }) => type === "hello"));
  }

  close(): void {
    this.#socket.close();
  }

  #tell(): void {
    for (const tell of [...this.#waiting]) tell();
    this.#waiting.clear();
  }
}

describe("Socket Mode of the local Slack", () => {
  let at: StandIn;
  let clients: Client[];
  let appToken: string;

  beforeEach(async () => {
    at = await openStandIn({ retryMs: [] });
    clients = [];
    appToken = at.slack.appToken;
  });
  afterEach(async () => {
    for (const client of clients) client.close();
    await at.close();
  });

  const open = (token = appToken) => at.call("apps.connections.open", {}, token);
  const connect = async () => {
    const { body } = await open();
    const client = new Client(String(body["url"]));
    clients.push(client);
    await client.greeted();
    return client;
  };

  it.each([
    ["no token", () => "", "not_authed"],
    ["a bot's token", () => at.slack.installation.botToken, "not_allowed_token_type"],
    ["a foreign token", () => "xapp-1-other", "invalid_auth"],
  ])("refuses %s", async (_name, token, error) => {
    expect((await open(token())).body.error).toBe(error);
  });

  it("greets, and says how many connections there are", async () => {
    const [first, second] = [await connect(), await connect()];
    expect(first.heard[0]).toMatchObject({ type: "hello", num_connections: 1 });
    expect(second.heard[0]).toMatchObject({ num_connections: 2 });
    expect(at.life.sockets("count")).toBe(2);
  });

  it("lets an address be used once", async () => {
    const { body } = await open();
    const first = new Client(String(body["url"]));
    clients.push(first);
    await first.greeted();
    const second = new Client(String(body["url"]));
    clients.push(second);
    await second.until(() => second.isClosed);
    expect(second.heard).toEqual([]);
  });

  it("brings an event in an envelope, and takes its acknowledgement", async () => {
    const client = await connect();
    const done = await at.life.changeChannel({ do: "archive", channel: "#ops" });
    expect(done).toMatchObject({ told: [{ event: "channel_archive", status: 200 }] });
    expect(client.heard[1]).toMatchObject({
      type: "events_api",
      accepts_response_payload: false,
      retry_attempt: 0,
      payload: { type: "event_callback", event: { type: "channel_archive" } },
    });
    expect(at.hub.heard).toEqual([]);
  });

  it("brings a click, and shows a warning sign where nobody acknowledges", async () => {
    const client = await connect();
    const { body } = await at.call("chat.postMessage", {
      channel: at.channelId("#releases"),
      ...renderMessage(waiting),
    });
    const message = `slack:${body["channel"]}:${body["ts"]}`;
    client.answer = undefined;
    const sight = await at.slack.click({ message, person: "Ann", action: "approve" });
    expect(client.heard[1]).toMatchObject({
      type: "interactive",
      accepts_response_payload: true,
      payload: { type: "block_actions" },
    });
    expect(sight).toMatchObject({ shown: "none", http: { status: 0 } });
  });

  it("gives each payload to one connection, and all of them their share", async () => {
    const [first, second] = [await connect(), await connect()];
    for (const what of ["archive", "unarchive", "archive", "unarchive"] as const)
      await at.life.changeChannel({ do: what, channel: "#ops" });
    const events = ({ heard }: Client) => heard.filter(({ type }) => type === "events_api").length;
    expect([events(first), events(second)]).toEqual([2, 2]);
  });

  it("allows ten connections", async () => {
    for (let number = 0; number < 10; number += 1) await connect();
    expect((await open()).body.error).toBe("too_many_websockets");
  });

  it("asks clients to move, and breaks connections without a word", async () => {
    const client = await connect();
    expect(at.life.sockets("refresh")).toBe(1);
    await client.until(() => client.isClosed);
    expect(client.heard.at(-1)).toMatchObject({ type: "disconnect", reason: "refresh_requested" });
    const other = await connect();
    expect(at.life.sockets("drop")).toBe(1);
    await other.until(() => other.isClosed);
    expect(other.heard).toHaveLength(1);
  });

  it("keeps to sockets while none is open: nothing goes over HTTP", async () => {
    const client = await connect();
    client.close();
    await client.until(() => client.isClosed);
    const done = await at.life.changeChannel({ do: "archive", channel: "#ops" });
    expect(done).toMatchObject({ told: [{ status: 0 }] });
    expect(at.hub.heard).toEqual([]);
  });
});
