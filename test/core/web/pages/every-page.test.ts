import { describe, expect, it } from "vitest";
import type { OpenApproval } from "../../../../core/domain/approval.ts";
import type { Attempt, Delivery } from "../../../../core/domain/delivery.ts";
import type { Destination } from "../../../../core/domain/destination.ts";
import { deriveId } from "../../../../core/domain/ids.ts";
import type { ApiKey, Producer } from "../../../../core/domain/producer.ts";
import type { Rule } from "../../../../core/domain/rule.ts";
import type { WorkspaceView } from "../../../../core/hub/workspaces.ts";
import { renderAccountPage } from "../../../../core/web/pages/account-page.tsx";
import { renderApprovalPage } from "../../../../core/web/pages/approval-page.tsx";
import { renderApprovalsPage } from "../../../../core/web/pages/approvals-page.tsx";
import { renderAuditPage } from "../../../../core/web/pages/audit-page.tsx";
import { renderChannelsPage } from "../../../../core/web/pages/channels-page.tsx";
import { renderDeliveriesPage } from "../../../../core/web/pages/deliveries-page.tsx";
import { renderDeliveryPage } from "../../../../core/web/pages/delivery-page.tsx";
import { renderDestinationPage } from "../../../../core/web/pages/destination-page.tsx";
import { renderDocsPage } from "../../../../core/web/pages/docs.tsx";
import { renderErrorPage } from "../../../../core/web/pages/error-page.tsx";
import { renderEventPage } from "../../../../core/web/pages/event-page.tsx";
import { renderEventsPage } from "../../../../core/web/pages/events-page.tsx";
import { renderGroupPage } from "../../../../core/web/pages/group-page.tsx";
import { renderLinkPage, type ShownAccount } from "../../../../core/web/pages/link-page.tsx";
import { renderOverviewPage } from "../../../../core/web/pages/overview-page.tsx";
import { renderPeoplePage } from "../../../../core/web/pages/people-page.tsx";
import { renderPersonPage } from "../../../../core/web/pages/person-page.tsx";
import { renderProducerPage, typedOf } from "../../../../core/web/pages/producer-page.tsx";
import { renderProducersPage } from "../../../../core/web/pages/producers-page.tsx";
import { renderRedeliverPage } from "../../../../core/web/pages/redeliver-page.tsx";
import { renderRoutingPage } from "../../../../core/web/pages/routing-page.tsx";
import { renderSettingsPage } from "../../../../core/web/pages/settings-page.tsx";
import { renderShownOncePage } from "../../../../core/web/pages/shown-once-page.tsx";
import { renderSignInPage } from "../../../../core/web/pages/sign-in-page.tsx";
import { renderSignInSettingsPage } from "../../../../core/web/pages/sign-in-settings-page.tsx";
import { renderSlackSetupPage } from "../../../../core/web/pages/slack-setup-page.tsx";
import { renderStartPage } from "../../../../core/web/pages/start-page.tsx";
import { renderTeamsSetupPage } from "../../../../core/web/pages/teams-setup-page.tsx";
import { renderWelcomePage } from "../../../../core/web/pages/welcome-page.tsx";
import { renderWorkspacePage } from "../../../../core/web/pages/workspace-page.tsx";
import { renderWorkspacesPage } from "../../../../core/web/pages/workspaces-page.tsx";
import { accepted, ann, approved, delivery, frame, now, open, rules } from "./page-fixtures.ts";

const hostile = `<script>alert(1)</script>"><img src=x onerror=alert(1)>' style='`;

const action = { id: hostile, choice: "reject", label: hostile } as const;
const request: OpenApproval = {
  ...open,
  title: hostile,
  body: hostile,
  facts: [{ label: hostile, value: hostile }],
  producerName: hostile,
  link: `javascript:${hostile}`,
  requester: { claim: hostile, name: hostile },
  actions: [{ id: "approve", choice: "approve", label: "Approve" } as const, action],
};
const event = {
  ...accepted,
  event: { ...accepted.event, subject: hostile, source: hostile, data: { [hostile]: hostile } },
};
const failed: Delivery = {
  ...delivery,
  state: "dead",
  cause: hostile,
  label: hostile,
  settledAt: now,
};
const evilFrame = {
  ...frame,
  viewer: { ...ann, name: hostile },
  instance: { name: hostile, sandbox: true },
};
const shared = { frame: evilFrame, copies: [failed], mayCancel: true, click: hostile };
const wholeEvent = {
  frame: evilFrame,
  accepted: event,
  producerName: hostile,
  deliveries: [failed],
  attempts: new Map([
    [
      failed.id,
      [
        {
          id: "att_1",
          organization: open.organization,
          revision: 1,
          delivery: failed.id,
          number: 1,
          outcome: "rejected",
          because: hostile,
          request: JSON.stringify({ text: hostile }),
          response: hostile,
          startedAt: open.openedAt,
          durationMs: 3,
        } as const,
      ],
    ],
  ]),
  destinationNames: new Map(),
};
const tried = (request: object): Attempt => ({
  ...{ id: deriveId("attempt", "1"), organization: open.organization, revision: 1 },
  ...{ delivery: failed.id, number: 1, outcome: "rejected", because: hostile },
  ...{ request: JSON.stringify(request), response: hostile, startedAt: now, durationMs: 3 },
});
const clause = { field: hostile, wanted: [hostile], found: hostile, holds: false };
const deliveryPage = {
  ...{ frame: evilFrame, delivery: failed, accepted: event, approval: request, others: [failed] },
  attempts: [tried({})],
  traced: {
    traces: [
      { position: 0, rule: { ...rules.rules[0], name: hostile } as Rule, clauses: [clause] },
    ].map((trace) => ({ ...trace, outcome: "left" }) as const),
    untold: 1,
  },
  mistakes: [{ pointer: hostile, message: hostile, todo: hostile, found_by: "limits" }] as const,
  may: { redeliver: true },
};
const adminFrame = {
  ...evilFrame,
  viewer: { ...evilFrame.viewer, roles: ["admin"] as const },
};
const producer: Producer = {
  ...{ id: deriveId("producer", "ci"), organization: open.organization, revision: 1 },
  ...{ name: hostile, callback: { origin: "https://ci.example", sealed: "s" } },
  ...{ callbackHosts: [hostile], callbackSecret: "s", mayNamePolicies: true },
  formerSecret: { sealed: "s", endsAt: new Date(now.getTime() + 1_000) },
};
const key: ApiKey = {
  ...{ id: "hash", key: deriveId("key", "one"), organization: open.organization, revision: 1 },
  ...{ name: hostile, owner: { kind: "producer", producer: producer.id }, scopes: ["read"] },
  expiresAt: now,
};
const error = { status: 404, title: hostile, detail: hostile, hint: hostile, requestId: hostile };
const rule = { ...rules.rules[0], name: hostile, types: [hostile], to: [hostile], continue: false };

const account: ShownAccount = {
  platform: "slack",
  name: hostile,
  email: hostile,
  user: hostile,
  workspace: hostile,
};
const group = {
  ...{ id: deriveId("group", "g"), organization: open.organization, revision: 1 },
  ...{ name: hostile, members: [ann.id] },
};
const linkPage = { frame: evilFrame, path: "/link/abc", account };

const view: WorkspaceView = {
  ...{ id: deriveId("installation", "acme"), platform: "slack", workspace: hostile, name: hostile },
  ...{ state: "connected", health: { kind: "degraded", because: hostile, since: now } },
  ...{ scopes: [hostile], missing: [{ scope: hostile, feature: hostile }], heldDeliveries: 2 },
  record: {
    ...{ id: deriveId("installation", "acme"), organization: open.organization, revision: 1 },
    ...{ platform: "slack", workspace: hostile, name: hostile, state: "connected" },
    ...{ scopes: [hostile], connectedAt: now, looked: { at: now, trouble: hostile } },
  },
};
const destination: Destination = {
  ...{ id: deriveId("destination", "one"), organization: open.organization, revision: 1 },
  ...{ kind: "slack", slackTeamId: hostile, channelId: hostile, name: hostile },
  ...{ channelName: hostile, broken: { code: hostile, at: now } },
};
const choice = {
  channel: {
    ...{ id: "c1", organization: open.organization, revision: 1, installation: view.id },
    ...{ workspace: hostile, channelId: hostile, name: hostile, visibility: "private" as const },
    ...{ outsiders: true, archived: false, member: false, seenAt: now },
  },
  ...{ blocked: hostile, invite: hostile, note: hostile },
};
const setup = {
  ...{ frame: { ...evilFrame, instance: { sandbox: false } }, hubUrl: hostile },
  ...({ address: "public", transport: "http", manifest: hostile, differences: [hostile] } as const),
  createUrl: `https://slack.invalid/?manifest_json=${encodeURIComponent(hostile)}`,
  app: { source: "console", clientId: hostile, transport: "http" } as const,
  rights: [{ scope: hostile, why: hostile, optional: true }],
};
const bot = {
  source: "console",
  appId: hostile,
  tenantId: hostile,
  tenants: [hostile, `${hostile}2`],
} as const;
const hour = { since: now, events: 1, deliveries: 1, arrived: 0, troubled: 1 };
const broken = { tone: "bad", title: hostile, cause: hostile, kept: hostile } as const;

const pages: Readonly<Record<string, string>> = {
  "the Overview": renderOverviewPage({
    ...{ frame: evilFrame, waiting: [request], moreWaiting: 1, workspaces: [view] },
    broken: [{ ...broken, next: { href: `/events/${hostile}`, label: hostile } }],
    latest: [{ accepted: event, deliveries: [failed] }],
    told: false,
    hour: { ...hour, minutes: [{ events: 1, failed: 1 }] },
    steps: [
      { title: hostile, href: "/", done: true, fact: hostile, at: now },
      { title: hostile, href: "/", done: false, hint: hostile },
    ],
  }),
  "the workspaces": renderWorkspacesPage({
    ...{ frame: evilFrame, workspaces: [view], slackApp: setup.app, teamsBot: bot },
  }),
  "the set-up of Teams": renderTeamsSetupPage({
    ...{ frame: setup.frame, hubUrl: hostile, address: "public", bot, endpoint: hostile },
    ...{
      redirectUrl: hostile,
      packageVersion: hostile,
      secretEnd: { endsOn: hostile, daysLeft: 3 },
    },
    connected: [{ ...view, platform: "teams" }],
    refusedCall: { at: now, because: hostile },
    flash: {
      kind: "invalid",
      typed: { appId: hostile, tenantId: hostile, endsOn: hostile },
      errors: [{ pointer: "/appId", message: hostile }],
    },
  }),
  "a tenant of Teams": renderWorkspacePage({
    ...{ frame: evilFrame, destinations: [], lastPosts: new Map(), rights: [] },
    view: {
      ...{ ...view, platform: "teams", state: "consented" },
      record: {
        ...view.record,
        ...{ platform: "teams", connectedAt: new Date(0), deliveredAt: now, heardAt: new Date(0) },
        places: [
          {
            id: hostile,
            name: hostile,
            serviceUrl: hostile,
            archived: false,
            gone: false,
            toldAt: 0,
          },
        ],
      },
    },
  }),
  "a workspace": renderWorkspacePage({
    ...{ frame: evilFrame, view, destinations: [destination], connectedBy: hostile },
    ...{ lastPosts: new Map(), rights: [], flash: "saved" },
  }),
  "a workspace that ended": renderWorkspacePage({
    ...{ frame: evilFrame, view: { ...view, state: "revoked" }, destinations: [] },
    ...{ lastPosts: new Map(), rights: [] },
  }),
  "the channel picker": renderChannelsPage({
    ...{ frame: evilFrame, view, asked: hostile, found: { items: [choice] } },
    ...{ moving: destination, connected: true, refused: hostile },
  }),
  "a search that found nothing": renderChannelsPage({
    ...{ frame: evilFrame, view, asked: hostile, connected: false },
    found: { items: [], because: hostile, invite: hostile },
  }),
  "a destination": renderDestinationPage({
    ...{ frame: evilFrame, view, destination, rules: { ...rules, rules: [rule] }, fresh: true },
    ...{ policies: [hostile], types: [hostile], lastPost: failed },
    hello: { event: hostile, delivery: failed },
    added: { kind: "added", rule: hostile, shadowedBy: hostile },
  }),
  "a destination whose new rule was refused": renderDestinationPage({
    ...{ frame: evilFrame, view, destination, rules, fresh: false, policies: [], types: [] },
    added: { kind: "refused", type: hostile, message: hostile },
  }),
  "setting up Slack": renderSlackSetupPage({
    ...setup,
    flash: {
      ...{ kind: "invalid", clientId: hostile },
      errors: [{ pointer: "/clientSecret", message: hostile }],
    },
  }),
  "setting up Slack, tried": renderSlackSetupPage({
    ...setup,
    flash: { kind: "tried", verdict: { kind: "wrong", code: hostile }, reached: hostile },
  }),
  "an open request": renderApprovalPage({ ...shared, approval: request }),
  "a request whose reason is asked": renderApprovalPage({
    ...shared,
    approval: request,
    choosing: { action: hostile, reason: hostile },
  }),
  "a decided request": renderApprovalPage({
    ...shared,
    approval: {
      ...approved,
      title: hostile,
      deciding: { ...approved.deciding, name: hostile, reason: hostile },
    },
  }),
  "the list of requests": renderApprovalsPage({
    ...{ frame: evilFrame, approvals: [request], yours: [request], older: hostile },
    ...{ newer: hostile, filter: { words: hostile }, producers: [[hostile, hostile]] },
  }),
  "the list of events": renderEventsPage({
    ...{ frame: evilFrame, filter: { type: hostile, subject: hostile } },
    ...{ types: [hostile], producers: [[hostile, hostile]], older: hostile, newer: hostile },
    events: [{ accepted: { ...event, known: false }, deliveries: [failed] }],
  }),
  "the list of deliveries": renderDeliveriesPage({
    ...{ frame: evilFrame, places: [hostile], types: [hostile], mayRedeliver: true },
    filter: { to: hostile, type: hostile, state: "dead" },
    page: { items: [{ delivery: failed, accepted: event }], older: hostile, newer: hostile },
  }),
  "a delivery to Slack": renderDeliveryPage({
    ...deliveryPage,
    attempt: tried({
      method: "chat.postMessage",
      arguments: {
        text: hostile,
        blocks: [
          { type: "header", text: { type: "plain_text", text: hostile } },
          { type: "section", fields: [{ type: "mrkdwn", text: `*b* <javascript:x|${hostile}>` }] },
          { type: hostile },
          {
            type: "actions",
            elements: [{ type: "button", style: hostile, text: { text: hostile } }],
          },
        ],
      },
    }),
  }),
  "a delivery to Teams": renderDeliveryPage({
    ...deliveryPage,
    delivery: { ...failed, platform: "teams" },
    attempt: tried({
      attachments: [
        {
          content: {
            body: [
              { type: "TextBlock", text: `[x](javascript:alert) **b** ${hostile}`, size: "Small" },
              { type: "Container", style: hostile, items: [{ type: hostile }] },
              { type: "FactSet", facts: [{ title: hostile, value: hostile }] },
              { type: "ActionSet", actions: [{ title: hostile, style: "positive" }] },
            ],
          },
        },
      ],
    }),
  }),
  "sending deliveries again": renderRedeliverPage({
    ...{ frame: evilFrame, filter: { to: hostile } },
    found: { deliveries: [{ delivery: failed, accepted: event }], isMore: true },
  }),
  "the producers and keys": renderProducersPage({
    ...{ frame: adminFrame, producers: [producer], isBuiltIn: () => false, keys: [key] },
    ...{ ownerOf: () => hostile, people: [{ ...ann, name: hostile }] },
    drafted: { typed: typedOf(producer), mistake: { field: "callback", message: hostile } },
    keyDrafted: {
      typed: { name: hostile, owner: hostile, scopes: [hostile], expires: hostile },
      mistake: { field: "name", message: hostile },
    },
  }),
  "a producer": renderProducerPage({
    ...{ frame: adminFrame, producer, keys: [key], hubUrl: hostile, flash: "stale" },
    usedBy: [{ kind: "key", name: hostile }],
  }),
  "a secret that is shown once": renderShownOncePage({
    frame: adminFrame,
    shown: [
      { title: hostile, secret: hostile, use: hostile, next: { href: "/x", label: hostile } },
    ],
  }),
  "an event": renderEventPage({
    ...{ ...wholeEvent, approval: request },
    traced: deliveryPage.traced,
  }),
  "the rules": renderRoutingPage({
    frame: evilFrame,
    rules: {
      ...rules,
      author: hostile,
      rules: [{ ...rule, pattern: { a: [{ prefix: hostile }] } }],
    },
    destinationKinds: new Map(),
    mayChange: true,
    unrouted: { count: 2, more: false },
    part: { from: 0, size: 100, search: "" },
  }),
  "the API reference": renderDocsPage({ frame: evilFrame }),
  "the sign-in page": renderSignInPage({
    frame: { ...evilFrame, viewer: undefined },
    trouble: { kind: "used" },
    typed: hostile,
  }),
  "the sign-in page with an issuer": renderSignInPage({
    frame: { ...evilFrame, viewer: undefined },
    singleSignOn: { host: hostile, reachable: true },
  }),
  "the sign-in page with an issuer that is down": renderSignInPage({
    frame: { ...evilFrame, viewer: undefined },
    singleSignOn: { host: hostile, reachable: false },
    typed: hostile,
  }),
  "the page that offers a password": renderWelcomePage({
    ...{ frame: evilFrame, name: hostile, mistake: { field: "name", message: hostile } },
  }),
  "one's own account": renderAccountPage({
    ...{ frame: evilFrame, name: hostile, asksCurrent: true, accounts: [], said: hostile },
    mistake: { field: "current", message: hostile },
  }),
  "the start page": renderStartPage({
    frame: { ...evilFrame, viewer: undefined },
    path: `/start/${hostile}`,
  }),
  ...Object.fromEntries(
    (["sign_in", "ask", "linked", "already", "taken", "used", "expired"] as const).map((kind) => [
      `a private link: ${kind}`,
      renderLinkPage({ ...linkPage, state: { kind } }),
    ]),
  ),
  "a private link that waits": renderLinkPage({
    ...linkPage,
    state: { kind: "waits", because: "email_differs" },
  }),
  "the people": renderPeoplePage({
    frame: evilFrame,
    people: [
      { person: { ...ann, name: hostile, email: hostile }, accounts: [] },
      {
        person: { ...ann, id: deriveId("person", "x"), suspended: { at: now, by: ann.id } },
        accounts: [
          {
            ...{ id: `slack T1 ${hostile}`, organization: open.organization, revision: 1 },
            ...{ person: ann.id, linkedAt: now, shownName: hostile },
          },
        ],
      },
    ],
    waiting: [{ id: "x", account, person: hostile, because: hostile, at: now }],
    note: { kind: "link", name: hostile, url: hostile },
    groups: [group],
    typed: { name: hostile, email: hostile, roles: [] },
  }),
  "a person": renderPersonPage({
    ...{ frame: evilFrame, accounts: [], groups: [group], hasPassword: true },
    person: { ...ann, name: hostile },
    note: { kind: "suspended", name: hostile, stranded: [request] },
    form: {
      ...{ name: hostile, email: hostile, roles: [], revision: 1 },
      mistake: { field: "email", message: hostile },
    },
  }),
  "a group": renderGroupPage({
    ...{
      frame: evilFrame,
      group,
      name: hostile,
      members: new Set(),
      mistake: hostile,
      saved: true,
    },
    ...{ people: [{ ...ann, name: hostile }], policies: [hostile] },
  }),
  "the audit log": renderAuditPage({
    ...{
      frame: evilFrame,
      older: `?who=${hostile}`,
      verified: { kind: "broken", at: 1, because: "altered" },
    },
    filter: { who: hostile, what: hostile, action: hostile, since: hostile },
    entries: [
      {
        ...{ number: 1, at: now.toISOString(), action: hostile, previous: "" },
        actor: { kind: "account", id: hostile, name: hostile, via: "slack", address: hostile },
        target: { kind: hostile, id: hostile, name: hostile },
        details: { [hostile]: { from: hostile, to: [hostile] } },
      },
    ],
  }),
  "the settings": renderSettingsPage({ frame: evilFrame }),
  "the settings of sign-in": renderSignInSettingsPage({
    frame: evilFrame,
    callbackUrl: hostile,
    singleSignOn: { host: hostile, reachable: false },
    said: { tone: "ok", text: hostile },
  }),
  "an error": renderErrorPage({ frame: evilFrame, ...error }),
  "an error for a stranger": renderErrorPage({
    frame: { ...evilFrame, viewer: undefined },
    ...error,
  }),
};

/** Everything between `<` and `>` outside attribute values; preact writes values in double quotes, `"` escaped. */
function tagsOf(html: string): readonly string[] {
  return html.match(/<[a-z!/](?:[^>"]|"[^"]*")*>/gi) ?? [];
}

describe.each(Object.entries(pages))("%s", (_, html) => {
  const tags = tagsOf(html);
  const bare = tags.map((tag) => tag.replaceAll(/"[^"]*"/g, '""'));

  it("shows hostile text as text", () => {
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img src=x");
    expect(bare.filter((tag) => /\son\w+=/i.test(tag))).toEqual([]);
    expect(tags.filter((tag) => /(href|src|action)="\s*javascript:/i.test(tag))).toEqual([]);
  });

  it("has no inline style and no inline script, as the policy demands", () => {
    expect(bare.filter((tag) => /\sstyle[=\s>]/i.test(tag) || /^<style/i.test(tag))).toEqual([]);
    expect(html.match(/<script(?:[^>"]|"[^"]*")*>(?!<\/script>)/g)).toBeNull();
  });

  it("loads nothing from outside", () => {
    const loaded = tags.filter((tag) => /^<(script|link|img)/.test(tag));
    expect(loaded.length).toBeGreaterThan(3);
    for (const tag of loaded) expect(tag).toMatch(/(src|href)="\/(?!\/)/);
  });

  it("carries the session's token in each form that changes something", () => {
    const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? [];
    // What a form asks for by GET is shown, and changes nothing.
    for (const form of forms.filter((one) => !/^<form[^>]* method="get"/.test(one))) {
      expect(form).toContain('method="post"');
      expect(form).toContain('<input type="hidden" name="_csrf" value="csrf-of-ann"');
    }
  });

  it("has one main heading, a title, a language and a way past the navigation", () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toMatch(/<title>[^<]+ · Countersign/);
    expect(html).toContain('href="#content"');
    expect(html).toContain('id="content"');
  });
});

describe("a page for somebody who is signed in", () => {
  it("lets them sign out and shows where they are", () => {
    const html = renderApprovalsPage({ frame, approvals: [open] });
    expect(html).toContain('action="/auth/logout"');
    expect(html).toMatch(/href="\/approvals" aria-current="page"/);
  });

  it("marks the sandbox, and only the sandbox", () => {
    const live = { ...frame, instance: { sandbox: false } };
    expect(renderApprovalsPage({ frame, approvals: [] })).toContain("badge-sandbox");
    expect(renderApprovalsPage({ frame: live, approvals: [] })).not.toMatch(/sandbox/i);
  });
});
