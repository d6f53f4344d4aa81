import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SlackAppSetup, Transport } from "../../../core/ports/app-setup.ts";
import { eventsPath } from "../../../slack-app/inbound/bolt.ts";
import { heardEvents, newsOf } from "../../../slack-app/inbound/events.ts";
import { homeVisitOf } from "../../../slack-app/inbound/home.ts";
import { createSlackAppSetup } from "../../../slack-app/install/app-setup.ts";
import type { SlackManifest } from "../../../slack-app/install/manifest.ts";
import { scopes } from "../../../slack-app/install/scopes.ts";
import { projectRoot } from "../../fixtures/runner/source-tree.ts";
import { manifestErrors } from "./manifest-errors.ts";

const source = readFileSync(join(projectRoot, "manifests/slack/manifest.json"), "utf8");
const places = { apiUrl: "https://slack.com/api/" };
const hubUrl = "https://countersign.acme.example";
const setupOf = (name?: string): SlackAppSetup =>
  createSlackAppSetup(source, { hubUrl, ...(name === undefined ? {} : { name }) }, places);
const manifestOf = (transport: Transport = "http", name?: string) =>
  JSON.parse(setupOf(name).manifest(transport)) as SlackManifest;
type Planted = SlackManifest & { readonly display_information: object };
const transports = ["http", "socket"] as const;

describe("the Slack manifest", () => {
  it.each(transports)("A3: keeps what Slack publishes about manifests, for %s", (transport) => {
    expect(manifestErrors(manifestOf(transport))).toEqual([]);
    expect(manifestErrors(manifestOf(transport, `${"Straße ".repeat(5)}🚦🚦🚦`))).toEqual([]);
  });

  it.each<[string, () => object, string]>([
    ["a name that is too long", () => ({ name: "x".repeat(36) }), "display_information/name"],
    ["no name", () => ({ name: undefined }), "display_information/name"],
    ["a colour that is none", () => ({ background_color: "navy" }), "background_color"],
    ["too short a description", () => ({ long_description: "short" }), "long_description"],
  ])("A3: would be seen with %s", (_what, change, place) => {
    const whole = manifestOf() as Planted;
    const planted = {
      ...whole,
      display_information: { ...whole.display_information, ...change() },
    };
    const errors = manifestErrors(JSON.parse(JSON.stringify(planted)));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(place);
  });

  it.each<[string, string, (part: object) => object]>([
    ["a field that Slack does not know", "settings", (part) => ({ ...part, pkce_enabled: true })],
    [
      "rotation in the wrong place",
      "oauth_config",
      (part) => ({ ...part, token_rotation_enabled: true }),
    ],
    [
      "an address that is not https",
      "oauth_config",
      (part) => ({ ...part, redirect_urls: ["http://x.example"] }),
    ],
    [
      "no switch for interactivity",
      "settings",
      (part) => ({ ...part, interactivity: { request_url: "https://x.example" } }),
    ],
  ])("A3: would be seen with %s", (_what, name, change) => {
    const whole = manifestOf() as unknown as Record<string, object>;
    const errors = manifestErrors({ ...whole, [name]: change(whole[name] ?? {}) });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`/${name}/`);
  });

  it("A3 G8: asks for the rights that the code names, and for no others", () => {
    const { bot, bot_optional } = manifestOf().oauth_config.scopes;
    expect([...bot].sort()).toEqual(scopes.map(({ scope }) => scope).sort());
    const optional = scopes.filter((one) => one.optional).map(({ scope }) => scope);
    expect(bot_optional).toEqual(optional);
    expect(setupOf().rights.every(({ why }) => why.length > 10)).toBe(true);
  });

  it("A3: subscribes to the events that the code acts on, and to no others", () => {
    const { bot_events } = manifestOf().settings.event_subscriptions;
    expect(bot_events).toEqual([...heardEvents].sort());
  });

  it.each(heardEvents)("A3: the code does act on %s", (type) => {
    const channel = /(created|rename)$/.test(type) ? { id: "C1", name: "ops" } : "C1";
    const event = {
      ...{ type, channel, user: "U0BOT", tokens: { bot: ["U0BOT"] }, team_ids: ["T1"] },
      ...{ old_channel_id: "C1", new_channel_id: "C2" },
    };
    const envelope = { type: "event_callback", event_id: "Ev1", event_time: 1, team_id: "T1" };
    const news = newsOf({ ...envelope, event }, "U0BOT");
    const visit = homeVisitOf({ ...envelope, event: { ...event, tab: "home" } });
    expect([...news, ...(visit ? [visit] : [])]).toHaveLength(1);
  });

  it("A3: names the paths at which the code answers, at this hub's address", () => {
    const { oauth_config, settings } = manifestOf();
    expect(oauth_config.redirect_urls).toEqual([`${hubUrl}/slack/oauth_redirect`]);
    expect(settings.event_subscriptions.request_url).toBe(hubUrl + eventsPath);
    expect(settings.interactivity.request_url).toBe(hubUrl + eventsPath);
    expect(JSON.stringify(manifestOf())).not.toContain("hub.example");
  });

  it("A4: for Socket Mode names no address that Slack would call", () => {
    const { oauth_config, settings } = manifestOf("socket");
    expect(settings).toMatchObject({
      socket_mode_enabled: true,
      interactivity: { is_enabled: true },
    });
    expect(JSON.stringify(settings)).not.toContain("request_url");
    expect(oauth_config.redirect_urls).toEqual([`${hubUrl}/slack/oauth_redirect`]);
  });

  it("A3: carries the instance's name, as far as Slack's limits let it", () => {
    const staging = manifestOf("http", "Staging 2");
    expect(staging.display_information.name).toBe("Countersign Staging 2");
    expect(staging.features.bot_user.display_name).toBe("countersign-staging-2");
    expect(manifestOf().display_information.name).toBe("Countersign");
    const long = manifestOf("http", "a".repeat(40)).display_information.name;
    expect([long.length, long.startsWith("Countersign aaa")]).toEqual([35, true]);
    expect(manifestOf("http", "日本").features.bot_user.display_name).toBe("countersign");
  });

  it("U25: opens Slack with the whole manifest in one click", () => {
    for (const transport of transports) {
      const link = new URL(setupOf("staging").createUrl(transport));
      expect(link.origin + link.pathname).toBe("https://api.slack.com/apps");
      expect(link.searchParams.get("new_app")).toBe("1");
      const carried: unknown = JSON.parse(link.searchParams.get("manifest_json") ?? "");
      expect(carried).toEqual(manifestOf(transport, "staging"));
    }
    const gov = createSlackAppSetup(source, { hubUrl }, { apiUrl: "https://slack-gov.com/api/" });
    expect(gov.createUrl("http")).toMatch(/^https:\/\/api\.slack-gov\.com\/apps\?/);
  });

  it("A3: says what changed after an upgrade, rights first", () => {
    const setup = setupOf();
    const before = JSON.parse(setup.manifest("http")) as SlackManifest;
    const bot = before.oauth_config.scopes.bot.filter((scope) => scope !== "channels:join");
    const older = {
      ...before,
      display_information: { ...before.display_information, name: "Old" },
      oauth_config: { ...before.oauth_config, scopes: { bot: [...bot].reverse() } },
    };
    expect(setup.differences(JSON.stringify(older), setup.manifest("http"))).toEqual([
      "new: oauth_config.scopes.bot channels:join",
      "new: oauth_config.scopes.bot_optional users:read.email",
      "changed: display_information.name from Old to Countersign",
    ]);
    expect(setup.differences(setup.manifest("http"), setup.manifest("http"))).toEqual([]);
  });
});
