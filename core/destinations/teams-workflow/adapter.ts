import type { Message } from "../../domain/message.ts";
import { parseUrl } from "../../domain/parse-url.ts";
import type { FieldTrouble, HookAdapter, HookValues } from "../../ports/destination-hook.ts";
import { say } from "../../words/say.ts";
import { resultOfAnswer } from "../call.ts";
import {
  addressField,
  addressTroubles,
  type HookDeps,
  notifyOnly,
  platformTimeoutMs,
  sendToHook,
} from "../hook-adapter.ts";
import { formOf } from "./address-forms.ts";
import { teamsWorkflowRows, workflowWord } from "./outcome.ts";

export interface TeamsWorkflowDeps extends HookDeps {
  /** Origins that stand in for Microsoft's, as the operator listed them. */
  readonly standIns: readonly string[];
  /** A message as an Adaptive Card of the Teams app; its code is loaded when the first one leaves. */
  readonly draw: (message: Message) => Promise<object>;
}

/** A Workflows address of Teams: cards go into one fixed channel or chat, and nobody presses anything there. */
export function createTeamsWorkflow(deps: TeamsWorkflowDeps): HookAdapter<"teams-workflow"> {
  return {
    kind: "teams-workflow",
    // A flow takes four requests a second.
    paces: [{ tasks: ["post"], count: 4, ms: 1_000 }],
    budgets: [],
    fields: [
      addressField(
        () => say`Workflows URL`,
        () =>
          say`From the channel's Workflows menu, “Post to a channel when a webhook request is received”. It belongs to one channel or chat.`,
      ),
    ],
    check: (values) => wrongForm(deps, values) ?? addressTroubles(deps.guard, values),
    remarks: ({ address = "" }) =>
      formOf(address) === "old" ? [{ key: "address", code: "url_old_form", detail: "" }] : [],
    preview: async (_values, message) => ({
      body: JSON.stringify(await deps.draw(message), null, 2),
    }),
    post: async (hook, message) => {
      const card = await deps.draw(message);
      const body = {
        type: "message",
        attachments: [
          {
            contentType: "application/vnd.microsoft.card.adaptive",
            contentUrl: null,
            content: card,
          },
        ],
      };
      return sendToHook(
        deps,
        hook,
        () => ({
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
          timeoutMs: platformTimeoutMs,
          shownBody: body,
        }),
        (answer) => resultOfAnswer(answer, teamsWorkflowRows, workflowWord),
      );
    },
    ...notifyOnly,
  };
}

function wrongForm(
  { standIns }: TeamsWorkflowDeps,
  { address = "" }: HookValues,
): readonly FieldTrouble[] | undefined {
  const url = parseUrl(address);
  if (!url || standIns.includes(url.origin)) return undefined;
  switch (formOf(address)) {
    case "new":
    case "old":
      return undefined;
    case "connector":
      return [{ key: "address", code: "url_retired", detail: new URL(address).host }];
    case "other":
      return [
        {
          key: "address",
          code: "url_wrong_kind",
          detail: `${new URL(address).host}, not https://….environment.api.powerplatform.com/`,
        },
      ];
  }
}
