import { describe, expect, it } from "vitest";
import { redact, redactedText } from "../../../core/domain/redact.ts";

describe("redactedText", () => {
  it.each([
    ["an API key", "sent cs_0123456789abcdef to it", "sent [hidden] to it"],
    ["a signing secret", "whsec_AAECAwQFBgc=", "[hidden]"],
    ["a Slack token", '{"token":"xoxb-1-2-abcdef"}', '{"token":"[hidden]"}'],
    ["a signed token", "eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl", "[hidden]"],
    ["a bearer header", "Authorization: Bearer abc.def-ghi~jkl", "Authorization: Bearer [hidden]"],
    [
      "a form of a login",
      "grant=x&client_secret=a%7Eb&scope=y",
      "grant=x&client_secret=[hidden]&scope=y",
    ],
    ["a form that begins with it", "client_secret=a~b&scope=y", "client_secret=[hidden]&scope=y"],
    ["a quoted form", '{"body":"client_secret=a~b"}', '{"body":"client_secret=[hidden]"}'],
    [
      "an address that lets in",
      "https://x.example/h?sig=abc&v=1",
      "https://x.example/h?sig=[hidden]&v=1",
    ],
    ["credentials in an address", "mongodb://root:pw@db/x", "mongodb://[hidden]@db/x"],
    ["a password with an @ in it", "https://ci:p@ss@x.example/h", "https://[hidden]@x.example/h"],
    ["a password with a # in it", "mongodb://hub:p#ss@db/x", "mongodb://[hidden]@db/x"],
    ["a password with a ? and an @", "mongodb://hub:p?s@s@db/x", "mongodb://[hidden]@db/x"],
    [
      "the link of a chat account",
      "POST /link/0123456789abcdef0123456789abcdef: down",
      "POST /link/[hidden]: down",
    ],
    ["a sign-in link", "http://h/start/0123456789abcdefXYZ", "http://h/start/[hidden]"],
  ])("hides %s", (_, text, clean) => {
    expect(redactedText(text, 1_000)).toBe(clean);
  });

  it("leaves the words of people as they are", () => {
    for (const text of [
      "Deploy web 1.4.2",
      "sort by key=name",
      "tokens: 3",
      "the secret is out",
      "https://x.example?to=a@b.example",
      "http://localhost:3000?to=a@b.example",
    ])
      expect(redactedText(text, 1_000)).toBe(text);
  });

  it("cuts what is long, and says how long it was", () => {
    expect(redactedText("x".repeat(20), 10)).toBe(`${"x".repeat(10)}… (20 characters in all)`);
  });
});

describe("redact", () => {
  it("hides fields by their name at any depth, and keeps dates", () => {
    const at = new Date(0);
    const clean = redact({ at, list: [{ botToken: "plain", name: "n" }], client_secret: "plain" });
    expect(clean).toEqual({
      at,
      list: [{ botToken: "[hidden]", name: "n" }],
      client_secret: "[hidden]",
    });
  });
});
