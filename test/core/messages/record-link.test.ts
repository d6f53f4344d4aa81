import { describe, expect, it } from "vitest";
import { recordLink } from "../../../core/messages/record-link.ts";

const records = { address: "https://cmdb.example/app", hosts: ["Wiki.example:8443"] };

describe("the link to a record", () => {
  it.each<[string | undefined, string | undefined]>([
    ["/tickets/7?a=b#c", "https://cmdb.example/app/tickets/7?a=b#c"],
    ["tickets/7", "https://cmdb.example/app/tickets/7"],
    ["https://cmdb.example/other", "https://cmdb.example/other"],
    ["https://wiki.example:8443/x", "https://wiki.example:8443/x"],
    ["https://CMDB.example:443/x", "https://cmdb.example/x"],
    ["https://wiki.example/x", undefined],
    ["https://evil.example", undefined],
    ["https://cmdb.example.evil.example/", undefined],
    ["https://cmdb.example@evil.example/", undefined],
    ["https://evil@cmdb.example/", undefined],
    ["http://cmdb.example/x", undefined],
    ["javascript:alert(1)", undefined],
    ["//evil.example/x", "https://cmdb.example/app/evil.example/x"],
    ["\\\\evil.example\\x", "https://cmdb.example/app/evil.example/x"],
    ["/../../admin", undefined],
    ["/%2e%2e/admin", undefined],
    ["x".repeat(3_000), undefined],
    ["é".repeat(1_500), undefined],
    ["/a{b}#{{DATE}}", "https://cmdb.example/app/a%7Bb%7D#%7B%7BDATE%7D%7D"],
    [undefined, undefined],
  ])("C2: %s leads to %s", (link, url) => {
    expect(recordLink(link, records)).toBe(url);
  });

  it("C2: is none where the producer has no address and names no hosts", () => {
    expect(recordLink("/tickets/7", undefined)).toBeUndefined();
    expect(recordLink("https://cmdb.example/x", {})).toBeUndefined();
    expect(recordLink("/x", { address: "http://cmdb.example" })).toBeUndefined();
  });
});
