import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DeliveredDelivery } from "../../../../core/domain/delivery.ts";
import { deriveId } from "../../../../core/domain/ids.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { accepted, delivery } from "../pages/page-fixtures.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

const count = 2_300;
const rare = [2_200, 1_100, 600, 3];

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

describe(`a list of the API over ${count} records`, () => {
  let api: ApiRig;
  let key: string;
  beforeAll(async () => {
    api = await startApi();
    key = await api.person("Ann", ["admin"], ["read", "admin"]);
    const at = (number: number) => new Date(api.clock.now().getTime() - (count - number) * 1_000);
    const deliveryOf = (number: number): DeliveredDelivery => {
      const { approval: _, ...rest } = delivery;
      const id = deriveId("delivery", number);
      const label = rare.includes(number) ? "#rare" : "#usual";
      return {
        ...{ ...rest, id, organization, createdAt: at(number), label },
        ...{ state: "delivered", durationMs: 1, settledAt: at(number) },
      };
    };
    const numbers = Array.from({ length: count }, (_, number) => number);
    await Promise.all([
      ...numbers.map((number) => api.store.deliveries.insert(deliveryOf(number))),
      ...numbers.map((number) => {
        const id = deriveId("event", number);
        const { approval: _, ...rest } = accepted;
        const event = { ...rest.event, id, organization, receivedAt: at(number) };
        return api.store.events.insert({ ...rest, id, organization, event });
      }),
    ]);
  });
  afterAll(() => api.close());

  /** Every page of a list, from the first to the last. */
  async function pagesOf(path: string): Promise<readonly Page[]> {
    const pages: Page[] = [];
    for (let after = ""; ; ) {
      const { body } = await api.call<Page>("GET", `${path}${after}`, { key });
      pages.push(body);
      if (body.next === null) return pages;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
  }

  it("H4: reads a bounded part for a filter that nothing meets, and says where to go on", async () => {
    for (const path of ["/v1/deliveries?label=%23nowhere", "/v1/events?subject=no.such"]) {
      const pages = await pagesOf(path);
      expect(pages.map(({ items }) => items.length)).toEqual([0, 0, 0]);
    }
  });

  it("H4: finds each of what little meets a filter once, page after page, in either order", async () => {
    const wanted = rare.map((number) => deriveId("delivery", number));
    const found = async (query: string) =>
      (await pagesOf(`/v1/deliveries?label=%23rare${query}`)).flatMap(({ items }) =>
        items.map(({ id }) => id),
      );
    expect(await found("&limit=2")).toEqual(wanted);
    expect(await found("&limit=1&order=asc")).toEqual(wanted.toReversed());
  });

  it("H4: gives full pages of what fits, and all of it", async () => {
    const pages = await pagesOf("/v1/deliveries?label=%23usual&limit=200");
    expect(pages.every(({ items }, place) => items.length === 200 || place >= 11)).toBe(true);
    expect(pages.flatMap(({ items }) => items)).toHaveLength(count - rare.length);
  });
});

describe("asking for all dead deliveries again", () => {
  let api: ApiRig;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  it("says that there are more, where one call does not put all of them back", async () => {
    const key = await api.person("Ann", ["admin"], ["read", "admin"]);
    const numbers = Array.from({ length: 1_001 }, (_, number) => number);
    const { approval: _, ...rest } = delivery;
    const dead = { state: "dead", cause: "gave up", settledAt: api.clock.now() } as const;
    const keep = (id: DeliveredDelivery["id"]) =>
      api.store.deliveries.insert({ ...rest, id, organization, ...dead });
    await Promise.all(numbers.map((number) => keep(deriveId("delivery", "dead", number))));
    const again = async (dryRun: boolean) => {
      const body = { dry_run: dryRun };
      const path = "/v1/deliveries/redeliver";
      const answer = await api.call<{ found: number; more: boolean }>("POST", path, { key, body });
      return [answer.body.found, answer.body.more];
    };
    expect(await again(true)).toEqual([1_000, true]);
    expect(await again(false)).toEqual([1_000, true]);
    expect(await again(false)).toEqual([1, false]);
  });
});
