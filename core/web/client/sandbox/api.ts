/** The hub said no, or could not be reached. `message` is for people. */
export class ApiRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const csrf = () =>
  document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";

/** Call the hub with the session of this browser. Throws an ApiRefusal with the hub's own words. */
export async function call<Answer>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await reach(path, {
    method,
    headers: {
      accept: "application/json",
      ...(method === "GET" ? {} : { "x-csrf-token": csrf() }),
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const content: unknown = isJson(response) && text !== "" ? JSON.parse(text) : undefined;
  if (!response.ok) throw new ApiRefusal(response.status, refusalText(response.status, content));
  return content as Answer;
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: "same-origin", ...request });
  } catch {
    throw new ApiRefusal(0, "The hub does not answer. Is it still running?");
  }
}

const isJson = (response: Response) => /[/+]json/u.test(response.headers.get("content-type") ?? "");

function refusalText(status: number, content: unknown): string {
  const { detail, hint } = (content ?? {}) as { readonly detail?: string; readonly hint?: string };
  if (status === 401) return "You are signed out. Run `npx countersign admin link` for a new link.";
  return [detail ?? `The hub answered ${status}.`, hint].filter(Boolean).join(" ");
}

/** Say what went wrong, for people. */
export const reasonOf = (cause: unknown) =>
  cause instanceof Error ? cause.message : "Something went wrong.";
