const hidden = "[hidden]";

/** What secrets look like: ours, Slack's, signed tokens, bearer headers, and addresses that let somebody in. */
const secretForms: readonly RegExp[] = [
  /\b(?:cs|whsec)_[\w+/=-]{8,}/g,
  /\bx(?:ox[a-z]|app)-[\w-]{8,}/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /(?<=\b(?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi,
  /(?<=\/\/)[^/?#\s]+(?=@)/g,
  // People type a # or a ? into a password as it is; behind a port they begin what is no password.
  /(?<=\/\/)[^/?#\s:@"]+:(?!\d{1,5}[?#"])[^/\s]+(?=@)/g,
  /(?<=\/(?:start|a)\/)[\w-]{16,}/g,
  /(?<=\/link\/)[0-9a-f]{32}\b/g,
  /(?<=hooks\.slack\.com\/)\S+/g,
  /(?<=[?&](?:\w{1,30}_)?(?:sig|token|key|secret|password)=)[^&\s"'\\]+/gi,
  // A form of OAuth may be quoted from its first field on.
  /(?<=\b(?:client_secret|client_assertion|access_token|refresh_token|password)=)[^&\s"'\\]+/gi,
];

/** What at least one of these forms needs. Most texts have none of it, and are looked through once instead of eleven times. */
const secretSign =
  /cs_|whsec_|xox|xapp|eyJ|bearer|basic|@|=|\/start\/|\/a\/|\/link\/|hooks\.slack\.com/i;

/** Names of fields whose value is a secret, whatever it looks like. */
const secretName =
  /(?:^|_)(?:token|secret|password|authorization|cookie)$|(?:Token|Secret|Password)$|^(?:api_?key|key)$/i;

/** Take everything that looks like a secret out of a text. */
function redactText(text: string): string {
  if (!secretSign.test(text)) return text;
  return secretForms.reduce((clean, form) => clean.replace(form, hidden), text);
}

/** Take secrets out of a value of any depth: by the name of their field, and by their form. Dates stay dates. */
export function redact<Value>(value: Value): Value {
  return redactAny(value) as Value;
}

function redactAny(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Array.isArray(value)
    ? redactItems(value)
    : redactMembers(value as Readonly<Record<string, unknown>>);
}

// Most of what is looked through holds no secret, so a copy is made only where there is one.

function redactItems(items: readonly unknown[]): readonly unknown[] {
  const clean = items.map(redactAny);
  return clean.some((item, index) => item !== items[index]) ? clean : items;
}

function redactMembers(members: Readonly<Record<string, unknown>>) {
  let clean = members;
  for (const name of Object.keys(members)) {
    const part = members[name];
    const shown = typeof part === "string" && secretName.test(name) ? hidden : redactAny(part);
    if (shown === part) continue;
    if (clean === members) clean = { ...members };
    (clean as Record<string, unknown>)[name] = shown;
  }
  return clean;
}

/** Write a value as text for people to read, with its secrets taken out by their form, cut to `most`. */
export function redactedText(value: unknown, most: number): string {
  const text = redactText(typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters in all)`;
}
