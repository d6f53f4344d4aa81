import { describe, expect, it } from "vitest";
import { forgeryOf } from "../../../slack-app/inbound/verify.ts";
import { sign } from "../rig.ts";

const now = new Date("2026-11-20T14:00:00Z");
const body = "payload=%7B%7D";
const secondsAway = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const judge = (headers: Readonly<Record<string, string>>) =>
  forgeryOf({ headers, body }, "secret", now);

describe("forgeryOf", () => {
  it.each([-300, 0, 300])("G1: takes a signature made %i s away", (seconds) => {
    expect(judge(sign("secret", body, secondsAway(seconds)))).toBeUndefined();
  });

  it.each([
    [-301, "too_old"],
    [301, "from_the_future"],
  ])("G1: refuses a signature made %i s away as %s", (seconds, because) => {
    expect(judge(sign("secret", body, secondsAway(seconds)))).toBe(because);
  });

  it("takes Slack's own example", () => {
    // docs.slack.dev/authentication/verifying-requests-from-slack
    const example =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V" +
      "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=" +
      "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN" +
      "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const headers = {
      "x-slack-request-timestamp": "1531420618",
      "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    };
    const then = new Date(1_531_420_618_000);
    const secret = "8f742231b10e8888abcd99yyyzzz85a5";
    expect(forgeryOf({ headers, body: example }, secret, then)).toBeUndefined();
    expect(forgeryOf({ headers, body: `${example}x` }, secret, then)).toBe("signature_wrong");
  });

  it("refuses a signature under another secret, another version or another timestamp", () => {
    const headers = sign("secret", body, now);
    expect(judge(sign("other", body, now))).toBe("signature_wrong");
    const v1 = headers["x-slack-signature"]?.replace("v0=", "v1=") ?? "";
    expect(judge({ ...headers, "x-slack-signature": v1 })).toBe("signature_wrong");
    const moved = String(now.getTime() / 1_000 + 1);
    expect(judge({ ...headers, "x-slack-request-timestamp": moved })).toBe("signature_wrong");
  });

  it.each(["", "soon", "1e9", "-5", "17637225820001"])(
    "does not read %j as a time",
    (timestamp) => {
      const headers = { ...sign("secret", body, now), "x-slack-request-timestamp": timestamp };
      expect(judge(headers)).toBe("timestamp_unreadable");
    },
  );
});
