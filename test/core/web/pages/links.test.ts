import { describe, expect, it } from "vitest";
import { readLink } from "../../../../core/web/pages/links.ts";

describe("readLink", () => {
  it("takes whole web addresses and names their host", () => {
    expect(readLink("https://git.example:8443/a?b")).toEqual({
      href: "https://git.example:8443/a?b",
      place: "git.example:8443",
    });
  });

  it("takes a path on this hub", () => {
    expect(readLink("/deploys/812")).toEqual({ href: "/deploys/812", place: "this hub" });
  });

  it.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "//evil.example/x",
    "/\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "deploys/812",
    "",
  ])("refuses %j", (link) => {
    expect(readLink(link)).toBeUndefined();
  });
});
