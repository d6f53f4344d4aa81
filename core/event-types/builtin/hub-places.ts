import type { EventTypeDefinition } from "../../domain/event-type.ts";
import {
  count,
  listText,
  members,
  object,
  sampledAt,
  text,
  texts,
  time,
  timeText,
} from "../shapes.ts";

/** What a code means, with the code behind it; the code alone in an event of an older hub. */
const cause = (code: string) => ({
  label: "Cause",
  value: `{% if data.why %}{{ data.why }} ({{ ${code} }}){% else %}{{ ${code} }}{% endif %}`,
});
const next = { label: "What to do", value: "{{ data.next }}" };
const platform = { label: "Platform", value: "{{ data.platform | capitalize }}" };

/** What stops the hub from bringing messages and answers where they belong, as the hub raises it. */
export const hubPlaces: readonly EventTypeDefinition[] = [
  {
    name: "installation.revoked",
    version: 1,
    about: "The app was removed from a workspace, or its access there is dead",
    level: "critical",
    schema: members(
      { installation_id: text, platform: text, workspace: text },
      { cause: text, held_deliveries: count, why: text, next: text },
    ),
    sample: {
      ...{ time: sampledAt, subject: "Meridian" },
      data: {
        installation_id: "ins_01sample",
        platform: "slack",
        workspace: "Meridian",
        cause: "token_revoked",
        held_deliveries: 4,
        why: "Slack no longer accepts this installation: the app was removed, or its access was withdrawn.",
        next: "An admin of this hub presses Reconnect on the workspace's page; rules, channels and waiting messages stay.",
      },
    },
    texts: {
      title: "{{ data.workspace }} no longer lets Countersign in",
      facts: [
        { label: "Workspace", value: "{{ data.workspace }}" },
        platform,
        cause("data.cause"),
        { label: "Messages that wait", value: "{{ data.held_deliveries }}" },
        next,
      ],
      colour: "#CF222E",
    },
    approval: { kind: "no" },
  },
  {
    name: "installation.secret_expiring",
    version: 1,
    about: "A client secret of the operator's runs out soon, or has run out",
    level: "warning",
    schema: members(
      { title: text, platform: text, app_id: text, ends_on: text, days_left: count },
      { next: text },
    ),
    sample: {
      ...{ time: sampledAt, subject: "Teams bot" },
      data: {
        title: "The client secret of the Teams bot runs out in 30 days",
        platform: "teams",
        app_id: "11111111-1111-1111-1111-111111111111",
        ends_on: "2026-04-01",
        days_left: 30,
        next: "Make a new client secret in Azure and save it under Workspaces, Teams app.",
      },
    },
    texts: {
      title: "{{ data.title }}",
      facts: [
        platform,
        { label: "Last day", value: "{{ data.ends_on }}" },
        { label: "Days left", value: "{{ data.days_left }}" },
        { label: "App", value: "{{ data.app_id }}" },
        next,
      ],
      colour: "#BF8700",
    },
    approval: { kind: "no" },
  },
  {
    name: "installation.account_linked",
    version: 1,
    about: "A chat account was linked to a person, whose votes it gives from now on",
    level: "notice",
    schema: members(
      { title: text, person: text, platform: text, workspace: text, account: text },
      { confirmed_by: text, earlier_accounts: texts },
    ),
    sample: {
      ...{ time: sampledAt, subject: "slack T01SAMPLE U01SAMPLE" },
      data: {
        title: "Ann votes as Ann Arlen from now on",
        person: "per_01sample",
        platform: "slack",
        workspace: "T01SAMPLE",
        account: "U01SAMPLE",
        confirmed_by: "per_02sample",
        earlier_accounts: ["teams 11111111-1111-1111-1111-111111111111 ann"],
      },
    },
    texts: {
      title: "{{ data.title }}",
      facts: [
        platform,
        { label: "Workspace", value: "{{ data.workspace }}" },
        { label: "Account", value: "{{ data.account }}" },
        { label: "Person", value: "{{ data.person }}" },
        {
          label: "Confirmed by",
          value: "{% if data.confirmed_by %}{{ data.confirmed_by }}{% endif %}",
        },
        { label: "Earlier accounts", value: listText("data.earlier_accounts") },
      ],
    },
    approval: { kind: "no" },
  },
  {
    name: "destination.broken",
    version: 1,
    about: "Nothing arrives at a destination any more",
    level: "alert",
    schema: members(
      { destination_id: text, platform: text, channel: text, code: text },
      { fallback: text, since: time, why: text, next: text },
    ),
    sample: {
      ...{ time: sampledAt, subject: "#releases" },
      data: {
        destination_id: "dst_01sample",
        platform: "slack",
        channel: "releases",
        code: "is_archived",
        fallback: "#ops",
        since: "2026-03-02T08:59:00Z",
        why: "#releases was archived.",
        next: "Anyone who may restores it in Slack, or a router of this hub picks another channel.",
      },
    },
    texts: {
      title: "Nothing arrives in {{ data.channel }} any more",
      facts: [
        platform,
        { label: "Channel", value: "{{ data.channel }}" },
        cause("data.code"),
        { label: "Instead", value: "{{ data.fallback }}" },
        { label: "Since", value: timeText("data.since") },
        next,
      ],
      colour: "#CF222E",
    },
    approval: { kind: "no" },
  },
  {
    name: "destination.hello",
    version: 1,
    about: "Somebody tests a destination: it goes there, and nowhere else",
    level: "info",
    schema: members({ title: text, asked_by: text }, { sample: object }),
    sample: {
      ...{ time: sampledAt, subject: "#releases" },
      data: { title: "Countersign can post here", asked_by: "Ann" },
    },
    texts: {
      title: "{{ data.title }}",
      facts: [{ label: "Asked by", value: "{{ data.asked_by }}" }],
    },
    approval: { kind: "no" },
  },
  {
    name: "callback.failed",
    version: 1,
    about: "A producer was not told how its request ended",
    level: "alert",
    schema: members(
      { request_id: text, destination: text, cause: text, attempts: count },
      { decision_id: text, next_try_at: time, why: text, next: text },
    ),
    sample: {
      ...{ time: sampledAt, subject: "web/1.4.2" },
      data: {
        request_id: "apr_01sample",
        decision_id: "dec_01sample",
        destination: "ci.example",
        cause: "http_503",
        attempts: 1,
        next_try_at: "2026-03-02T09:00:05Z",
        why: "ci.example was reached and answered 503.",
        next: "Look at the receiver. The hub tries again for 24 hours, with growing pauses.",
      },
    },
    texts: {
      title: "{{ data.destination }} was not told of {{ subject }}",
      facts: [
        { label: "Receiver", value: "{{ data.destination }}" },
        cause("data.cause"),
        { label: "Tries", value: "{{ data.attempts }}" },
        { label: "Next try", value: timeText("data.next_try_at") },
        next,
      ],
      colour: "#CF222E",
    },
    approval: { kind: "no" },
  },
];
