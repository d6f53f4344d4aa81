import { describe, expect, it } from "vitest";
import {
  type MrkdwnPiece,
  parseMrkdwn,
  type Reader,
} from "../../../../../core/web/client/sandbox/mrkdwn.ts";

const reader: Reader = {
  timeZone: "Europe/Paris",
  now: new Date("2026-11-20T14:00:00Z"),
  nameOf: (id) => ({ U1: "Ann", C1: "#releases" })[id],
};
const read = (source: string) => parseMrkdwn(source, reader);
const text = (words: string): MrkdwnPiece => ({ kind: "text", text: words });
const unix = (time: string) => Date.parse(time) / 1_000;

describe("parseMrkdwn", () => {
  it("reads bold, italic and strike, also inside each other", () => {
    expect(read("a *b* _c_ ~d~")).toEqual([
      text("a "),
      { kind: "bold", inside: [text("b")] },
      text(" "),
      { kind: "italic", inside: [text("c")] },
      text(" "),
      { kind: "strike", inside: [text("d")] },
    ]);
    expect(read("*a _b_*")).toEqual([
      { kind: "bold", inside: [text("a "), { kind: "italic", inside: [text("b")] }] },
    ]);
  });

  it.each(["snake_case_name", "2*3*4", "a * b * c", "*open", "**", "~ a ~", "*two\nlines*"])(
    "formats nothing in %j",
    (source) => {
      const kinds = read(source).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind !== "text" && kind !== "break")).toEqual([]);
    },
  );

  it("leaves signs alone that word joiners guard", () => {
    const guarded = (sign: string) => `\u2060${sign}\u2060`;
    for (const sign of ["*", "_", "~", "`"]) {
      const source = `${guarded(sign)}no${guarded(sign)}`;
      expect(read(source)).toEqual([text(source)]);
      expect(read(`*${source}*`)).toEqual([{ kind: "bold", inside: [text(source)] }]);
    }
  });

  it("shows code as it was typed", () => {
    expect(read("run `a *b* &lt;c&gt;`")).toEqual([
      text("run "),
      { kind: "code", text: "a *b* <c>" },
    ]);
    expect(read("```\none\n*two*\n```")).toEqual([{ kind: "fence", text: "one\n*two*" }]);
  });

  it("reads links with and without a text", () => {
    expect(read("<https://a.example/x?y=1&amp;z=2|the page>")).toEqual([
      { kind: "link", url: "https://a.example/x?y=1&z=2", text: "the page" },
    ]);
    expect(read("<https://a.example>")).toEqual([
      { kind: "link", url: "https://a.example", text: "https://a.example" },
    ]);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://"])(
    "never links to %s",
    (url) => {
      expect(read(`<${url}|press me>`)).toEqual([text("press me")]);
    },
  );

  it("says a date in the reader's zone", () => {
    const at = unix("2026-11-20T13:02:00Z");
    expect(read(`<!date^${at}^{time}|13:02 UTC>`)).toEqual([text("14:02")]);
    expect(read(`<!date^${at}^{date_num} {time_secs}|x>`)).toEqual([text("2026-11-20 14:02:00")]);
    expect(read(`<!date^${at}^{date_short}|x>`)).toEqual([text("20 Nov 2026")]);
  });

  it("says today, tomorrow and yesterday by the reader's calendar", () => {
    const say = (time: string) => read(`<!date^${unix(time)}^{date_short_pretty} {time}|x>`);
    expect(say("2026-11-20T22:59:00Z")).toEqual([text("today 23:59")]);
    expect(say("2026-11-20T23:00:00Z")).toEqual([text("tomorrow 00:00")]);
    expect(say("2026-11-19T12:00:00Z")).toEqual([text("yesterday 13:00")]);
    expect(say("2026-11-23T12:00:00Z")).toEqual([text("23 Nov 2026 13:00")]);
  });

  it("shows the fallback where the date is none", () => {
    expect(read("<!date^soon^{time}|at noon>")).toEqual([text("at noon")]);
  });

  it("links a date that carries an address", () => {
    const at = unix("2026-11-20T13:02:00Z");
    expect(read(`<!date^${at}^{time}^https://a.example|x>`)).toEqual([
      { kind: "link", url: "https://a.example", text: "14:02" },
    ]);
  });

  it("names the people and channels that it knows", () => {
    const mention = (words: string) => [{ kind: "mention", text: words }];
    expect(read("<@U1>")).toEqual(mention("@Ann"));
    expect(read("<@U2>")).toEqual(mention("@U2"));
    expect(read("<#C1>")).toEqual(mention("#releases"));
    expect(read("<!channel>")).toEqual(mention("@channel"));
  });

  it("turns entities back once and no further", () => {
    expect(read("&lt;!channel&gt; &amp;amp;")).toEqual([text("<!channel> &amp;")]);
  });

  it("reads quoted lines together, and breaks between others", () => {
    expect(read("&gt; a\n&gt; b\nc\nd")).toEqual([
      { kind: "quote", inside: [text("a"), { kind: "break" }, text("b")] },
      text("c"),
      { kind: "break" },
      text("d"),
    ]);
  });

  it("reads a long hostile text in a moment", () => {
    const started = performance.now();
    for (const sign of ["*a ", "_", "<", "~x*", "`"]) read(sign.repeat(1_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
