import { expect, it } from "vitest";
import { handClock } from "../../contracts/hand-clock.ts";
import { startWebHub } from "../../fixtures/rig/web-hub.ts";

it.each([
  ["a proxy that names https", { "x-forwarded-proto": "https" }],
  ["a proxy that says nothing of itself", {}],
])("H11: the cookie follows PUBLIC_URL behind %s", async (_, headers) => {
  const web = await startWebHub({
    clock: handClock(),
    web: () => ({ publicUrl: "https://hub.example" }),
  });
  const { token } = await web.hub.signInLinks.make();
  const page = await web.call("GET", `/start/${token}`, { headers });
  const set = page.headers.getSetCookie();
  await web.close();
  expect(set).toEqual([expect.stringMatching(/^__Host-countersign=.*; Secure/)]);
});
