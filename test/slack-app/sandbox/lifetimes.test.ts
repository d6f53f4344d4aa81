import { beforeEach, describe, expect, it } from "vitest";
import { Dialogs } from "../../../slack-app/sandbox/dialogs.ts";
import { Signal } from "../../../slack-app/sandbox/signal.ts";
import { Whispers } from "../../../slack-app/sandbox/whispers.ts";
import { describeWorkspace } from "../../../slack-app/sandbox/workspace.ts";

const origin = { channel: "C1", ts: "1.2", person: "U1" };
const minutes = (count: number) => count * 60_000;

describe("what lives shortly at Slack", () => {
  let at: number;
  const now = () => new Date(at);

  beforeEach(() => {
    at = 1_763_722_582_000;
  });

  describe("a response_url", () => {
    let whispers: Whispers;
    beforeEach(() => {
      whispers = new Whispers(new Signal(), now);
      whispers.issue("token", origin);
    });

    it("works five times", () => {
      const uses = Array.from({ length: 6 }, () => whispers.use("token"));
      expect(uses.slice(0, 5)).toEqual(Array(5).fill(origin));
      expect(uses[5]).toBe("used_url");
    });

    it("works for half an hour", () => {
      at += minutes(30) - 1;
      expect(whispers.use("token")).toEqual(origin);
      at += 1;
      expect(whispers.use("token")).toBe("expired_url");
    });

    it("works for the click that it was made for alone", () => {
      expect(whispers.use("other")).toBe("invalid_url");
      whispers.hear({ channel: "C1", person: "U1", text: "mine", token: "token" });
      expect(whispers.after(0, origin, "another click")).toBeUndefined();
      expect(whispers.after(0, origin, "token")).toBe("mine");
      expect(whispers.after(1, origin, "token")).toBeUndefined();
    });
  });

  describe("a trigger_id", () => {
    let dialogs: Dialogs;
    const view = {
      type: "modal",
      title: { type: "plain_text", text: "Why?" },
      blocks: [{ type: "divider" }],
    };
    beforeEach(() => {
      dialogs = new Dialogs(new Signal(), now, describeWorkspace("secret", "http://sandbox").seal);
    });

    it("opens one dialog", () => {
      const trigger = dialogs.arm(origin);
      expect(dialogs.open(trigger, view)).toMatchObject({ person: "U1", origin });
      expect(dialogs.open(trigger, view)).toMatchObject({ error: "exchanged_trigger_id" });
    });

    it("works for three seconds", () => {
      const [young, old] = [dialogs.arm(origin), dialogs.arm(origin)];
      at += 2_999;
      expect(dialogs.open(young, view)).not.toHaveProperty("error");
      at += 1;
      expect(dialogs.open(old, view)).toMatchObject({ error: "expired_trigger_id" });
    });

    it("is not used up by a view that Slack refuses", () => {
      const trigger = dialogs.arm(origin);
      const title = { type: "plain_text", text: "x".repeat(25) };
      expect(dialogs.open(trigger, { ...view, title })).toEqual({
        error: "invalid_arguments",
        details: ["[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"],
      });
      expect(dialogs.open(trigger, view)).not.toHaveProperty("error");
    });

    it("leads to a dialog that changes only under its latest hash", () => {
      const opened = dialogs.open(dialogs.arm(origin), view);
      if ("error" in opened) throw new Error(opened.error);
      expect(dialogs.replace(opened.id, view, "stale")).toMatchObject({ error: "hash_conflict" });
      expect(dialogs.replace(opened.id, view, opened.hash)).not.toHaveProperty("error");
      expect(dialogs.replace(opened.id, view, opened.hash)).toMatchObject({
        error: "hash_conflict",
      });
      dialogs.close(opened.id);
      expect(dialogs.replace(opened.id, view)).toMatchObject({ error: "not_found" });
    });

    it("refuses a view over 250 KB as too large", () => {
      const blocks = Array.from({ length: 100 }, () => ({
        type: "section",
        text: { type: "mrkdwn", text: "x".repeat(2_900) },
      }));
      const answer = dialogs.open(dialogs.arm(origin), { ...view, blocks });
      expect(answer).toMatchObject({ error: "view_too_large" });
    });
  });
});
