import { describe, expect, it } from "vitest";
import { hostRule } from "../../../core/web/host-guard.ts";

describe("the rule of who reaches the hub by which name", () => {
  it.each([
    ["https://hub.example.com", "hub.example.com"],
    ["https://hub.example.com", "Hub.Example.COM"],
    ["https://hub.example.com", "hub.example.com:443"],
    ["https://hub.example.com", "hub.example.com."],
    ["https://hub.example.com", "hub.example.com.:443"],
    ["http://hub.example.com", "hub.example.com:80"],
    ["https://hub.example.com:8443", "hub.example.com.:8443"],
    ["https://[2001:db8::1]", "[2001:db8::1]:443"],
    ["https://hub.example.com", "127.0.0.1:3000"],
  ])("takes what stands for %s: %s", (publicUrl, host) => {
    expect(hostRule(publicUrl)({ host })).toBeUndefined();
  });

  it.each([
    ["https://hub.example.com", "hub.example.com:80"],
    ["https://hub.example.com", "hub.example.com:8443"],
    ["https://hub.example.com", "hub.example.com.."],
    ["https://hub.example.com", "other.hub.example.com"],
    ["https://hub.example.com", "hub.example.com@other.example"],
    ["https://hub.example.com", ""],
    ["https://hub.example.com", undefined],
    ["http://hub.example.com", "hub.example.com:443"],
    [undefined, "hub.example.com"],
    [undefined, ""],
  ])("refuses, with PUBLIC_URL %s: %s", (publicUrl, host) => {
    expect(hostRule(publicUrl)({ ...(host !== undefined && { host }) })).toContain("the host name");
  });
});
