/** What looks like a secret: tokens of Slack, ours and webhooks', bearer headers, signatures in addresses. */
const secrets =
  /\b(xox[a-z]-|xapp-|whsec_|cs_)[\w-]{6,}|(?<=Bearer\s)[\w.~+/=-]{8,}|(?<=[?&](?:sig|token|key|secret)=)[^&\s"]+/gi;

/** Write a value as text for people to read, with everything that looks like a secret blotted out, cut to `most`. */
export function redactedText(value: unknown, most: number): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  const clean = text.replace(secrets, "[redacted]");
  return clean.length <= most
    ? clean
    : `${clean.slice(0, most)}… (${clean.length} characters in all)`;
}
