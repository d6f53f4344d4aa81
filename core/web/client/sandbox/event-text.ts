import { reasonOf } from "./api.ts";
import type { Loose } from "./shapes.ts";

/** Read the event that stands in the field, or say what is wrong with its JSON. */
export function readEvent(text: string): { readonly event: Loose } | { readonly wrong: string } {
  try {
    const event: unknown = JSON.parse(text);
    const isObject = typeof event === "object" && event !== null && !Array.isArray(event);
    return isObject ? { event: event as Loose } : { wrong: "An event is a JSON object." };
  } catch (cause) {
    return { wrong: `This is no JSON yet: ${reasonOf(cause)}` };
  }
}

/** The same request for a shell. The key stays out of it: it is printed where the hub was started. */
export function curlFor(hubUrl: string, text: string): string {
  const read = readEvent(text);
  const body = "event" in read ? JSON.stringify(read.event) : text;
  return [
    `curl -sS ${hubUrl}/v1/events \\`,
    `  -H "Authorization: Bearer $COUNTERSIGN_KEY" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${body.replaceAll("'", "'\\''")}'`,
  ].join("\n");
}
