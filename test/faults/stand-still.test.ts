import { expect, it } from "vitest";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { onMongo } from "../fixtures/rig/engines.ts";
import { closedCopy, openRequest, shownTexts } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

onMongo("a process that stands still for longer than its lease", (engine) => {
  it.concurrent.for(platforms)(
    "F5: while it sends to %s, another one takes over, and its late result changes nothing",
    { timeout: 180_000 },
    async (platform, { onTestFinished }) => {
      const stage = await engine.stage();
      const slow = await RunningHub.on(stage);
      const hubs = [slow];
      onTestFinished(async () => {
        for (const hub of hubs) await hub.interrupt();
        await stage.close();
      });
      const request = await openRequest(slow);
      await everyDeliveryHasAnEnd(slow);
      // The edit is out, and its answer does not come: there the process stops.
      await slow.sandbox.chaos({ platform, next: 1, answer: "timeout", effect: "after" });
      const other = platform === "slack" ? "teams" : "slack";
      const message = request.copies[other].id;
      await slow.sandbox.click({ message, person: "Ann", action: "approve" });
      await slow.sandbox.message(
        platform,
        (copy) => copy.id === request.copies[platform].id && copy.edits > 0,
      );
      slow.standStill();

      const second = await RunningHub.on(stage);
      hubs.push(second);
      for (const each of platforms) {
        expect(shownTexts(await closedCopy(second, request, each))).toContain("✓ Approved by Ann");
      }
      await everyDeliveryHasAnEnd(second, 90_000);
      const before = await second.historyNow();
      slow.goOn();
      await slow.line(
        new RegExp(`"approval":"${request.approval}","platform":"${platform}","task":"edit"`),
      );
      await everyDeliveryHasAnEnd(second);
      const after = await second.historyNow();
      expect(after.deliveries).toEqual(before.deliveries);
      expect(after.approvals).toEqual(before.approvals);
      expect(await second.sandbox.effects(request.approval)).toHaveLength(1);
    },
  );
});
