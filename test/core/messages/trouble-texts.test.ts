import { describe, expect, it } from "vitest";
import type { InsteadOf } from "../../../core/domain/delivery.ts";
import { type Language, languages, type Message } from "../../../core/domain/message.ts";
import { callbackCodes, callbackTrouble } from "../../../core/messages/callback-troubles.ts";
import {
  archivedText,
  channelGoneText,
  channelTakenText,
  channelUnknownText,
  nameBadText,
  nameTakenText,
  noEventTypeText,
  notConnectedText,
  notInChannelText,
  outsidersRefusedText,
  outsidersText,
  unknownPlaceText,
} from "../../../core/messages/channel-texts.ts";
import {
  installCancelledText,
  installCodes,
  installRefusalText,
} from "../../../core/messages/install-texts.ts";
import { withInsteadNote } from "../../../core/messages/instead-note.ts";

const platforms = ["slack", "teams"] as const;
const nameOf = { slack: "Slack", teams: "Teams" } as const;

/** What is said of callbacks, one line a code. */
function callbackLines(language: Language): readonly string[] {
  const codes = [...callbackCodes(), "http_418", "http_503", "toString", "brand_new"];
  return codes.map((code) => {
    const { cause, next } = callbackTrouble(code, "ci.example", language);
    return `${code}: ${cause} ${next}`;
  });
}

/** What is said of installs, one line a refusal. */
function installLines(language: Language): readonly string[] {
  return platforms.flatMap((platform) => {
    const codes = [...installCodes(platform), "unreachable", "missing_scope", "AADSTS90002", "new"];
    const said = [
      ...(["state_unknown", "state_used", "state_expired", "state_foreign"] as const).map(
        (because) => installRefusalText({ because }, platform, language),
      ),
      ...["Acme", ""].map((workspace) =>
        installRefusalText({ because: "workspace_not_allowed", workspace }, platform, language),
      ),
      installRefusalText({ because: "workspace_taken" }, platform, language),
      ...codes.map((code) => installRefusalText({ because: "platform", code }, platform, language)),
      installCancelledText(platform, language),
    ];
    return said.map(({ title, detail, hint }) => `${title}: ${detail} ${hint}`);
  });
}

/** What is said of channels and names that cannot be chosen. */
const channelLines = (language: Language): readonly string[] => [
  ...platforms.flatMap((platform) => [
    notInChannelText(platform, "#ops", "/invite @app", language),
    channelGoneText(platform, "/invite @app", language),
    channelUnknownText(platform, "HTTP 503", language),
    notConnectedText(platform, "Acme", language),
    archivedText(platform, "#ops", language),
  ]),
  outsidersText(true, language),
  outsidersText(false, language),
  outsidersRefusedText("#ops", ["deploys"], language),
  outsidersRefusedText("#ops", ["deploys", "access"], language),
  channelTakenText("#ops", "Operations", language),
  nameTakenText("Operations", language),
  nameBadText(language),
  unknownPlaceText(language),
  noEventTypeText(language),
];

const groups = [
  ["callbacks", callbackLines],
  ["installs", installLines],
  ["channels and names", channelLines],
] as const;

describe.each(groups)("the sentences about %s", (_, linesOf) => {
  it.each(languages)("A14: are these, in %s", (language) => {
    const lines = linesOf(language);
    for (const line of lines) {
      expect(line).not.toMatch(/[{}]|undefined/);
      expect(line).toMatch(/[.!]$|:\s\S+$/);
    }
    expect(`\n${lines.join("\n")}\n`).toMatchSnapshot();
  });

  it("A14: are said anew in German, each", () => {
    const english = new Set(linesOf("en"));
    expect(linesOf("de").filter((line) => english.has(line))).toEqual([]);
  });
});

describe.each(platforms)("a card of %s that went to another place", (platform) => {
  const card: Message = {
    ...{ state: "information", title: "Build 1", status: [], facts: [], terms: [], actions: [] },
    plainText: "Build 1",
  };
  const noteOf = (because: string, language: Language) => {
    const insteadOf: InsteadOf = { label: "#ops", because, platform };
    return withInsteadNote({ ...card, language }, insteadOf).plainText;
  };

  it.each([
    ["en", "Build 1 — meant for #ops, which did not take it: "],
    ["de", "Build 1 — war für #ops bestimmt und wurde dort nicht angenommen: "],
  ] as const)("A14: says why in the language of its channel, %s", (language, start) => {
    const said = noteOf("is_archived: unarchive the channel", language);
    expect(said.startsWith(start)).toBe(true);
    expect(said).toMatch(
      language === "en" ? /archived \(is_archived\)$/ : /archiviert \(is_archived\)$/,
    );
    expect(noteOf("brand_new: words", language)).toBe(
      language === "en"
        ? `${start}${nameOf[platform]} did not take it and says: brand_new`
        : `${start}${nameOf[platform]} hat es nicht angenommen und sagt: brand_new`,
    );
  });
});
