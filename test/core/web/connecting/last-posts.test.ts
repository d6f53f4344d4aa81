import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliveredDelivery, Delivery } from "../../../../core/domain/delivery.ts";
import { deriveId } from "../../../../core/domain/ids.ts";
import { readLastArrived, readLastPosts } from "../../../../core/web/connecting/last-posts.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "../api/api-rig.ts";

const busy = deriveId("destination", "busy");
const quiet = deriveId("destination", "quiet");

describe("the last posts to each destination", () => {
  let api: ApiRig;
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(() => api.close());

  const post = (destination: typeof busy, name: string, ageMs: number) => {
    const at = new Date(api.clock.now().getTime() - ageMs);
    return {
      organization,
      revision: 1,
      event: deriveId("event", name),
      platform: "slack",
      id: deriveId("delivery", name),
      lane: `lane:slack:${destination}`,
      label: name,
      task: { kind: "post", destination },
      createdAt: at,
      attempts: 1,
      priority: 1,
    } as const;
  };
  const arrived = (destination: typeof busy, name: string, ageMs: number): DeliveredDelivery => {
    const made = post(destination, name, ageMs);
    return { ...made, state: "delivered", durationMs: 5, settledAt: made.createdAt };
  };

  it("name what has arrived, also behind a long queue", async () => {
    const queue = Array.from({ length: 600 }, (_, at): Delivery => {
      const made = post(busy, `queued ${at}`, at);
      return { ...made, state: "pending", dueAt: made.createdAt };
    });
    const old = [arrived(busy, "sent", 60_000), arrived(quiet, "quiet", 120_000)];
    for (const delivery of [...queue, ...old]) await api.store.deliveries.insert(delivery);
    const newest = await readLastPosts(api.hub);
    expect([newest.get(busy)?.state, newest.get(quiet)?.state]).toEqual(["pending", "delivered"]);
    const last = await readLastArrived(api.hub);
    expect([last.get(busy)?.label, last.get(quiet)?.label]).toEqual(["sent", "quiet"]);
  });
});
