import { describe, expect, it } from "vitest";
import { createAddressGuard } from "../../../core/destinations/address-guard.ts";
import { createTeamsWorkflow } from "../../../core/destinations/teams-workflow/adapter.ts";
import type { HookAdapter } from "../../../core/ports/destination-hook.ts";
import { createVault } from "../../../core/secrets.ts";
import { renderCard } from "../../../teams-app/render/message.ts";
import { describeDestination } from "../../contracts/destination.contract.ts";

const gone = (because: string) => ({ kind: "rejected", because, remedy: "reroute" }) as const;
const said = (code: string) =>
  JSON.stringify({ error: { code, message: "The workflow said no." } });

interface Envelope {
  readonly type: string;
  readonly attachments: readonly {
    readonly contentType: string;
    readonly content: { readonly type: string; readonly version: string };
  }[];
}

describeDestination({
  kind: "teams-workflow",
  create: (deps, origin) =>
    createTeamsWorkflow({
      ...deps,
      standIns: [origin],
      draw: async (message) => renderCard(message),
    }) as HookAdapter,
  taken: { status: 202 },
  answers: [
    [
      "signature wrong",
      { status: 401, text: said("InvalidSignature") },
      gone(`http_401: ${said("InvalidSignature")}`),
    ],
    ["signature missing", { status: 403 }, gone("http_403")],
    ["workflow deleted", { status: 404, text: said("WorkflowNotFound") }, gone("WorkflowNotFound")],
    [
      "workflow off",
      { status: 400, text: said("WorkflowTriggerIsNotEnabled") },
      gone("WorkflowTriggerIsNotEnabled"),
    ],
    [
      "body not as the flow wants it",
      { status: 400, text: said("TriggerRequestSchemaValidationFailed") },
      { kind: "rejected", because: "TriggerRequestSchemaValidationFailed" },
    ],
    ["too big", { status: 413 }, { kind: "rejected", because: "http_413", remedy: "shorten" }],
    [
      "too fast",
      { status: 429, headers: { "retry-after": "5" } },
      { kind: "retry", because: "http_429", afterMs: 5_000 },
    ],
    ["trouble at Microsoft", { status: 502 }, { kind: "retry", because: "http_502" }],
  ],
  textIn: (body) => {
    const { type, attachments } = body as Envelope;
    const [card] = attachments;
    expect([type, card?.contentType, card?.content.type]).toEqual([
      "message",
      "application/vnd.microsoft.card.adaptive",
      "AdaptiveCard",
    ]);
    return JSON.stringify(card?.content);
  },
});

describe("the address of a Workflows webhook", () => {
  const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
  const adapter = createTeamsWorkflow({
    ...{ vault, hubUrl: "https://hub.example", guard: createAddressGuard([]), standIns: [] },
    draw: async () => ({}),
  });
  const today =
    "https://default1234.56.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0a1b/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers&sv=1.0&sig=hunter2";
  const before =
    "https://prod-12.westeurope.logic.azure.com:443/workflows/0a1b/triggers/manual/paths/invoke?api-version=2016-06-01&sig=hunter2";

  it.each([
    [today, undefined, undefined],
    [before, undefined, "url_old_form"],
    [
      "https://contoso.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4",
      "url_retired",
      undefined,
    ],
    ["https://outlook.office.com/webhook/1@2/IncomingWebhook/3/4", "url_retired", undefined],
    ["https://evil.example/environment.api.powerplatform.com", "url_wrong_kind", undefined],
    ["https://environment.api.powerplatform.com.evil.example/", "url_wrong_kind", undefined],
    ["https://hooks.slack.com/services/T0/B0/abc", "url_wrong_kind", undefined],
    [today.replace(":443", ":8443"), "url_port", undefined],
    [today.replace("https", "http"), "url_not_https", undefined],
  ])("U31: %s: %s, %s", (address, code, remark) => {
    expect(adapter.check({ address })[0]?.code).toBe(code);
    if (code === undefined) expect(adapter.remarks({ address })[0]?.code).toBe(remark);
  });
});
