import { Webhook } from "standardwebhooks";
import type { Hook } from "../../domain/destination.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { Message } from "../../domain/message.ts";
import type { SendReport } from "../../domain/send-result.ts";
import type { Posting } from "../../ports/chat-platform.ts";
import type { Clock } from "../../ports/clock.ts";
import type { FieldTrouble, HookAdapter, HookValues } from "../../ports/destination-hook.ts";
import { resultOfAnswer } from "../call.ts";
import { addressTroubles, type HookDeps, notifyOnly, sendToHook } from "../hook-adapter.ts";
import { openValues, readHeaders, signingSecrets } from "../hook-values.ts";
import { jsonTrouble, type Rendered, renderTemplate, templateTrouble } from "./body-template.ts";
import { webhookFields } from "./fields.ts";
import { webhookRows } from "./outcome.ts";
import { templateScope } from "./scope.ts";

/** Larger bodies are not sent (FEATURES E7). */
const mostBytes = 262_144;

/** Headers that are the hub's own to set. */
const ownHeaders =
  /^(?:host|content-length|content-type|transfer-encoding|connection|user-agent|webhook-.*)$/i;

/** Any HTTP endpoint: the event as CloudEvents JSON or a body of the admin's own, signed as Standard Webhooks. */
export function createWebhook(deps: HookDeps & { readonly clock: Clock }): HookAdapter<"webhook"> {
  return {
    kind: "webhook",
    paces: [],
    budgets: [],
    fields: webhookFields,
    check: (values) => [
      ...addressTroubles(deps.guard, values),
      ...headerTroubles("headers", values),
      ...headerTroubles("secret_headers", values),
      ...bodyTroubles(values),
    ],
    remarks: () => [],
    preview: async (values, message, posting) => {
      const scope = templateScope(message, posting, deps.hubUrl);
      const made = webhookBody(values["body"], scope, "strict");
      return made.kind === "rendered"
        ? { body: pretty(made.text), scope }
        : { trouble: { code: made.code, detail: made.detail }, scope };
    },
    post: (hook, message, posting) => post(deps, hook, message, posting),
    ...notifyOnly,
  };
}

function headerTroubles(key: string, values: HookValues): readonly FieldTrouble[] {
  const bad = readHeaders(values[key] ?? "").find(
    ([name, value]) =>
      !/^[!#$%&'*+.^_`|~\w-]+$/.test(name) ||
      ownHeaders.test(name) ||
      !/^[\x20-\x7e]+$/.test(value),
  );
  return bad ? [{ key, code: "header_bad", detail: bad[0].slice(0, 40) }] : [];
}

function bodyTroubles({ body }: HookValues): readonly FieldTrouble[] {
  if (body === undefined || body.trim() === "") return [];
  const detail = templateTrouble(body);
  if (detail !== undefined) return [{ key: "body", code: "json_invalid", detail }];
  const parsed = renderTemplate(body, {}, "json", "lenient");
  return parsed.kind === "refused" && parsed.code === "template_invalid"
    ? [{ key: "body", code: parsed.code, detail: parsed.detail }]
    : [];
}

/** Make the body that goes out; a test is strict about names that the event lacks. */
function webhookBody(
  template: string | undefined,
  scope: JsonObject,
  strictness: "strict" | "lenient",
): Rendered {
  if (template === undefined || template.trim() === "") {
    return { kind: "rendered", text: JSON.stringify(scope["event"]) };
  }
  const rendered = renderTemplate(template, scope, "json", strictness);
  if (rendered.kind === "refused") return rendered;
  const detail = jsonTrouble(rendered.text);
  if (detail !== undefined) return { kind: "refused", code: "json_invalid", detail };
  const bytes = Buffer.byteLength(rendered.text);
  return bytes > mostBytes
    ? { kind: "refused", code: "too_large", detail: `${bytes} bytes, over ${mostBytes}` }
    : rendered;
}

async function post(
  deps: HookDeps & { readonly clock: Clock },
  hook: Hook<"webhook">,
  message: Message,
  posting: Posting,
): Promise<SendReport> {
  const values = openValues(deps.vault, hook);
  const strictness = posting.test ? "strict" : "lenient";
  const scope = templateScope(message, posting, deps.hubUrl);
  const body = webhookBody(values["body"], scope, strictness);
  const headers = headersOf(values, scope, strictness);
  const refused = body.kind === "refused" ? body : headers.find(isRefused);
  if (body.kind === "refused" || refused) {
    const { code, detail } = refused as Extract<Rendered, { kind: "refused" }>;
    const result = { kind: "rejected", because: `${code}: ${detail}` } as const;
    return { result, request: { body: values["body"] ?? null }, response: null };
  }
  const at = deps.clock.now();
  return sendToHook(
    deps,
    hook,
    () => ({
      method: values["method"] ?? "POST",
      headers: {
        ...Object.fromEntries(headers.filter((one) => !isRefused(one)) as [string, string][]),
        "content-type":
          (values["body"] ?? "").trim() === ""
            ? "application/cloudevents+json"
            : "application/json",
        ...signature(signingSecrets(values, hook, at), posting.delivery, at, body.text),
      },
      body: body.text,
      timeoutMs: Number(values["timeout_seconds"] ?? 10) * 1_000,
      shownBody: JSON.parse(body.text),
    }),
    (answer) => resultOfAnswer(answer, webhookRows),
  );
}

const pretty = (text: string) => JSON.stringify(JSON.parse(text), null, 2);

type Header = readonly [name: string, value: string];

const isRefused = (one: Header | Rendered): one is Extract<Rendered, { kind: "refused" }> =>
  "kind" in one && one.kind === "refused";

function headersOf(
  values: HookValues,
  scope: JsonObject,
  strictness: "strict" | "lenient",
): readonly (Header | Rendered)[] {
  const plain = readHeaders(values["headers"] ?? "").map(([name, value]) => {
    const rendered = renderTemplate(value, scope, "header", strictness);
    return rendered.kind === "rendered" ? ([name, rendered.text] as const) : rendered;
  });
  return [...plain, ...readHeaders(values["secret_headers"] ?? "")];
}

/** The headers of Standard Webhooks. The id is the delivery's, the same on every try, so a receiver can drop repeats. */
function signature(
  secrets: readonly string[],
  id: string,
  at: Date,
  text: string,
): Readonly<Record<string, string>> {
  const named = {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
  };
  if (secrets.length === 0) return named;
  const signed = secrets.map((secret) => new Webhook(secret).sign(id, at, text));
  return { ...named, "webhook-signature": signed.join(" ") };
}
