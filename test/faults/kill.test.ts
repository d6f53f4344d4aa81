import { expect, it, type TestContext } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { closedCopy, deployEvent, openRequest, shownTexts } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

onEveryEngine("kill -9", (engine) => {
  /** What a killed process held is held for 12 s where others share its store, so there the stories wait side by side. */
  const told = engine.name === "MongoDB" ? it.concurrent : it;
  const begin = async ({ onTestFinished }: TestContext): Promise<RunningHub> => {
    const hub = await engine.start();
    onTestFinished(() => endStory(hub));
    return hub;
  };

  told(
    "F1: right after a 202 the restart posts the card on both platforms, once",
    async (context) => {
      const hub = await begin(context);
      const event = deployEvent();
      const receipt = await hub.post(event);
      await hub.kill();
      await hub.restart();
      const about = ({ text }: { readonly text: string }) => text.includes(event.data.title);
      for (const platform of platforms) {
        const message = await hub.sandbox.message(platform, about);
        expect(message.buttons.map(({ action }) => action)).toContain("approve");
      }
      const again = await hub.post(event);
      expect(again).toMatchObject({ id: receipt.id, status: "duplicate" });
      expect(again.approval?.id).toBe(receipt.approval?.id);
    },
  );

  told("F1: right after the 202 of a batch nothing of it is lost", async (context) => {
    const hub = await begin(context);
    const events = Array.from({ length: 20 }, () => deployEvent());
    const answer = await hub.call("POST", "/v1/events", { body: events });
    expect(answer.status).toBe(202);
    await hub.kill();
    await hub.restart();
    const again = await hub.call<{ readonly items: readonly { readonly status: string }[] }>(
      "POST",
      "/v1/events",
      { body: events },
    );
    expect(again.body.items.map(({ status }) => status)).toEqual(events.map(() => "duplicate"));
  });

  told.for(platforms)(
    "F1: right after the answer to a click on %s the restart finishes the decision",
    async (platform, context) => {
      const hub = await begin(context);
      const request = await openRequest(hub);
      const message = request.copies[platform].id;
      const sight = await hub.sandbox.click({ message, person: "Ann", action: "approve" });
      await hub.kill();
      expect(sight.shown).toBe("updated");
      await hub.restart();

      const { body } = await hub.call("GET", `/v1/approvals/${request.approval}`);
      expect(body).toMatchObject({ state: "approved", votes: [{ name: "Ann", via: platform }] });
      for (const each of platforms) {
        expect(shownTexts(await closedCopy(hub, request, each))).toContain("✓ Approved by Ann");
      }
      const { verdict } = await hub.sandbox.callback(request.approval);
      expect(verdict).toBe("verified");
      expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
    },
  );

  told(
    "F1: while the producer does not answer, the callback survives with the same webhook-id",
    async (context) => {
      const hub = await begin(context);
      const request = await openRequest(hub);
      await hub.sandbox.chaos({ platform: "callback", next: 1, answer: "reset", effect: "after" });
      const message = request.copies.slack.id;
      await hub.sandbox.click({ message, person: "Ann", action: "approve" });
      const first = await hub.sandbox.callback(request.approval);
      await hub.kill();
      await hub.restart();
      await hub.pass("10m");
      const again = await hub.sandbox.callbackThat(
        ({ approval, repeat }) => approval === request.approval && repeat,
      );
      expect(again.webhook_id).toBe(first.webhook_id);
      expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
    },
  );

  told("F1: three kills in a row leave one decision and no open button", async (context) => {
    const hub = await begin(context);
    const request = await openRequest(hub);
    // Where the kill meets a post in flight, a second card may appear; that is a story of its own.
    await hub.sent(request.approval, "slack");
    await hub.sent(request.approval, "teams");
    await hub.kill();
    await hub.restart();
    const message = request.copies.teams.id;
    await hub.sandbox.click({ message, person: "Ben", action: "approve" });
    await hub.kill();
    await hub.restart();
    await hub.kill();
    await hub.restart();
    for (const platform of platforms) await closedCopy(hub, request, platform);
    expect((await hub.sandbox.callback(request.approval)).body.data.state).toBe("approved");
    expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
  });
});
