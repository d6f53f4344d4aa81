import { afterAll, beforeAll, describe, it } from "vitest";
import { closedCopy, openRequest } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";
import { median, percentile, report } from "./figures.ts";

/**
 * Cards stand in one channel of each platform, where Slack takes one a second: so many seconds it takes. A workspace takes
 * fifty edits a minute, and no platform's limit shall be in the way here.
 */
const clicks = Number(process.env["CLICKS"] ?? 24);

describe("P17", () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await RunningHub.start();
  });
  afterAll(() => hub.stop());

  it("a click, to the producer's callback and to the last edited copy", async () => {
    const took = { vote: [] as number[], callback: [] as number[], copies: [] as number[] };
    for (let done = 0; done < clicks; done += 1) {
      const request = await openRequest(hub);
      const { approval, copies } = request;
      const message = copies[platforms[done % 2] ?? "slack"].id;
      const begun = performance.now();
      const since = () => performance.now() - begun;
      await Promise.all([
        hub.sandbox
          .click({ message, person: "Ann", action: "approve" })
          .then(() => took.vote.push(since())),
        hub.sandbox.callback(approval).then(() => took.callback.push(since())),
        Promise.all(platforms.map((one) => closedCopy(hub, request, one))).then(() =>
          took.copies.push(since()),
        ),
      ]);
    }
    const spread = (all: readonly number[]) =>
      `median ${Math.round(median(all))}, longest ${Math.round(Math.max(...all))}; baseline: median of the click's answer`;
    const figure = { unit: "ms", baseline: median(took.vote) };
    report({
      id: "P17.callback",
      what: `click to callback received, 99th percentile of ${clicks}; ${spread(took.callback)}`,
      ...figure,
      value: percentile(took.callback, 0.99),
      gate: 300,
      stretch: 100,
    });
    report({
      id: "P17.copies",
      what: `click to every copy edited, 99th percentile of ${clicks}; ${spread(took.copies)}`,
      ...figure,
      value: percentile(took.copies, 0.99),
      gate: 1_000,
      stretch: 300,
    });
  });
});
