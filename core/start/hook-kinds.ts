import type { Config } from "../config.ts";
import type { HookDeps } from "../destinations/hook-adapter.ts";
import { createSlackWebhook } from "../destinations/slack-webhook/adapter.ts";
import { createTeamsWorkflow } from "../destinations/teams-workflow/adapter.ts";
import { createWebhook } from "../destinations/webhook/adapter.ts";
import type { Clock } from "../ports/clock.ts";
import type { HookAdapter } from "../ports/destination-hook.ts";

/**
 * Name the kinds of destinations that are made by typing an address. What chats are sent is drawn by the code of their
 * apps, which is loaded when the first message leaves. An origin of OUTBOUND_ALLOW may stand in for a platform's own.
 */
export function hookKinds(
  deps: HookDeps & { readonly clock: Clock },
  { outboundAllow }: Pick<Config, "outboundAllow">,
): readonly HookAdapter[] {
  const standIns = outboundAllow.map((origin) => new URL(origin).origin);
  return [
    createWebhook(deps) as HookAdapter,
    createSlackWebhook({
      ...deps,
      starts: ["https://hooks.slack.com/", ...standIns.map((origin) => `${origin}/`)],
      draw: async (message) =>
        (await import("../../slack-app/render/message.ts")).renderMessage(message),
    }) as HookAdapter,
    createTeamsWorkflow({
      ...deps,
      standIns,
      draw: async (message) =>
        (await import("../../teams-app/render/message.ts")).renderCard(message),
    }) as HookAdapter,
  ];
}
