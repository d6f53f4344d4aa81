import { HubError } from "../domain/hub-error.ts";
import type { Problem } from "../domain/problem.ts";
import { languageNow, say } from "../words/say.ts";

/** The most that one request may carry (FEATURES E7). */
export const mostBytes = 1_048_576;

/** The answer while the store takes no writes. */
export const storeDown = () => ({
  status: 503,
  code: "store_unavailable",
  title: say`The hub cannot store anything now`,
  detail: say`The store did not confirm a write, so what this request asked for may or may not have been done.`,
  hint: say`Send the same request again later; what was done is found, and not done twice. The log has the cause.`,
  retryAfterS: 5,
});

/** The status for an error that nobody expected. */
export function statusOf(cause: unknown): number {
  if (cause instanceof HubError) return cause.code.startsWith("store_") ? 503 : 500;
  const status =
    typeof cause === "object" && cause !== null && "status" in cause ? Number(cause.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

/** What is said of such an error to a program or a person. */
export function problemOf(cause: unknown, status: number): Problem & { readonly hint: string } {
  if (cause instanceof HubError && status === 503) return storeDown();
  if (status === 413) {
    return {
      status,
      code: "body_too_large",
      title: say`The body is too large`,
      detail: say`A request may carry ${mostBytes.toLocaleString(languageNow())} bytes.`,
      hint: say`Send a link in place of the content, or fewer events at once.`,
    };
  }
  if (status < 500) {
    return {
      status,
      code: "request_unreadable",
      title: say`The request cannot be read`,
      detail: cause instanceof Error ? cause.message : say`It is malformed.`,
      hint: say`Correct it and send it again.`,
    };
  }
  return {
    status,
    code: "hub_trouble",
    title: say`The hub has trouble`,
    detail: say`Something failed that should not. It was logged under this request's id.`,
    hint: say`Try again; tell the operator the request id if it stays.`,
  };
}
