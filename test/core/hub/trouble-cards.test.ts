import { describe, expect, it } from "vitest";
import type { Event } from "../../../core/domain/event.ts";
import { builtinTypes } from "../../../core/event-types/builtin-types.ts";
import { destinationBroken } from "../../../core/hub/destination-broken.ts";
import { readContent } from "../../../core/messages/event-content.ts";
import { slackChannel, start, teamsChannel } from "../domain/samples.ts";

const factsFor = (data: Event["data"]) => {
  const type = builtinTypes.get("destination.broken");
  const event = { type: "destination.broken", subject: "releases", data } as Event;
  const { facts } = readContent(event, type).content;
  return Object.fromEntries(facts.map(({ label, value }) => [label, value]));
};

describe("the card of a destination that broke", () => {
  it.each([
    ["Slack", slackChannel, "is_archived", "was archived. (is_archived)", "restores it in Slack"],
    ["Teams", teamsChannel, "ConversationNotFound", "(ConversationNotFound)", "another channel"],
  ] as const)("A18: of %s says the cause and what to do", (_, channel, code, cause, next) => {
    const broken = { ...channel, broken: { code, at: start } };
    const { data } = destinationBroken(broken, undefined) ?? {};
    const facts = factsFor(data as Event["data"]);
    expect(facts["Cause"]).toContain(cause);
    expect(facts["What to do"]).toContain(next);
  });

  it("A18: of an older hub says the code alone", () => {
    const facts = factsFor({ platform: "slack", channel: "releases", code: "is_archived" });
    expect(facts["Cause"]).toBe("is_archived");
    expect(facts["What to do"]).toBeUndefined();
  });
});
