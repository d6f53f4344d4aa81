import type { Hook, HookKind } from "../domain/destination.ts";
import type { SendReport, SendResult } from "../domain/send-result.ts";
import type { ConfigField, FieldTrouble, HookValues } from "../ports/destination-hook.ts";
import type { Vault } from "../ports/vault.ts";
import { say } from "../words/say.ts";
import type { AddressGuard } from "./address-guard.ts";
import { type Call, type Called, callOnce, resultOfFailure } from "./call.ts";
import {
  formerSigningKey,
  openValues,
  readHeaders,
  secretParts,
  shownAddress,
  signingKey,
  withoutValues,
} from "./hook-values.ts";

/** What the code of every hook kind needs. */
export interface HookDeps {
  readonly guard: AddressGuard;
  readonly vault: Pick<Vault, "open">;
  readonly hubUrl: string;
}

/** What to send, beside the address. */
export interface HookCall extends Omit<Call, "url"> {
  /** The body as people read it in the attempt. */
  readonly shownBody: unknown;
}

/** Time that a platform's own address may take. */
export const platformTimeoutMs = 10_000;

/**
 * Call a hook once and report it. Its address, secret headers and keys are in no report: the address is shown as its host
 * and last four characters, and what the receiver quotes of the others is hidden.
 */
export async function sendToHook<Kind extends HookKind>(
  { guard, vault }: HookDeps,
  hook: Hook<Kind>,
  callOf: (values: HookValues) => HookCall,
  resultOf: (answer: Extract<Called, { kind: "answered" }>) => SendResult,
): Promise<SendReport> {
  const values = openValues(vault, hook);
  const address = values["address"] ?? "";
  const { shownBody, ...call } = callOf(values);
  const secrets = secretsOf(values);
  const clean = (text: string) => withoutValues(text, secrets);
  const request = {
    to: shownAddress(address),
    method: call.method,
    headers: Object.fromEntries(
      Object.entries(call.headers).map(([name, value]) => [name, clean(value)]),
    ),
    body: shownBody,
  };
  const called = await callOnce(guard, { ...call, url: address });
  if (called.kind === "failed") {
    const result = resultOfFailure(called.cause, call.timeoutMs);
    return { result: cleaned(result, clean), request, response: clean(String(called.cause)) };
  }
  // Cleaned before anything is made of it: a reason is cut, and half of a secret is none that is found.
  const answer = { ...called, text: clean(called.text) };
  const { status, text: response } = answer;
  return { result: cleaned(resultOf(answer), clean), status, request, response };
}

function cleaned(result: SendResult, clean: (text: string) => string): SendResult {
  return result.kind === "sent" ? result : { ...result, because: clean(result.because) };
}

/** Everything that no report may hold: the address as a whole and its parts, keys, and values of secret headers. */
function secretsOf({
  address = "",
  secret_headers: headers = "",
  [signingKey]: key = "",
  [formerSigningKey]: former = "",
}: HookValues): readonly string[] {
  const values = readHeaders(headers).flatMap(([, value]) => [value, ...value.split(/\s+/)]);
  return [...secretParts(address), key, former, ...values];
}

/** Say what is wrong with an address: missing, or refused by the guard. */
export function addressTroubles(guard: AddressGuard, values: HookValues): readonly FieldTrouble[] {
  const address = values["address"] ?? "";
  if (address.trim() === "") return [{ key: "address", code: "url_missing", detail: "" }];
  const trouble = guard.check(address);
  return trouble ? [{ key: "address", ...trouble }] : [];
}

/** The one field of the hooks of chat platforms. */
export const addressField = (label: () => string, help: () => string): ConfigField => ({
  key: "address",
  get label() {
    return label();
  },
  get help() {
    return `${help()} ${say`It is stored encrypted and shown as its host and last four characters.`}`;
  },
  input: "address",
  required: true,
  secret: true,
  most: 2_048,
});

const cannot = () => Promise.reject(new Error("What was sent to an address is not changed."));

/** What no hook can do. Core reads that from its capabilities, so nothing of it is ever asked. */
export const notifyOnly = { edit: cannot, note: cannot } as const;
