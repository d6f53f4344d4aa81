import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAddressGuard, guardCode } from "../../../core/destinations/address-guard.ts";

const guard = createAddressGuard([]);

describe("an address that a person typed", () => {
  it.each([
    "https://ci.example/hooks",
    "https://ci.example:443/hooks",
    "https://8.8.8.8/",
    "https://172.15.255.255/",
    "https://172.32.0.1/",
    "https://100.63.255.255/",
    "https://[2606:4700:4700::1111]/",
    "https://[::ffff:8.8.8.8]/",
    "https://bücher.example/",
  ])("may be %s", (address) => {
    expect(guard.check(address)).toBeUndefined();
  });

  it.each([
    ["", "url_malformed"],
    ["ci.example/hooks", "url_malformed"],
    ["https://", "url_malformed"],
    ["https://1.2.3.4.5/", "url_malformed"],
    ["http://ci.example/", "url_not_https"],
    ["ftp://ci.example/", "url_not_https"],
    ["file:///etc/passwd", "url_not_https"],
    ["javascript:alert(1)", "url_not_https"],
    ["https://ci.example:8443/", "url_port"],
    ["https://ci.example:80/", "url_port"],
    ["https://127.0.0.1/", "address_loopback"],
    ["https://127.1/", "address_loopback"],
    ["https://2130706433/", "address_loopback"],
    ["https://0x7f000001/", "address_loopback"],
    ["https://0177.0.0.1/", "address_loopback"],
    ["https://0/", "address_loopback"],
    ["https://user:secret@127.0.0.1/", "address_loopback"],
    ["https://１２７.0.0.1/", "address_loopback"],
    ["https://10.1.2.3/", "address_private"],
    ["https://172.16.0.1/", "address_private"],
    ["https://172.31.255.255/", "address_private"],
    ["https://192.168.1.1/", "address_private"],
    ["https://100.64.0.1/", "address_private"],
    ["https://198.18.0.1/", "address_private"],
    ["https://224.0.0.1/", "address_private"],
    ["https://255.255.255.255/", "address_private"],
    ["https://[::]/", "address_loopback"],
    ["https://[::1]/", "address_loopback"],
    ["https://[::127.0.0.1]/", "address_loopback"],
    ["https://[::ffff:127.0.0.1]/", "address_loopback"],
    ["https://[::ffff:7f00:1]/", "address_loopback"],
    ["https://[::ffff:10.0.0.1]/", "address_private"],
    ["https://[64:ff9b::7f00:1]/", "address_private"],
    ["https://[64:ff9b:1::1]/", "address_private"],
    ["https://[2002:7f00:1::]/", "address_private"],
    ["https://[2001:0:4136:e378::1]/", "address_private"],
    ["https://[fd12:3456::1]/", "address_private"],
    ["https://[fec0::1]/", "address_private"],
    ["https://[ff02::1]/", "address_private"],
    ["https://169.254.169.254/latest/meta-data/", "address_link_local"],
    ["https://2852039166/", "address_link_local"],
    ["https://[::ffff:169.254.169.254]/", "address_link_local"],
    ["https://[::ffff:a9fe:a9fe]/", "address_link_local"],
    ["https://[fe80::1]/", "address_link_local"],
    ["https://[febf::1]/", "address_link_local"],
    ["https://[fd00:ec2::254]/", "address_link_local"],
    ["https://100.100.100.200/", "address_link_local"],
    ["https://168.63.129.16/", "address_link_local"],
    ["https://[64:ff9b::a9fe:a9fe]/", "address_link_local"],
    ["https://[::ffff:0:a9fe:a9fe]/", "address_link_local"],
    ["https://[::6464:64c8]/", "address_link_local"],
  ])("may not be %j: %s", (address, refusal) => {
    expect(guard.check(address)?.code).toBe(refusal);
  });
});

describe("what the operator listed", () => {
  const listing = createAddressGuard([
    "http://ci.internal:8080",
    "https://10.0.0.7",
    "http://169.254.169.254",
    "https://[64:ff9b::a9fe:a9fe]",
  ]);

  it.each([
    ["http://ci.internal:8080/hooks", undefined],
    ["http://CI.internal:8080/", undefined],
    ["https://10.0.0.7/", undefined],
    ["https://ci.example/", undefined],
    ["http://ci.internal/", "url_not_https"],
    ["https://ci.internal:8080/", "url_port"],
    ["http://other.internal:8080/", "url_not_https"],
    ["https://10.0.0.8/", "address_private"],
    ["http://10.0.0.7/", "url_not_https"],
    ["http://169.254.169.254/", "address_link_local"],
    ["https://[64:ff9b::a9fe:a9fe]/", "address_link_local"],
  ])("is taken by scheme, host and port: %s is %s", (address, refusal) => {
    expect(listing.check(address)?.code).toBe(refusal);
  });
});

describe("a connection", () => {
  const calls: string[] = [];
  const server = createServer((incoming, answer) => {
    calls.push(String(incoming.url));
    answer.end("here");
  });
  let port = 0;
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const refused = expect.objectContaining({ code: guardCode });

  it("is refused by what the name resolves to at that moment", async () => {
    const { agent } = createAddressGuard([]);
    await expect(request("https://localhost/", { dispatcher: agent })).rejects.toEqual(refused);
    await agent.close();
  });

  it("is refused to a private name on another port than the listed one", async () => {
    const { agent } = createAddressGuard([`http://localhost:${port}`]);
    await expect(request("https://localhost/", { dispatcher: agent })).rejects.toEqual(refused);
    await agent.close();
  });

  it("is refused to whatever the check would refuse, though nobody asked it before", async () => {
    const { agent } = createAddressGuard([]);
    for (const address of [`http://127.0.0.1:${port}/`, "https://127.0.0.1/", "https://[::1]/"]) {
      await expect(request(address, { dispatcher: agent })).rejects.toEqual(refused);
    }
    await agent.close();
    expect(calls).toEqual([]);
  });

  it("is made to a listed host, by name and by address", async () => {
    for (const host of ["127.0.0.1", "localhost"]) {
      const { agent } = createAddressGuard([`http://${host}:${port}`]);
      const answer = await request(`http://${host}:${port}/hooks`, { dispatcher: agent });
      expect(await answer.body.text()).toBe("here");
      await agent.close();
    }
    expect(calls).toEqual(["/hooks", "/hooks"]);
  });
});
