import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { HubError } from "../../../core/domain/hub-error.ts";
import { listen } from "../../../core/web/listen.ts";

const servers: Server[] = [];
const server = () => {
  const made = createServer();
  servers.push(made);
  return made;
};

afterEach(() => {
  for (const one of servers.splice(0)) one.close();
});

async function takenPort(): Promise<number> {
  const other = server().listen(0, "127.0.0.1");
  await once(other, "listening");
  return (other.address() as AddressInfo).port;
}

const host = "127.0.0.1";

describe("listen", () => {
  it("takes the port that it is given", async () => {
    const { port, moved } = await listen(server(), { port: 0, chosen: true, host });
    expect(port).toBeGreaterThan(0);
    expect(moved).toBe(false);
  });

  it("lets as many connections wait as the system takes, not Node's 511", async () => {
    const asked: unknown[] = [];
    const made = server();
    const listening = made.listen.bind(made) as (options: object) => Server;
    made.listen = ((options: object) => {
      asked.push(options);
      return listening(options);
    }) as Server["listen"];
    await listen(made, { port: 0, chosen: true, host });
    expect(asked).toEqual([{ port: 0, host, backlog: 4_096 }]);
  });

  it("moves from a taken default port to a free one above it, and says so", async () => {
    const taken = await takenPort();
    const { port, moved } = await listen(server(), { port: taken, chosen: false, host });
    expect(port).toBeGreaterThan(taken);
    expect(moved).toBe(true);
  });

  it("never moves from a chosen port", async () => {
    const taken = await takenPort();
    const refused = listen(server(), { port: taken, chosen: true, host });
    await expect(refused).rejects.toBeInstanceOf(HubError);
    await expect(refused).rejects.toThrow(`Port ${taken} is taken on 127.0.0.1.`);
  });

  it("says that HOST is no address of this machine", async () => {
    const refused = listen(server(), { port: 0, chosen: true, host: "192.0.2.1" });
    await expect(refused).rejects.toThrow(
      "HOST is 192.0.2.1, which is no address of this machine.",
    );
  });
});
