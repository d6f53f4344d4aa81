/** What the hub's API answered. */
export interface HubAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Call a hub's API over HTTP with a key, as any producer does. Rejects where it is not reached or speaks no JSON. */
export async function callHub(
  url: string,
  apiKey: string,
  path: string,
  body?: object,
): Promise<HubAnswer> {
  const answer = await fetch(url + path, {
    redirect: "manual",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: await answer.json() };
}
