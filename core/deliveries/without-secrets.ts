import { redactedText } from "../domain/redact.ts";
import type { Sent } from "./sending.ts";

/** Longer reasons are somebody's page of text; the attempt holds it. */
const mostCharacters = 500;

/**
 * Take secrets out of why a send failed.
 *
 * The reason goes far: into the delivery, its attempt, the log, and events about it. Services quote in it what they
 * were sent, on bad days with the token that it came with.
 */
export function withoutSecrets(sent: Sent): Sent {
  if (sent.kind === "needless" || sent.report.result.kind === "sent") return sent;
  const { result } = sent.report;
  const because = redactedText(result.because, mostCharacters);
  return { ...sent, report: { ...sent.report, result: { ...result, because } } };
}
