import { describe, expect, it } from "vitest";
import type { HeldDelivery, PendingDelivery } from "../../../core/domain/delivery.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { createLog } from "../../../core/log.ts";
import { createMetrics } from "../../../core/metrics.ts";
import type { Inbox } from "../../../core/ports/inbox.ts";
import type { LogEntry } from "../../../core/ports/log.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";

const approval = deriveId("approval", 1);
const event = deriveId("event", 1);

const received = (over: object): LogEntry => ({
  kind: "event.received",
  event,
  producer: "ci",
  type: "deploy.requested",
  known: true,
  duplicate: false,
  rules: ["Production deploys"],
  destinations: 2,
  durationMs: 3,
  ...over,
});

const attempted = (over: object): LogEntry => ({
  kind: "delivery.attempted",
  delivery: deriveId("delivery", 1),
  event,
  approval,
  platform: "slack",
  task: "edit",
  label: "#releases",
  attempt: 1,
  outcome: "sent",
  durationMs: 40,
  ...over,
});

const closed: LogEntry = {
  kind: "approval.closed",
  approval,
  event,
  state: "approved",
  revision: 2,
  sentence: "approved by Ann in Slack",
};

function started() {
  let now = 0;
  const metrics = createMetrics(() => now);
  const log = createLog({ format: "json", level: "info", write: () => {} });
  const stop = metrics.follow(log);
  return {
    metrics,
    write: log.write,
    stop,
    pass: (ms: number) => {
      now += ms;
    },
    /** The lines of one figure, without its name. */
    figure: async (name: string) => {
      const { text } = await metrics.scrape();
      const lines = text.split("\n").filter((line) => line.startsWith(`countersign_${name}`));
      return lines.map((line) => line.slice(`countersign_${name}`.length));
    },
  };
}

describe("metrics from the log", () => {
  it("count events by type, and take a type that nobody knows as unknown", async () => {
    const { write, figure } = started();
    write(received({}));
    write(received({}));
    write(received({ type: "x.8f3a2c", known: false, rules: [] }));
    write(received({ duplicate: true }));
    const lines = await figure("events_received_total");
    expect(lines.toSorted()).toEqual([
      '{type="deploy.requested",known="true",unrouted="false",duplicate="false"} 2',
      '{type="deploy.requested",known="true",unrouted="false",duplicate="true"} 1',
      '{type="unknown",known="false",unrouted="true",duplicate="false"} 1',
    ]);
  });

  it("count tries to deliver by platform, task and outcome", async () => {
    const { write, figure } = started();
    write(attempted({ outcome: "retry" }));
    write(attempted({ platform: "callback", task: "callback" }));
    expect((await figure("delivery_attempts_total")).toSorted()).toEqual([
      '{platform="callback",task="callback",outcome="sent"} 1',
      '{platform="slack",task="edit",outcome="retry"} 1',
    ]);
  });

  it("tell how long a decision took to every copy and to the producer", async () => {
    const { write, figure, pass } = started();
    write(closed);
    pass(200);
    write(attempted({}));
    pass(1_800);
    write(attempted({ platform: "callback", task: "callback" }));
    write(attempted({ platform: "teams", outcome: "retry" }));
    write(attempted({ platform: "teams", task: "post" }));
    expect(await figure("change_told_seconds_sum")).toEqual([
      '{platform="slack",task="edit"} 0.2',
      '{platform="callback",task="callback"} 2',
    ]);
  });

  it("count refusals, sign-ins and troubles, and no ids, names or texts", async () => {
    const { metrics, write, figure } = started();
    const account = "slack T1 U0CANARY";
    write({ kind: "click.refused", surface: "slack", because: "outsider", who: "Dov", account });
    write({ kind: "request.refused", door: "/canary", status: 421, because: "canary" });
    write({ kind: "sign_in", person: "Canary", how: "link" });
    write({ kind: "hub.trouble", where: "GET /canary", error: "canary" });
    expect(await figure("click_refusals_total")).toEqual([
      '{platform="slack",because="outsider"} 1',
    ]);
    expect(await figure("request_refusals_total")).toEqual(['{status="421"} 1']);
    expect(await figure("sign_ins_total")).toEqual([" 1"]);
    expect(await figure("troubles_total")).toEqual([" 1"]);
    write(attempted({ label: "#canary" }));
    write(closed);
    expect((await metrics.scrape()).text).not.toMatch(/canary|apr_|evt_|dlv_|Dov/i);
  });

  it("count nothing more once stopped", async () => {
    const { write, figure, stop } = started();
    stop();
    write(received({}));
    expect(await figure("events_received_total")).toEqual([]);
  });

  it("hold the process's own figures", async () => {
    const { metrics } = started();
    const { text, contentType } = await metrics.scrape();
    expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });
});

describe("metrics of what is called", () => {
  it("time a click to its answer", async () => {
    const { metrics, pass, figure } = started();
    const inbox = metrics.timeInbox({
      click: async () => {
        pass(30);
        return { kind: "refused", repeated: false, refusal: "outsider", text: "" };
      },
      current: async () => undefined,
      greet: () => Promise.reject(new Error("nobody visits")),
      pick: () => Promise.reject(new Error("nobody visits")),
      choose: () => Promise.reject(new Error("nobody visits")),
    } satisfies Inbox);
    await inbox.click({
      platform: "teams",
      workspace: "w",
      user: "u",
      outsider: true,
      action: "approve",
      value: "",
      copy: { channel: "c", message: "m" },
      click: "1",
    });
    expect(await figure("click_seconds_sum")).toEqual(['{platform="teams",answer="refused"} 0.03']);
  });

  it("time the writes of a store, and tell those that failed", async () => {
    const { metrics, figure } = started();
    const store = metrics.timeStore(openSqliteStore({ path: ":memory:", clock: handClock() }));
    const group = { id: deriveId("group", 1), organization, revision: 1, name: "g", members: [] };
    expect(await store.groups.insert(group)).toBe("inserted");
    expect(await store.groups.replace({ ...group, revision: 2 }, 1)).toBe("saved");
    await store.groups.remove(group.id);
    await store.close();
    await expect(store.groups.insert(group)).rejects.toMatchObject({ code: "store_closed" });
    expect(await figure("store_write_seconds_count")).toEqual([
      '{step="insert",result="stored"} 1',
      '{step="replace",result="stored"} 1',
      '{step="remove",result="stored"} 1',
      '{step="insert",result="failed"} 1',
    ]);
  });
});

describe("metrics read from the store", () => {
  const clock = handClock();
  const delivery = (id: number, over: Partial<PendingDelivery>): PendingDelivery => ({
    id: deriveId("delivery", id),
    organization,
    revision: 1,
    lane: "lane:a",
    task: { kind: "callback" },
    priority: 0,
    event,
    label: "ci.example",
    platform: "callback",
    attempts: 0,
    createdAt: clock.now(),
    state: "pending",
    dueAt: clock.now(),
    ...over,
  });

  const heldOf = ({ dueAt, ...record }: PendingDelivery): HeldDelivery => ({
    ...record,
    state: "held",
    awaits: { kind: "workspace", workspace: "T1" },
    cause: "token_revoked",
    heldAt: dueAt,
  });

  it("count what waits, and say how long the oldest is due", async () => {
    const { metrics, figure, pass } = started();
    const store = openSqliteStore({ path: ":memory:", clock });
    metrics.watch({ store, organization, clock });
    const later = new Date(clock.now().getTime() + 600_000);
    await store.deliveries.insert(delivery(1, { dueAt: later }));
    await store.deliveries.insert(delivery(2, { platform: "slack" }));
    await store.deliveries.insert(heldOf(delivery(3, {})));
    await store.deliveries.insert(delivery(4, { platform: "webhook" }));
    clock.pass(60_000);
    expect(await figure("deliveries")).toEqual([
      '{state="pending"} 3',
      '{state="sending"} 0',
      '{state="held"} 1',
      '{state="dead"} 0',
    ]);
    expect(await figure("oldest_due_seconds")).toEqual([
      '{platform="slack"} 60',
      '{platform="teams"} 0',
      '{platform="webhook"} 60',
      '{platform="slack-webhook"} 0',
      '{platform="teams-workflow"} 0',
      '{platform="callback"} 0',
    ]);
    expect(await figure("oldest_callback_seconds")).toEqual(['{platform="callback"} 60']);
    await store.deliveries.remove(deriveId("delivery", 2));
    expect(await figure("deliveries")).toContain('{state="pending"} 3');
    pass(5_000);
    expect(await figure("deliveries")).toContain('{state="pending"} 2');
    await store.close();
  });

  it("go on telling of the process while the store is away, and of the store again afterwards", async () => {
    const { metrics, write, figure, pass } = started();
    const store = openSqliteStore({ path: ":memory:", clock });
    metrics.watch({ store, organization, clock });
    const { scan } = store.approvals;
    store.approvals.scan = () => Promise.reject(new Error("away"));
    write({ kind: "hub.trouble", where: "store", error: "away" });
    expect(await figure("troubles_total")).toEqual([" 1"]);
    expect(await figure("deliveries")).toEqual([]);
    store.approvals.scan = scan;
    pass(5_000);
    expect(await figure("deliveries")).toContain('{state="pending"} 0');
    await store.close();
  });

  it("stop counting where more is enough", async () => {
    const { metrics, figure } = started();
    const store = openSqliteStore({ path: ":memory:", clock });
    metrics.watch({ store, organization, clock });
    const many = Array.from({ length: 5_200 }, (_, id) =>
      store.deliveries.insert(delivery(id, {})),
    );
    await Promise.all(many);
    expect(await figure("deliveries")).toContain('{state="pending"} 5000');
    await store.close();
  });
});
