import { describe, expect, it } from "vitest";
import type { OpenApproval } from "../../../core/domain/approval.ts";
import type { Event } from "../../../core/domain/event.ts";
import { languages, type Message } from "../../../core/domain/message.ts";
import { builtinTypes } from "../../../core/event-types/builtin-types.ts";
import { recordOf } from "../../../core/event-types/find-type.ts";
import { approvalCard } from "../../../core/messages/approval-card.ts";
import { eventCard } from "../../../core/messages/event-card.ts";
import { eventContent } from "../../../core/messages/event-content.ts";
import { recordLink } from "../../../core/messages/record-link.ts";
import { renderMessage } from "../../../slack-app/render/message.ts";
import { renderCard } from "../../../teams-app/render/message.ts";
import { type Reading, readSlack, readTeams } from "../../fixtures/rig/read-chat.ts";
import { approval, event, organization } from "../domain/samples.ts";
import { everyState } from "./every-state.ts";

const links = { hubUrl: "https://hub.example" };
const records = { address: "https://records.example" };
const types = [...builtinTypes.values()].map((type) => [type.name, type] as const);
type Type = (typeof types)[number][1];

const sampleOf = ({ name, level, sample: { subject, link, data } }: Type): Event => {
  const { subject: _, ...rest } = event;
  const named = { ...(subject === undefined ? {} : { subject }), ...(link ? { link } : {}) };
  return { ...rest, ...named, type: name, level, data };
};

function requestOf(type: Type): OpenApproval {
  const sent = sampleOf(type);
  const {
    link,
    buttons,
    colour: _,
    ...content
  } = eventContent(sent, recordOf(organization, type, 0));
  const url = recordLink(sent.link ?? link?.path, records);
  return {
    ...approval,
    ...content,
    ...(url === undefined ? {} : { link: url }),
    actions: approval.actions.map((action) => ({
      ...action,
      label: buttons?.[action.choice] ?? action.label,
    })),
  };
}

/** Both chats' readings of one message; they must be the same, so one is enough to look at. */
function readBoth(message: Message): Reading {
  const { blocks } = renderMessage(message);
  const card = renderCard(message);
  const reading = readSlack(blocks);
  expect(readTeams(card)).toEqual(reading);
  return reading;
}

/** What is drawn, and by which parts: a change of either fails. */
function shapeOf(message: Message): string {
  const { blocks } = renderMessage(message);
  const body = renderCard(message)["body"] as readonly { readonly type: string; style?: string }[];
  const style = body.find(({ type }) => type === "Container")?.style;
  return `${blocks.map(({ type }) => type).join(" ")} | ${body.map(({ type }) => type).join(" ")} ${style}`;
}

const said = ({ title, status, body, full, facts, terms, buttons }: Reading): readonly string[] =>
  [title, status, body, full, ...facts.map((fact) => `  ${fact}`), terms, buttons.join(" ")].filter(
    (line) => line !== "",
  );

const informationOf = (type: Type, language?: "de") =>
  eventCard(sampleOf(type), recordOf(organization, type, 0), { name: "ci", records }, links, {
    style: language ? { language } : {},
  });

describe("the messages of the catalogue", () => {
  it("B2, C1: has every type of it", () => {
    expect(types).toHaveLength(48);
  });

  it.each(types)("B2, C1: %s reads the same in both chats, as it is kept", (_, type) => {
    const message = informationOf(type);
    const lines = [shapeOf(message), ...said(readBoth(message))];
    expect(`\n${lines.join("\n")}\n`).toMatchSnapshot();
  });

  it.each(types)("C1: a request of %s reads the same in both chats, in every state", (_, type) => {
    for (const language of languages) {
      for (const [state, request] of Object.entries(everyState(requestOf(type)))) {
        const slack = approvalCard(request, "slack", links, { language });
        expect(approvalCard(request, "teams", links, { language }).facts).toEqual(slack.facts);
        expect(readBoth(slack).status, state).not.toBe("");
      }
    }
  });

  const asked = types.filter(
    ([
      ,
      {
        approval: { kind },
      },
    ]) => kind === "opens" || kind === "may",
  );
  it.each(asked)("B2, C1: a request of %s is kept in every state", (_, type) => {
    const states = everyState(requestOf(type));
    const open = said(readBoth(approvalCard(requestOf(type), "slack", links)));
    const kept = Object.entries(states).map(([state, request]) => {
      const message = approvalCard(request, "slack", links);
      const lines = said(readBoth(message));
      const news = state === "open" ? lines : lines.filter((line) => !open.includes(line));
      return [`${state}: ${shapeOf(message)}`, ...news, message.plainText].join("\n");
    });
    expect(`\n${kept.join("\n\n")}\n`).toMatchSnapshot();
  });

  it("C10: says a request in German, in every state", () => {
    const type = builtinTypes.get("RequestCreated") as Type;
    const kept = Object.entries(everyState(requestOf(type))).map(([state, request]) => {
      const message = approvalCard(request, "teams", links, { language: "de" });
      return [`${state}:`, ...said(readBoth(message)), message.plainText].join("\n");
    });
    expect(`\n${kept.join("\n\n")}\n`).toMatchSnapshot();
  });
});
