import { describe, expect, it } from "vitest";
import { editOrRemedy, postOrShorten } from "../../../core/deliveries/remedies.ts";
import type { Destination } from "../../../core/domain/destination.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Message } from "../../../core/domain/message.ts";
import type { MessageRef } from "../../../core/domain/message-ref.ts";
import type { SendReport, SendResult } from "../../../core/domain/send-result.ts";
import type { DestinationAdapter, Posting } from "../../../core/ports/chat-platform.ts";
import { event } from "../domain/samples.ts";

const ref: MessageRef = { platform: "slack", workspace: "T1", channel: "C1", message: "1.1" };
const place: Destination = {
  id: deriveId("destination", "releases"),
  organization: deriveId("organization", "acme"),
  revision: 1,
  kind: "slack",
  name: "#releases",
  slackTeamId: "T1",
  channelId: "C1",
};
const message: Message = {
  state: "waiting",
  title: "Deploy web",
  status: [{ kind: "text", text: "● Waiting for approval" }],
  body: "A long text.",
  facts: [{ label: "Service", value: "web" }],
  terms: [{ kind: "text", text: "0 of 1" }],
  actions: [
    {
      kind: "decide",
      id: "approve",
      choice: "approve",
      label: "Approve",
      description: "",
      value: "",
    },
    { kind: "open", label: "Open", url: "https://hub.example" },
  ],
  plainText: "Deploy web",
};

const posting: Posting = {
  delivery: deriveId("delivery", "one"),
  event,
  producerName: "ci",
  follows: false,
  test: false,
};
const sent: SendResult = { kind: "sent", ref };
const refused = (remedy?: "shorten" | "repost"): SendResult => ({
  kind: "rejected",
  because: "no",
  ...(remedy ? { remedy } : {}),
});

/** An adapter that answers in the order of a script, and keeps what it was asked. */
function scripted(...results: readonly SendResult[]) {
  const asked: string[] = [];
  const seen: Message[] = [];
  const answer = async (call: string, shown: Message): Promise<SendReport> => {
    asked.push(call);
    seen.push(shown);
    const result = results[asked.length - 1] ?? sent;
    return { result, request: call, response: result.kind };
  };
  const adapter: DestinationAdapter = {
    kind: "slack",
    paces: [],
    budgets: [],
    post: (_place, shown) => answer("post", shown),
    edit: (_ref, shown) => answer("edit", shown),
    note: async () => ({ result: sent, request: null, response: null }),
  };
  return { adapter, asked, seen };
}

describe("postOrShorten", () => {
  it("posts once where the platform takes the message", async () => {
    const { adapter, asked } = scripted(sent);
    expect((await postOrShorten(adapter, place, message, posting)).result).toEqual(sent);
    expect(asked).toEqual(["post"]);
  });

  it("posts the short card where the form was refused, and shows both calls", async () => {
    const { adapter, asked, seen } = scripted(refused("shorten"), sent);
    const report = await postOrShorten(adapter, place, message, posting);
    expect(asked).toEqual(["post", "post"]);
    expect(report).toMatchObject({ result: sent, request: ["post", "post"] });
    const [, short] = seen;
    expect(short).toMatchObject({ title: "Deploy web", facts: [], terms: message.terms });
    expect(short).not.toHaveProperty("body");
    expect(short?.actions.map(({ kind }) => kind)).toEqual(["open"]);
  });

  it("posts no second time where nothing of the message would help", async () => {
    const { adapter, asked } = scripted(refused());
    expect((await postOrShorten(adapter, place, message, posting)).result.kind).toBe("rejected");
    expect(asked).toEqual(["post"]);
  });
});

describe("editOrRemedy", () => {
  it("posts a closing note for a message that is gone, where it is told the place", async () => {
    const { adapter, asked } = scripted(refused("repost"), sent);
    expect((await editOrRemedy(adapter, ref, message, [place, posting])).result).toEqual(sent);
    expect(asked).toEqual(["edit", "post"]);
  });

  it("posts nothing for a message that is gone, where no place is told", async () => {
    const { adapter, asked } = scripted(refused("repost"));
    expect((await editOrRemedy(adapter, ref, message, undefined)).result.kind).toBe("rejected");
    expect(asked).toEqual(["edit"]);
  });

  it("edits to the short card where the form was refused", async () => {
    const { adapter, asked } = scripted(refused("shorten"), sent);
    expect((await editOrRemedy(adapter, ref, message, [place, posting])).result).toEqual(sent);
    expect(asked).toEqual(["edit", "edit"]);
  });
});
